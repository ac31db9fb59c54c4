import Grading

/// The counts of what was found, a line a kata.
struct Table {
  private static let widths = [24, 8, 6, 5, 8, 6, 6, 5, 8, 9, 6, 7, 5, 4, 4]

  static let heading =
    line(["", "mistakes", "", "", "", "pairs", "", "", "", "correct", "", "bugs", "", "sets", ""])
    + "\n"
    + line([
      "kata", "known", "caught", "named", "misnamed", "made", "caught", "named", "misnamed",
      "× seeds", "failed", "planted", "named", "made", "hold",
    ])

  static func row(_ name: String, _ examined: [Examined]) -> String {
    let singles = examined.flatMap { examined in
      // A mistake counts as caught or named where it is with every seed.
      Dictionary(grouping: examined.audit.singles, by: \.mistakes).values.map { $0.map(\.fate) }
    }
    let pairs = examined.flatMap(\.audit.pairs).map(\.fate)
    let counts = [
      singles.count, singles.count { !$0.contains(.missed) },
      singles.count { $0.allSatisfy { $0 == .named } },
      singles.count { $0.contains(where: \.isMisnamed) },
      pairs.count, pairs.count { $0 != .missed }, pairs.count { $0 == .named },
      pairs.count(where: \.isMisnamed),
    ]
    return line(
      [name] + counts.map { "\($0)" } + [
        "\(examined.map(\.correct).reduce(0, +)) × \(Examined.seeds.count)",
        "\(examined.flatMap(\.falseAlarms).count)",
      ]
        + [\BugProof.planted, \.named, \.sets, \.held].map { figure in
          "\(examined.map { $0.bugs[keyPath: figure] }.reduce(0, +))"
        })
  }

  private static func line(_ cells: [String]) -> String {
    zip(cells, widths).enumerated().map { index, cell in
      let gap = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + gap : gap + cell.0
    }.joined(separator: " ")
  }
}

extension Audit.Fate {
  fileprivate var isMisnamed: Bool { if case .misnamed = self { true } else { false } }
}
