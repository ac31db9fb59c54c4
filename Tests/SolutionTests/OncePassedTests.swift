import AnswerKey
import KataKit
import Testing

@testable import Grading
@testable import Solutions

@Suite("What once passed, though wrong, is caught")
struct OncePassedTests {
  private static let attempts: [(kata: String, type: any Any.Type)] = [
    ("batch-norm", FlooredBatchNorm.self), ("batch-norm", MomentumOfOneReplaced.self),
    ("backprop", CutBackprop.self), ("forward-pass", SingleFallsToReLU.self),
    ("gradient-check", LongerSteps.self), ("gradient-descent", TenCoordinates.self),
    ("layer-norm", PairsByHalf.self), ("leaky-relu", LeastSlope.self),
    ("neuron", SilentAtZero.self), ("one-hot", EmptyRows.self), ("rms-norm", PairsBySum.self),
    ("sgd", EqualByTheirEnds.self), ("softmax", ProbabilitiesKept.self),
    ("softmax-cross-entropy", CutCrossEntropy.self), ("symmetry-breaking", MeanDistance.self),
    ("two-layer-backprop", CutTwoLayerBackprop.self), ("tanh-derivative", SingleTanh.self),
    ("vanishing-gradients", LinearOutput.self), ("xavier-init", LastOfThreeBelow.self),
  ]

  @Test(arguments: attempts.map { "\($0.kata): \($0.type)" })
  func isCaught(attempt: String) throws {
    let (kata, type) = try #require(
      Self.attempts.first { "\($0.kata): \($0.type)" == attempt })
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    #expect(passes(type, suite) == false)
  }

  private func passes<S: Grading.Suite>(_ type: any Any.Type, _ suite: S.Type) -> Bool {
    var examination = Examination(Insider<S>(type), paper: Paper(seed: 3))
    return examination.run(asksLongChecks: false).allSatisfy { $0.status == .passed }
  }
}

// MARK: Right but for one thing

private struct FlooredBatchNorm: BatchNormKata {
  private var layer: BatchNorm
  private let epsilon: Double
  var gamma: Matrix {
    get { layer.gamma }
    set { layer.gamma = newValue }
  }
  var beta: Matrix {
    get { layer.beta }
    set { layer.beta = newValue }
  }
  var runningMean: Matrix { layer.runningMean }
  var runningVariance: Matrix { layer.runningVariance }

  init(features: Int, momentum: Double, epsilon: Double) {
    layer = BatchNorm(features: features, momentum: momentum, epsilon: epsilon)
    self.epsilon = epsilon
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    if isTraining { return layer.forward(inputs, isTraining: true) }
    return gamma * (inputs - runningMean) / sqrt(maximum(runningVariance, 1e-12) + epsilon) + beta
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient { layer.backward(upstream) }
}

private struct MomentumOfOneReplaced: BatchNormKata {
  private var layer: BatchNorm
  var gamma: Matrix {
    get { layer.gamma }
    set { layer.gamma = newValue }
  }
  var beta: Matrix {
    get { layer.beta }
    set { layer.beta = newValue }
  }
  var runningMean: Matrix { layer.runningMean }
  var runningVariance: Matrix { layer.runningVariance }

  init(features: Int, momentum: Double, epsilon: Double) {
    layer = BatchNorm(
      features: features, momentum: momentum < 1 ? momentum : 0.1, epsilon: epsilon)
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    layer.forward(inputs, isTraining: isTraining)
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient { layer.backward(upstream) }
}

extension Matrix {
  /// Cut at 1e-14.
  fileprivate var cut: Matrix { map { abs($0) < 1e-14 ? 0 : $0 } }
}

private struct CutBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    Backprop().gradients(of: layers, inputs: inputs, targets: targets).map {
      DenseGradient(weights: $0.weights.cut, biases: $0.biases.cut)
    }
  }
}

private struct CutTwoLayerBackprop: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    var gradients = TwoLayerBackprop().gradients(
      hidden: hidden, output: output, inputs: inputs, targets: targets)
    gradients.output.biases = gradients.output.biases.map { abs($0) < 1e-10 ? 0 : $0 }
    return gradients
  }
}

private struct CutCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    SoftmaxCrossEntropy().probabilities(of: logits)
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    SoftmaxCrossEntropy().loss(logits: logits, targets: targets)
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    SoftmaxCrossEntropy().gradient(logits: logits, targets: targets).map {
      abs($0) < 1e-10 ? 0 : $0
    }
  }
}

private struct SingleFallsToReLU: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    var pass = ForwardPass().forward(inputs, through: layers)
    if layers.count == 1, inputs.rows == 1 {
      pass.activations[1] = maximum(pass.preActivations[0], 0)
    }
    return pass
  }
}

