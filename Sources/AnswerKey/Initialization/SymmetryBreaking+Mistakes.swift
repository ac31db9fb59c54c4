package import Grading
package import KataKit
import SharedAnswers

extension SymmetryBreakingSuite {
  package static let mistakes = MistakeCatalogue(at: [
    steps, rate, sign, affine, activation, probabilities, mean, weightsBack, slope, biasGradient,
    moves, learningLayers, numbers, equality, count,
  ])

  package static func reference(at: Computation<Self>) -> any SymmetryBreakingKata {
    FaultySymmetryBreaking(at: at)
  }
}

/// Training and counting that can make any of the mistakes on purpose.
private struct FaultySymmetryBreaking: SymmetryBreakingKata {
  var at = Computation<SymmetryBreakingSuite>()

  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps count: Int
  ) -> [DenseLayer] {
    let rate = at(sign, at(rate, learningRate))
    var layers = layers
    var last: [DenseGradient]?
    for _ in 0..<at(steps, count) {
      let gradients = gradients(of: layers, inputs: inputs, targets: targets, rate: rate)
      let moves = at(moves, (gradients, last))
      for k in at(learningLayers, layers.indices) {
        layers[k].weights -= rate * moves[k].weights
        layers[k].biases = layers[k].biases - rate * moves[k].biases
      }
      last = moves
    }
    return layers
  }

  private func gradients(
    of layers: [DenseLayer], inputs: Matrix, targets: Matrix, rate: Double
  ) -> [DenseGradient] {
    let z = at(affine, (inputs.matmul(layers[0].weights), layers[0].biases))
    let hidden = at(activation, z)
    let logits = at(affine, (hidden.a.matmul(layers[1].weights), layers[1].biases))
    let delta2 = (at(probabilities, logits) - targets) / at(mean, targets.shape)
    let dW2 = hidden.a.transposed.matmul(delta2)
    let delta1 =
      at(weightsBack, (delta2, layers[1].weights, rate * dW2)) * at(slope, (z, hidden))
    return [
      DenseGradient(
        weights: inputs.transposed.matmul(delta1), biases: at(biasGradient, delta1)),
      DenseGradient(weights: dW2, biases: at(biasGradient, delta2)),
    ]
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    let numbers = at(SymmetryBreakingSuite.numbers, (hidden, inputs))
    let isSame = (0..<numbers.rows).map { unit in
      at(SymmetryBreakingSuite.equality, abs(numbers - numbers.row(unit)).max(axis: 1)).elements.map
      { $0 == 1 }
    }
    return at(SymmetryBreakingSuite.count, isSame)
  }
}

// MARK: Training

private let steps = Site<Int, Int>("steps") {
  $0
} mistakes: {
  Mistake("one-step-only", "You took one step, whatever `steps` is.") { _ in 1 }
  Mistake("one-step-too-many", "You took one step too many.") { $0 + 1 }
  Mistake("one-step-too-few", "You took one step too few.") { max(0, $0 - 1) }
}

private let rate = Site<Double, Double>(
  "learning-rate-missing", "You left out the learning rate."
) { _ in 1 }

private let sign = Site<Double, Double>(
  "sign-flipped", "You moved up the gradient; subtract it, with p − t at the output."
) { -$0 }

private let moves = Site<(gradients: [DenseGradient], last: [DenseGradient]?), [DenseGradient]>(
  "gradients"
) {
  $0.gradients
} mistakes: {
  Mistake(
    "first-gradient-only",
    "You took every step along the first gradient; compute it anew at each step."
  ) { $0.last }
  Mistake(
    "gradients-accumulate",
    "You added each step's gradient to those of the steps before; start from zero every time."
  ) {
    let last = $0.last ?? []
    return last.isEmpty ? nil : zip($0.gradients, last).map { $0 + $1 }
  }
}

/// The sum where the shapes are the same, as they are from one step to the next.
private func + (lhs: DenseGradient, rhs: DenseGradient) -> DenseGradient {
  DenseGradient(weights: lhs.weights + rhs.weights, biases: lhs.biases + rhs.biases)
}

private let learningLayers = Site<Range<Int>, Range<Int>>("learning layers") {
  $0
} mistakes: {
  Mistake("hidden-layer-frozen", "Your hidden layer does not learn.") { $0.dropFirst() }
  Mistake("output-layer-frozen", "Your output layer does not learn.") { $0.dropLast() }
}

// MARK: Forward

