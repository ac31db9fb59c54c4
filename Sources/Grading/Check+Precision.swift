package import Numerics

extension Check {
  /// Where all numbers are of order 1 what is right to six digits is right to many more, unless it was
  /// computed in single precision, rounded, or something was added to it.
  ///
  /// - Parameter bound: beside the largest entry. What some people add to a sum of exponentials is below
  ///   5e-9 of it, and single precision is not.
  package static func inDoublePrecision(
    _ name: String = "double precision", on probe: Case<S.Fixture>, to script: S.Script,
    within bound: Double = 1e-11,
    reading read: @escaping @Sendable ([Block], S.Fixture) -> [Block] = { blocks, _ in blocks }
  ) -> Self {
    Check(name, on: probe, to: script) { (answered) throws(Finding) in
      let (answer, truth) = (answered.blocks, answered.truth)
      if let finding = answer.finding(against: truth) { throw finding }
      let (judged, expected) = (
        read(answer, answered.fixture).map { $0.held(to: bound) },
        read(truth, answered.fixture).map { $0.held(to: bound) }
      )
      if let finding = judged.finding(against: expected) {
        throw Finding(
          finding.message,
          pattern: "Right to six digits, but not to as many as a Double has: compute in Double, and"
            + " round, clip or add nothing.")
      }
      return "agrees" + precision(judged, expected)
    }
  }
}