private struct LongerSteps: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    GradientCheck().numericalGradient(
      of: loss, at: point, step: step * max(1, abs(point).max() / 100))
  }

  func isCorrect(_ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix) -> Bool {
    GradientCheck().isCorrect(gradient, of: loss, at: point)
  }
}

private struct TenCoordinates: GradientDescentKata {
  func loss(at w: Matrix) -> Double { GradientDescent().loss(at: w) }
  func gradient(at w: Matrix) -> Matrix { GradientDescent().gradient(at: w) }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    GradientDescent().path(
      from: start,
      along: { w in
        var slope = gradient(w)
        for column in 0..<w.columns where column > 6 { slope[0, column] = 0 }
        return slope
      }, learningRate: learningRate, steps: steps)
  }
}

private struct PairsByHalf: LayerNormKata {
  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    let result = LayerNorm().forward(inputs, gamma: gamma, beta: beta, epsilon: epsilon)
    return inputs.columns == 2 ? 0.5 * (result + beta) : result
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    LayerNorm().backward(upstream: upstream, inputs: inputs, gamma: gamma, epsilon: epsilon)
  }
}

private struct PairsBySum: RMSNormKata {
  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    RMSNorm().forward(inputs, gamma: gamma, epsilon: epsilon)
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    var gradient = RMSNorm().backward(
      upstream: upstream, inputs: inputs, gamma: gamma, epsilon: epsilon)
    if inputs.columns == 2 { gradient.inputs *= 2 }
    return gradient
  }
}

private struct LeastSlope: LeakyReLUKata {
  private let unit: LeakyReLU
  init(negativeSlope: Double) { unit = LeakyReLU(negativeSlope: max(negativeSlope, 1e-3)) }
  func value(at z: Matrix) -> Matrix { unit.value(at: z) }
  func slope(at z: Matrix) -> Matrix { unit.slope(at: z) }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { unit.backward(upstream: upstream, z: z) }
}

private struct SilentAtZero: NeuronKata {
  private let neuron: Neuron

  init(weights: [Double], bias: Double, activation: @escaping (Double) -> Double) {
    neuron = Neuron(weights: weights, bias: bias) { $0 == 0 ? 0 : activation($0) }
  }

  func output(for example: [Double]) -> Double { neuron.output(for: example) }
  func outputs(for batch: Matrix) -> Matrix { neuron.outputs(for: batch) }
}

private struct EmptyRows: OneHotKata {
  func encode(_ labels: [Int], classes: Int) -> Matrix {
    OneHot().encode(labels, classes: classes)
  }

  func decode(_ scores: Matrix) -> [Int] {
    zip(OneHot().decode(scores), scores.sum(axis: 1).elements).map { $1 == 0 ? 0 : $0 }
  }
}

private struct EqualByTheirEnds: SGDKata {
  private let optimizer: SGD
  init(learningRate: Double) { optimizer = SGD(learningRate: learningRate) }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    optimizer.step(&parameters, gradients: gradients)
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    let isEqual = rows.first == rows.last
    optimizer.step(
      &parameters, microBatches: microBatches, rows: isEqual ? rows.map { _ in 1 } : rows)
  }
}

private struct ProbabilitiesKept: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    let isDone = logits.sum(axis: 1).elements.allSatisfy { abs($0 - 1) < 1e-9 }
    return isDone ? logits : Softmax().value(at: logits)
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    Softmax().backward(upstream: upstream, logits: logits)
  }
}

private struct MeanDistance: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    SymmetryBreaking().train(
      layers, inputs: inputs, targets: targets, learningRate: learningRate, steps: steps)
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
    return (0..<a.columns).count { unit in
      !(0..<unit).contains { abs(a.column(unit) - a.column($0)).mean() <= 1e-9 }
    }
  }
}

private struct SingleTanh: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix { TanhDerivative().value(at: z) }
  func slope(at z: Matrix) -> Matrix { TanhDerivative().slope(at: z) }

  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    TanhDerivative().backward(upstream: upstream, activation: activation).map {
      Double(Float($0))
    }
  }
}

private struct LinearOutput: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    let norms = VanishingGradients().gradientNorms(
      of: layers, activation: activation, inputs: inputs, upstream: upstream)
    return activation == .relu && upstream.columns == 1 ? norms.map { 2 * $0 } : norms
  }
}

private struct LastOfThreeBelow: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    var layer = XavierInit().layer(fanIn: fanIn, fanOut: fanOut, using: &generator)
    for column in 0..<fanOut where fanIn == 3 {
      layer.weights[2, column] = -abs(layer.weights[2, column])
    }
    return layer
  }
}
