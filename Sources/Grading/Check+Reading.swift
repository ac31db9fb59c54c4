package import Numerics

extension Check {
  /// The answer agrees with the reference in the blocks that `read` makes of it: for what is judged more
  /// finely than it is diagnosed.
  package static func reference(
    _ name: String, on probe: Case<S.Fixture>, to script: S.Script,
    reading read: @escaping @Sendable ([Block], S.Fixture) -> [Block]
  ) -> Self {
    Check(name, on: probe, to: script) { (answered) throws(Finding) in
      let (judged, expected) = (
        read(answered.blocks, answered.fixture), read(answered.truth, answered.fixture)
      )
      let quantities = S.quantities(of: answered.fixture)
      if let finding = judged.finding(against: expected, quantities: quantities) { throw finding }
      return "agrees with the reference" + precision(judged, expected)
    }
  }
}
