/// How far somebody has come with the bugs in a program: what was told of them, and which were found.
package struct HuntProgress: Codable, Equatable, Sendable {
  /// A bug whose lines were changed, and when, in seconds on the clock.
  package struct Find: Codable, Equatable, Sendable {
    package let id: String
    package let seconds: Double

    package init(id: String, seconds: Double) {
      self.id = id
      self.seconds = seconds
    }
  }

  /// How much was told of each bug: 1 which checks, 2 which function, 3 which mistake.
  package var told: [String: Int] = [:]
  /// The mistakes that were told and are no bug of the program: one list for each such hint.
  package var others: [[String]] = []
  /// In the order in which they were changed first.
  package var finds: [Find] = []

  package init() {}
}
