import Grading
import KataKit
import Numerics
import SharedAnswers

extension Check {
  /// The gradient, all that `script` asks for, agrees with the reference, whether the loss is written or
  /// not. Where it is summed over the rows, it is said so.
  static func gradient(on probe: Case<S.Fixture>, to script: S.Script) -> Self {
    Check("gradient", on: probe, to: script) { (answered) throws(Finding) in
      let (answer, truth) = (answered.blocks, answered.truth)
      if let finding = answer.finding(
        against: truth, quantities: S.quantities(of: answered.fixture))
      {
        let isReduced =
          answer.map(\.value.shape) == truth.map { Shape(rows: 1, columns: $0.value.columns) }
        let reduced = isReduced ? S.sentence(ofMistake: "gradient-summed-over-rows") : nil
        throw Finding(finding.message, pattern: reduced ?? finding.pattern)
      }
      return "agrees with the reference"
    }
  }
}
