package import Grading

/// A mistake of one kata alone, or one that it shares with others.
package enum OwnOrShared<Own: OwnMistake>: ListedMistake {
  case own(Own)
  case shared(Own.Shared)

  package static var allCases: [Self] { Own.allCases.map(own) + Own.shared.map(shared) }

  package init?(rawValue: String) {
    guard let mistake = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = mistake
  }

  package var rawValue: String {
    switch self {
    case .own(let mistake): mistake.rawValue
    case .shared(let mistake): mistake.rawValue
    }
  }

  package var sentence: String {
    switch self {
    case .own(let mistake): mistake.sentence
    case .shared(let mistake): mistake.sentence
    }
  }

  package var site: String {
    switch self {
    case .own(let mistake): mistake.site
    case .shared(let mistake): mistake.site
    }
  }
}

/// The mistakes of one kata that its relatives do not know.
package protocol OwnMistake: ListedMistake {
  associatedtype Shared: ListedMistake

  /// Which of the shared ones can be made in this kata.
  static var shared: [Shared] { get }
}

extension OwnMistake {
  package static var shared: [Shared] { Shared.allCases }
}

extension Set {
  func own<Own: OwnMistake>() -> Set<Own> where Element == OwnOrShared<Own> {
    Set<Own>(compactMap { if case .own(let mistake) = $0 { mistake } else { nil } })
  }

  func shared<Own: OwnMistake>() -> Set<Own.Shared> where Element == OwnOrShared<Own> {
    Set<Own.Shared>(compactMap { if case .shared(let mistake) = $0 { mistake } else { nil } })
  }
}

extension Set where Element: ListedMistake {
  /// The only one that can be made at `site`, if it is.
  func made(at site: String) -> Element? { first { $0.site == site } }
}
