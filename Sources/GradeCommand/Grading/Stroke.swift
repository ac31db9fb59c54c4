/// How one line of a picture is told from another, in color and without.
enum Stroke: CaseIterable {
  case yours, expected, third

  /// The strokes of so many lines; past the third they begin anew.
  static func all(_ count: Int) -> [Stroke] {
    (0..<count).map { allCases[$0 % allCases.count] }
  }

  var tone: Style.Tone {
    switch self {
    case .yours: .first
    case .expected: .second
    case .third: .third
    }
  }

  /// Whether a line has a dot at this place along it.
  func isDrawn(at x: Int) -> Bool {
    switch self {
    case .yours: true
    case .expected: x % 8 < 4
    case .third: x % 4 == 0
    }
  }

  /// A piece of it for the legend.
  func sample(isPlain: Bool) -> String {
    if isPlain { return point(isPlain: true) + point(isPlain: true) }
    return switch self {
    case .yours: "──"
    case .expected: "╌╌"
    case .third: "··"
    }
  }

  func point(isPlain: Bool) -> String {
    switch self {
    case .yours: isPlain ? "*" : "●"
    case .expected: isPlain ? "o" : "○"
    case .third: isPlain ? "+" : "◆"
    }
  }
}
