package import Grading

/// Who makes a mistake, in a kata where one method may call another or repeat its lines.
package enum Place: CaseIterable, Sendable {
  case everywhere
  /// The method that may be called, while the one that would call it is right.
  case calleeOnly
  /// The method that would call it, while that one is right.
  case callerOnly

  /// The end of the mistake's identifier, where `caller` is the method that would call the other.
  func suffix(_ caller: String) -> String {
    switch self {
    case .everywhere: ""
    case .calleeOnly: "-not-in-\(caller)"
    case .callerOnly: "-in-\(caller)"
    }
  }
}

/// A mistake that says what is wrong and who makes it; found by its identifier among all of them.
package protocol ComposedMistake: ListedMistake {}

extension ComposedMistake {
  package init?(rawValue: String) {
    guard let mistake = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = mistake
  }
}
