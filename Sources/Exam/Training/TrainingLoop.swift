package import KataKit

package enum TrainingLoopExam: Exam {
  /// Everything that a run of training is given.
  package struct Fixture: Codable, Sendable {
    package var hidden: DenseLayer
    package var output: DenseLayer
    package var inputs: Matrix
    /// n × 1, each 0 or 1.
    package var targets: Matrix
    package var learningRate: Double
    package var epochs: Int

    package init(
      hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix,
      learningRate: Double = 0.5, epochs: Int
    ) {
      self.hidden = hidden
      self.output = output
      self.inputs = inputs
      self.targets = targets
      self.learningRate = learningRate
      self.epochs = epochs
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case run
    /// Two epochs, and a second run from where they end.
    case interrupted
    /// With every row a second time.
    case doubled
  }

  package static let name = "training-loop"
  package static let type = "TrainingLoop"

  package static func subject(of type: any Any.Type) -> (any TrainingLoopKata)? {
    (type as? any TrainingLoopKata.Type)?.init()
  }

  /// The losses, and the parameters afterward. Of parameters that have lost their shapes no second run
  /// starts: then there are none of it.
  package static func answer(
    of subject: any TrainingLoopKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    func run(on fixture: Fixture) -> TrainingRun {
      subject.train(
        hidden: fixture.hidden, output: fixture.output, inputs: fixture.inputs,
        targets: fixture.targets, learningRate: fixture.learningRate, epochs: fixture.epochs)
    }
    var fixture = fixture
    switch script {
    case .run: return parts(of: run(on: fixture))
    case .interrupted:
      let epochs = fixture.epochs
      fixture.epochs = 2
      let early = run(on: fixture)
      guard shapes(early.hidden, early.output) == shapes(fixture.hidden, fixture.output) else {
        return []
      }
      (fixture.hidden, fixture.output) = (early.hidden, early.output)
      fixture.epochs = epochs - 2
      let late = run(on: fixture)
      return parts(
        of: TrainingRun(
          hidden: late.hidden, output: late.output, losses: early.losses + late.losses))
    case .doubled:
      let rows = Array(0..<fixture.inputs.rows)
      fixture.inputs = fixture.inputs.gather(rows: rows + rows)
      fixture.targets = fixture.targets.gather(rows: rows + rows)
      return parts(of: run(on: fixture))
    }
  }

  private static func parts(of run: TrainingRun) -> [Part] {
    [
      Part("losses", run.losses),
      Part("W₂", run.output.weights, axes: "units × 1"),
      Part("b₂", run.output.biases),
      Part("W₁", run.hidden.weights, axes: "inputs × units"),
      Part("b₁", run.hidden.biases, axes: "1 × units"),
    ]
  }

  private static func shapes(_ layers: DenseLayer...) -> [Shape] {
    layers.flatMap { [$0.weights.shape, $0.biases.shape] }
  }
}
