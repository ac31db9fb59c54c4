import Grading

extension Check {
  /// A property of the answers to several scripts, put to the same fixture.
  static func property(
    _ name: String, on probe: Case<S.Fixture>, to scripts: [S.Script], holds: String,
    comparing: @escaping @Sendable ([Answered<S>]) -> (actual: [Block], expected: [Block])
  ) -> Self {
    let questions = scripts.map { Question<S>(on: probe, to: $0) }
    return Check(name, asking: questions) { (answers) throws(Finding) in
      let (actual, expected) = comparing(answers)
      if let finding = actual.finding(against: expected, isProperty: true) { throw finding }
      return holds
    }
  }
}
