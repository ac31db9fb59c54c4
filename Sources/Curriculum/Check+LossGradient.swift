import Grading
import KataKit

extension Check {
  /// The gradient agrees with the reference, whether the loss is written or not. Where it is summed over
  /// the rows, it is said so.
  static func gradient(
    on probe: Case<S.Fixture>, of gradient: @escaping @Sendable (S.Subject, S.Fixture) -> Block
  ) -> Self {
    Check("gradient", on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      let answer = gradient(subject, fixture)
      let truth = gradient(S.reference(making: []), fixture)
      if let finding = [answer].finding(against: [truth], quantities: S.quantities(of: fixture)) {
        let isReduced = answer.value.shape == Shape(rows: 1, columns: truth.value.columns)
        let reduced = isReduced ? S.sentence(ofMistake: "gradient-summed-over-rows") : nil
        throw Finding(finding.message, pattern: reduced ?? finding.pattern)
      }
      return "agrees with the reference"
    }
  }
}
