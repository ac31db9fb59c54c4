/// What a check found wrong.
package struct Finding: Error, Equatable, Sendable {
  /// The evidence, in one line: "dW₁[0][1] is 0.4120, expected 0.0824".
  package let message: String
  /// The pattern that the wrong numbers follow, as a sentence, where there is one.
  package let pattern: String?

  package init(_ message: String, pattern: String? = nil) {
    self.message = message
    self.pattern = pattern
  }
}
