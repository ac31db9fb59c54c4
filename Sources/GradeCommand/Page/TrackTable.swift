import Grading

/// Every kata by track: passed, begun or new, and its best time.
struct TrackTable {
  let overview: Overview

  var markup: Markup {
    Markup("table", ["class": "rows tracks"]) {
      Markup("caption") { "✓ passed, ✗ started, not passed, · new; the best time of a drill" }
      for track in Track.allCases { row(track) }
    }
  }

  private func row(_ track: Track) -> [Markup] {
    let lines = overview.lines.filter { $0.kata.track == track }
    guard !lines.isEmpty else { return [] }
    return [
      Markup("tr") {
        Markup("th", ["scope": "row"]) { track.rawValue }
        Markup("td", ["class": "number"]) {
          "\(lines.count { $0.passes > 0 }) of \(lines.count)"
        }
        Markup("td") {
          Markup("ul", ["class": "katas"]) { for line in lines { item(line) } }
        }
      }
    ]
  }

  private func item(_ line: Overview.Line) -> Markup {
    let (sign, words, style): (String, String, String?) =
      line.passes > 0
      ? ("✓", "passed", "good") : line.isBegun ? ("✗", "not passed", "bad") : ("·", "new", "muted")
    return Markup("li", ["class": line.passes > 0 ? "passed" : nil, "title": line.kata.title]) {
      Markup("span", ["class": style, "aria-hidden": "true"]) { "\(sign) " }
      line.kata.name
      Markup("span", ["class": "only-read"]) { ", \(words)" }
      if let best = line.best { Markup("small") { Figures.clock(best) } }
    }
  }
}
