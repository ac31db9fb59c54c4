package import Grading
package import KataKit

package enum TrainingLoopSuite: Suite {
  /// Everything that a run of training is given, and how closely its losses can be judged.
  package struct Fixture: Sendable {
    var hidden: DenseLayer
    var output: DenseLayer
    var inputs: Matrix
    /// n × 1, each 0 or 1.
    var targets: Matrix
    var learningRate = 0.5
    var epochs: Int
    var loss = near
  }

  // 1e-7 inside a logarithm moves a loss by up to 1e-6, and the gradient of whoever divides by p by as much.
  private static let near = Acceptance.near(relative: 1e-5, absolute: 1e-6)

  package static let kata = Kata(
    "training-loop", type: "TrainingLoop", requirement: "TrainingLoopKata",
    title: "gradient descent, epoch after epoch, on XOR", track: .training, minutes: 20)

  package static func subject(of type: any Any.Type) -> (any TrainingLoopKata)? {
    (type as? any TrainingLoopKata.Type)?.init()
  }

  package static func answer(
    of subject: any TrainingLoopKata, to fixture: Fixture
  ) -> [Block] {
    let run = run(of: subject, on: fixture)
    return [
      Block("losses", run.losses, acceptance: fixture.loss),
      Block("W₂", run.output.weights, axes: "units × 1", acceptance: near),
      Block("b₂", run.output.biases, acceptance: near),
      Block("W₁", run.hidden.weights, axes: "inputs × units", acceptance: near),
      Block("b₁", run.hidden.biases, axes: "1 × units", acceptance: near),
    ]
  }

  static func run(of subject: any TrainingLoopKata, on fixture: Fixture) -> TrainingRun {
    subject.train(
      hidden: fixture.hidden, output: fixture.output, inputs: fixture.inputs,
      targets: fixture.targets, learningRate: fixture.learningRate, epochs: fixture.epochs)
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, inputs, units) = (
      fixture.inputs.rows, fixture.inputs.columns, fixture.hidden.weights.columns
    )
    return [
      Quantity(rows, "the batch has \(rows) rows"),
      Quantity(inputs, "there are \(inputs) inputs"),
      Quantity(units, "there are \(units) hidden units"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: several),
      .reference("first loss", on: first, judging: { $0.name == "losses" }),
      .reference("output layer, once", on: first, judging: { $0.name.last == "₂" }),
      .reference("hidden layer, once", on: first, judging: { $0.name.last == "₁" }),
      .derivative("numerical gradient", on: first, of: "the mean binary cross-entropy") {
        derivatives(of: $0, on: $1)
      },
      .reference(on: several),
      .reference(on: none),
      .reference(on: oneRow),
      .reference(on: noisyXOR),
      xorIsLearned,
      .reference(on: saturated),
      .reference(on: learned),
      .property(
        "two runs for one", on: several, holds: "two epochs and then the rest are all of them",
        comparing: interrupted),
      .property(
        "batch twice over", on: several, holds: "a doubled batch takes the same steps",
        comparing: doubled),
      .repeatable(on: several),
    ]
  }

  // MARK: Checks that ask more

  /// Long enough to see it learn; 40 epochs take it to a loss below 0.2 from any of 300 starts.
  private static let xorIsLearned = Check<Self>("XOR", on: [xor]) {
    (subject, seed) throws(Finding) in
    let fixture = xor.fixture(seed: seed)
    let answer = answer(of: subject, to: fixture)
    if let finding = answer.finding(against: truth(of: fixture)) { throw finding }
    let losses = answer[0].value.elements
    return "loss \(Numbers.brief(losses[0], digits: 2)) → "
      + "\(Numbers.brief(losses[losses.count - 1], digits: 2)) in \(losses.count) epochs"
  }

  /// What the first epoch moved, over −learningRate, is the gradient.
  @Sendable private static func derivatives(
    of subject: any TrainingLoopKata, on fixture: Fixture
  ) -> [Derivative] {
    let run = run(of: subject, on: fixture)
    func derivative(
      _ name: String, _ parameter: WritableKeyPath<Fixture, Matrix>, moved: Matrix
    ) -> Derivative {
      let point = fixture[keyPath: parameter]
      let gradient =
        moved.shape == point.shape ? (point - moved) / fixture.learningRate : moved
      return Derivative(
        name, gradient, at: point,
        of: {
          var fixture = fixture
          fixture[keyPath: parameter] = $0
          return loss(of: fixture)
        })
    }
    return [
      derivative("dW₂", \.output.weights, moved: run.output.weights),
      derivative("db₂", \.output.biases, moved: run.output.biases),
      derivative("dW₁", \.hidden.weights, moved: run.hidden.weights),
      derivative("db₁", \.hidden.biases, moved: run.hidden.biases),
    ]
  }

  private static func loss(of fixture: Fixture) -> Double {
    let z = logits(fixture.inputs, fixture.hidden, fixture.output)
    return (maximum(z, 0) + log(exp(-abs(z)) + 1) - fixture.targets * z).mean()
  }

  static func logits(_ inputs: Matrix, _ hidden: DenseLayer, _ output: DenseLayer) -> Matrix {
    tanh(inputs.matmul(hidden.weights) + hidden.biases).matmul(output.weights) + output.biases
  }

  /// Gradient descent has no memory but its parameters.
  @Sendable private static func interrupted(
    _ subject: any TrainingLoopKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var (early, late) = (fixture, fixture)
    early.epochs = 2
    late.epochs = fixture.epochs - early.epochs
    let start = run(of: subject, on: early)
    guard isTrainable(start, fixture) else { return ([], answer(of: subject, to: fixture)) }
    (late.hidden, late.output) = (start.hidden, start.output)
    var actual = answer(of: subject, to: late)
    let losses = start.losses + actual[0].value.elements
    actual[0] = Block("losses", losses)
    return (actual, answer(of: subject, to: fixture))
  }

  @Sendable private static func doubled(
    _ subject: any TrainingLoopKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let rows = Array(0..<fixture.inputs.rows)
    var twice = fixture
    twice.inputs = fixture.inputs.gather(rows: rows + rows)
    twice.targets = fixture.targets.gather(rows: rows + rows)
    return (answer(of: subject, to: twice), answer(of: subject, to: fixture))
  }

  /// Whether the parameters have kept their shapes.
  static func isTrainable(_ run: TrainingRun, _ fixture: Fixture) -> Bool {
    func shapes(_ layers: [DenseLayer]) -> [Shape] {
      layers.flatMap { [$0.weights.shape, $0.biases.shape] }
    }
    return shapes([run.hidden, run.output]) == shapes([fixture.hidden, fixture.output])
  }
}