private let affine = Site<(product: Matrix, biases: Matrix), Matrix>("affine") {
  $0.product + $0.biases
} mistakes: {
  Mistake("forward-without-bias", "Your forward pass leaves the biases out.") { $0.product }
}

/// A = tanh(Z), and its slope.
private let activation = Site<Matrix, (a: Matrix, slope: Matrix)>("activation") {
  let a = tanh($0)
  return (a, 1 - a * a)
} mistakes: {
  Mistake("sigmoid-for-tanh", "Your hidden units are sigmoids; they should be tanh.") {
    let a = 1 / (1 + exp(-$0))
    return (a, a * (1 - a))
  }
  Mistake("relu-for-tanh", "Your hidden units are ReLUs; they should be tanh.") {
    (Mathematics.relu($0), $0 .> 0)
  }
  Mistake("hidden-activation-missing", "Your hidden units have no activation; apply tanh.") {
    ($0, $0 * 0 + 1)
  }
}

private let probabilities = Site<Matrix, Matrix>("probabilities") {
  Mathematics.softmax($0)
} mistakes: {
  Mistake(
    "sigmoid-for-softmax", "You used the sigmoid at the output; use softmax over each row."
  ) { 1 / (1 + exp(-$0)) }
  Mistake("softmax-over-columns", "Your softmax runs down the columns; take it along each row.") {
    Softmax(shift: .columnMaximum, divisor: .columnSums)($0)
  }
  Mistake("logits-for-probabilities", "Softmax is missing before p − t at the output.") { $0 }
}

// MARK: Backward

/// What p − t is divided by.
private let mean = Site<Shape, Double>("mean") {
  Double($0.rows)
} mistakes: {
  Mistake("no-batch-mean", "You summed over the batch instead of averaging it.") { _ in 1 }
  Mistake(
    "mean-over-entries",
    "You divided by n × classes; the loss is a mean over the n rows, and a sum over classes."
  ) { Double($0.rows * $0.columns) }
}

private let weightsBack = Site<(delta: Matrix, weights: Matrix, step: Matrix), Matrix>(
  "back through the weights"
) {
  $0.delta.matmul($0.weights.transposed)
} mistakes: {
  Mistake(
    "through-updated-weights",
    "You took delta back through W₂ after its update; use the weights before the step."
  ) { $0.delta.matmul(($0.weights - $0.step).transposed) }
  Mistake(
    "through-weights-untransposed", "You took delta back through W₂; take it back through W₂ᵀ."
  ) { $0.weights.rows == $0.weights.columns ? $0.delta.matmul($0.weights) : nil }
}

private let slope = Site<(z: Matrix, hidden: (a: Matrix, slope: Matrix)), Matrix>("slope") {
  $0.hidden.slope
} mistakes: {
  Mistake(
    "tanh-slope-missing",
    "You did not multiply by the slope of tanh, 1 − A², on the way to the hidden layer."
  ) { $0.hidden.a * 0 + 1 }
  Mistake(
    "tanh-slope-of-pre-activation",
    "You took 1 − Z² for the slope; use 1 − tanh(Z)², which is 1 − A²."
  ) { 1 - $0.z * $0.z }
  Mistake(
    "tanh-slope-of-activation",
    "You took tanh a second time for its slope; with A = tanh(Z) it is 1 − A²."
  ) { 1 - tanh($0.hidden.a) * tanh($0.hidden.a) }
  Mistake("sigmoid-slope", "You took A·(1 − A), the sigmoid's slope; that of tanh is 1 − A².") {
    $0.hidden.a * (1 - $0.hidden.a)
  }
  Mistake("tanh-slope-unsquared", "You took 1 − A for the slope of tanh; use 1 − A².") {
    1 - $0.hidden.a
  }
}

private let biasGradient = Site<Matrix, Matrix>("biases") {
  $0.sum(axis: 0)
} mistakes: {
  Mistake(
    "bias-not-summed", "You did not sum the bias gradients over the rows of the batch."
  ) { $0 }
  Mistake(
    "bias-mean-twice", "You averaged the bias gradients over rows that are averaged already; sum."
  ) { $0.mean(axis: 0) }
  Mistake(
    "bias-summed-over-outputs",
    "You summed each bias gradient over the outputs, too; every output has a sum of its own."
  ) { $0.sum(axis: 0) * 0 + $0.sum() }
  Mistake("biases-frozen", "Your biases do not learn.") { $0.sum(axis: 0) * 0 }
}
