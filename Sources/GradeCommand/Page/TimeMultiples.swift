import Grading
import Practice

/// The drill times of each kata against its target, all of one scale: the target is at half the height.
struct TimeMultiples {
  let katas: [Kata]
  let practice: PracticeRecord

  private static let mostTimes = 40

  var markup: Markup {
    let drilled = katas.filter { !practice[$0.name].times.isEmpty }
    guard !drilled.isEmpty else {
      return Markup("p", ["class": "muted"]) {
        "No drill is passed yet. "
        Markup("code") { "swift run grade drill \(katas.first?.name ?? "<kata>")" }
        " starts the clock."
      }
    }
    return Markup("div") {
      Markup("p", ["class": "muted"]) {
        "A dot is a passed drill; the dashed line is the target. What took more than twice the target is at the top."
      }
      Markup("div", ["class": "multiples"]) { drilled.map(figure) }
    }
  }

  private func figure(_ kata: Kata) -> Markup {
    let times = Array(practice[kata.name].times.suffix(Self.mostTimes))
    let target = Double(kata.minutes) * 60
    let shares = times.map { min($0 / target, 2) }
    let plot = Plot(
      width: 210, height: 84, x: 0...Double(max(1, times.count - 1)), y: 0...2,
      margin: (left: 4, below: 4))
    let points = shares.enumerated().map { (x: Double($0.offset), y: $0.element) }
    let words =
      "\(Figures.count(times.count, "drill")), the last \(Figures.clock(times.last)), "
      + "the best \(Figures.clock(times.min())), target \(kata.minutes):00"
    return Markup("figure") {
      plot.drawing(kata.name, words) {
        plot.line([(plot.x.lowerBound, 1), (plot.x.upperBound, 1)], "target")
        plot.line(points, "s0")
        for point in points {
          Markup(
            "circle",
            [
              "class": point.y > 1 ? "over" : "dot", "r": "2.6",
              "cx": Plot.written(plot.across(point.x)), "cy": Plot.written(plot.up(point.y)),
            ])
        }
      }
      Markup("figcaption") {
        Markup("strong") { kata.name }
        " last \(Figures.clock(times.last)), best \(Figures.clock(times.min())), target \(kata.minutes):00"
      }
    }
  }
}
