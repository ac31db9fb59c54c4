import Grading
import Practice

/// The mistakes that were made most, by name, and the weeks in which they were.
struct MistakeTable {
  let katas: [Kata]
  let practice: PracticeRecord
  let catalogue: Catalogue
  let clock: WallClock
  let today: CivilDay

  private static let weeks = 12
  private static let mostShown = 20

  var markup: Markup {
    let made = katas.flatMap { kata in practice[kata.name].mistakes.map { (kata, $0) } }
      .sorted { ($1.1.count, $1.1.last) < ($0.1.count, $0.1.last) }
    guard !made.isEmpty else {
      return Markup("p", ["class": "muted"]) { "None was named yet." }
    }
    return Markup("div", ["class": "scroll"]) {
      Markup("table", ["class": "rows"]) {
        Markup("caption") {
          "A mistake that stays from one run to the next was made once"
            + (made.count > Self.mostShown ? "; \(made.count - Self.mostShown) more" : "")
        }
        Markup("thead") {
          Markup("tr") {
            for title in ["mistake", "kata", "times", "last \(Self.weeks) weeks", "last"] {
              Markup("th", ["scope": "col"]) { title }
            }
          }
        }
        Markup("tbody") { made.prefix(Self.mostShown).map(row) }
      }
    }
  }

  private func row(_ kata: Kata, _ mistake: KataRecord.MistakeTally) -> Markup {
    Markup("tr") {
      Markup("td") { catalogue.sentence(ofMistake: mistake.id, in: kata.name) ?? mistake.id }
      Markup("td") { kata.name }
      Markup("td", ["class": "number"]) { "\(mistake.count)" }
      Markup("td") { bars(mistake) }
      Markup("td", ["class": "number"]) { clock.day(of: mistake.last).description }
    }
  }

  private func bars(_ mistake: KataRecord.MistakeTally) -> Markup {
    var counts = [Int](repeating: 0, count: Self.weeks)
    for time in mistake.times {
      let age = (today.number - clock.day(of: time).number) / 7
      if (0..<Self.weeks).contains(age) { counts[Self.weeks - 1 - age] += 1 }
    }
    let plot = Plot(
      width: 110, height: 24, x: 0...Double(Self.weeks), y: 0...Double(max(3, counts.max() ?? 0)),
      margin: (left: 0, below: 2))
    let recent = counts.reduce(0, +)
    return plot.drawing("By week", "\(recent) in the last \(Self.weeks) weeks") {
      plot.line([(0, 0), (Double(Self.weeks), 0)], "axis")
      for (week, count) in counts.enumerated() where count > 0 {
        Markup(
          "rect",
          [
            "class": "dot", "x": Plot.written(plot.across(Double(week))),
            "y": Plot.written(plot.up(Double(count))), "width": "6",
            "height": Plot.written(plot.up(0) - plot.up(Double(count))),
          ])
      }
    }
  }
}
