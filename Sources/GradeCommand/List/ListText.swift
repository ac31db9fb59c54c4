import Grading

/// The katas as a map of what is passed, due, weak or new; or those of one track, a line each.
struct ListText {
  let katas: [(kata: Kata, state: KataState)]
  let style: Style

  /// The columns before the katas of a track.
  private static let column = 16

  /// All katas, by track.
  var map: String {
    let tracks = Track.allCases.compactMap(row)
    return tracks.joined(separator: "\n") + "\n\n" + legend
      + "  "
      + style.wrap("Titles and minutes: swift run grade list <track>, or --all", indent: 2)
      + "\n"
  }

  private func row(_ track: Track) -> String? {
    let own = katas.filter { $0.kata.track == track }
    guard !own.isEmpty else { return nil }
    let start = style.isNarrow ? 4 : 2 + Self.column
    let names = own.map { "\($0.state.symbol) \($0.kata.name)" }
    let lines = Style(isColored: false, width: style.width - start)
      .flow(names, separator: "  ")
    let indent = String(repeating: " ", count: start)
    // No name has a symbol in it.
    let painted = lines.map { line in
      line.map { character in
        KataState.allCases.first { $0.symbol == String(character) }
          .map { style.paint($0.symbol, $0.tone) } ?? String(character)
      }.joined()
    }
    let name = style.paint("  \(track.rawValue)".padded(to: style.isNarrow ? 0 : start), .strong)
    return name + (style.isNarrow ? "\n" + indent : "")
      + painted.joined(separator: "\n" + indent)
  }

  /// A line for each kata of the tracks, with its minutes and its title.
  func lines(of tracks: [Track]) -> String {
    let parts = tracks.compactMap { track -> String? in
      let own = katas.filter { $0.kata.track == track }
      guard !own.isEmpty else { return nil }
      let width = own.map(\.kata.name.count).max() ?? 0
      let lines = own.map { kata, state in
        "  \(style.paint(state.symbol, state.tone)) \(kata.name.padded(to: width + 2))"
          + "\("\(kata.minutes)".aligned(right: 2)) min  "
          + style.wrap(kata.title, indent: width + 14)
      }
      return ([style.paint(track.rawValue, .strong)] + lines).joined(separator: "\n")
    }
    return parts.joined(separator: "\n\n") + "\n\n" + legend
  }

  /// The states that there are, with how many katas are in each.
  private var legend: String {
    let there = KataState.allCases.compactMap { state -> String? in
      let count = katas.count { $0.state == state }
      return count > 0 ? "\(state.symbol) \(count) \(state.meaning)" : nil
    }
    return "  "
      + Style(isColored: false, width: style.width - 2).flow(there, separator: "   ")
      .joined(separator: "\n  ") + "\n"
  }
}
