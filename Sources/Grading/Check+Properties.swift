package import Numerics

extension Check {
  /// A property of the answers to several questions, in their order.
  package static func property(
    _ name: String, asking questions: [Question<S>], holds: String,
    comparing: @escaping @Sendable ([Answered<S>]) -> (actual: [Block], expected: [Block])
  ) -> Self {
    Check(name, asking: questions) { (answers) throws(Finding) in
      let (actual, expected) = comparing(answers)
      if let finding = actual.finding(against: expected) { throw finding }
      return holds
    }
  }
}
