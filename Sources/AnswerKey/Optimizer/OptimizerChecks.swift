import Exam
import Grading
import KataKit
import Numerics

// Checks that ask no reference.

extension OptimizerSuite {
  /// Early, as optimizers of different shapes that share their state may stop the process.
  static var twoAtOnce: Check<Self> {
    Check(
      "two at once",
      asking: [Question(on: two, to: .everything), Question(on: two, to: .oneByOne)]
    ) { (answers) throws(Finding) in
      let (together, alone) = (answers[0].blocks, answers[1].blocks)
      if let finding = together.finding(against: alone) {
        throw Finding(
          finding.message,
          pattern: "Alone, each of the two optimizers gives other numbers: "
            + "something is shared between them, or drawn at random.")
      }
      return "two optimizers keep their states apart"
    }
  }

  /// What is added to each parameter is known in closed form.
  ///
  /// What such a simple run shows many mistakes would explain, so that it takes `several` to name one.
  static func moves(
    _ name: String, on probe: Case<Fixture>, holds: String, by formula: @escaping MoveFormula
  ) -> Check<Self> {
    Check(name, on: probe, to: .everything) { (answered) throws(Finding) in
      let run = answered.fixture.runs[0]
      let (blocks, truth) = (answered.blocks, answered.truth)
      guard blocks.map(\.value.shape) == truth.map(\.value.shape) else {
        throw blocks.finding(against: truth) ?? Finding("the shapes are wrong")
      }
      var parameters = run.parameters
      var (actual, expected) = ([Block](), [Block]())
      for (index, block) in blocks.enumerated() {
        let (step, k) = index.quotientAndRemainder(dividingBy: parameters.count)
        let name = Paper.name("Δθ", of: k, after: step)
        actual.append(Block(name, block.value - parameters[k]))
        expected.append(
          Block(name, formula(run.settings, step + 1, run.gradients[step][k], parameters[k])))
        parameters[k] = block.value
      }
      if let finding = actual.finding(against: expected) { throw finding }
      return holds
    }.alsoDiagnosed(on: [Question(on: several, to: .everything)])
  }

  /// The move of a parameter from the settings, the number of the step, the gradient, which is the same
  /// at every step, and the parameter before it.
  typealias MoveFormula =
    @Sendable (
      _ settings: Settings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
    ) -> Matrix
}
