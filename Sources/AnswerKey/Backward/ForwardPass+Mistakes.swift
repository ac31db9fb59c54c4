package import Grading
package import KataKit
import SharedAnswers

extension ForwardPassSuite {
  package static let mistakes = MistakeCatalogue(
    at: [layerInput, layerChoice, layerOrder, products, biasSums, firstInput] + activations + kept)

  private static let activations: [any SiteListing] = [hidden, outputs, divisor, shift]
  private static let kept: [any SiteListing] = [keptZ, keptA, firstKept, lastKept]

  package static func reference(at: Computation<Self>) -> any ForwardPassKata {
    FaultyForwardPass(at: at)
  }
}

/// A forward pass that can make any of the mistakes on purpose.
private struct FaultyForwardPass: ForwardPassKata {
  var at = Computation<ForwardPassSuite>()

  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    var pass = ForwardCache(preActivations: [], activations: at(firstKept, [inputs]))
    let softmax = at(shift, at(divisor, Softmax()))
    let first = at(firstInput, inputs)
    var a = first
    for (k, layer) in at(layerChoice, at(layerOrder, layers)).enumerated() {
      let isLast = k + 1 == layers.count
      let product = at(products, (at(layerInput, (a, first)), layer.weights))
      let z = at(biasSums, (product, layer.biases, isActivated: false))
      a =
        isLast
        ? at(outputs, (z, softmax)) : at(hidden, (z, softmax, isLast: k + 2 == layers.count))
      a = at(biasSums, (a, layer.biases, isActivated: true))
      pass.preActivations.append(at(keptZ, (z, product, a, isLast)))
      pass.activations.append(at(keptA, (a, z, isLast)))
    }
    return at(lastKept, pass)
  }
}

// MARK: What a layer is given

private let firstInput = Site<Matrix, Matrix>(
  "relu-on-inputs", "You applied ReLU to the inputs before the first layer."
) { Mathematics.relu($0) }

private let layerInput = Site<(below: Matrix, first: Matrix), Matrix>("inputs-to-every-layer") {
  $0.below
} mistakes: {
  Mistake(
    "inputs-to-every-layer",
    "You fed the inputs X to every layer; a layer's input is the activation below it."
  ) { $0.first.shape == $0.below.shape ? $0.first : nil }
}

private let layerOrder = Site<[DenseLayer], [DenseLayer]>(
  "layers-reversed", "You went through the layers from last to first; start with the first."
) { $0.areAlike ? $0.reversed() : nil }

private let layerChoice = Site<[DenseLayer], [DenseLayer]>(
  "first-layer-every-time", "You used the first layer's weights and biases in every layer."
) { layers in layers.areAlike ? layers.map { _ in layers[0] } : nil }

extension [DenseLayer] {
  fileprivate var areAlike: Bool { allSatisfy { $0.weights.shape == self[0].weights.shape } }
}

// MARK: Z = A·W + b

private let products = Site<(a: Matrix, weights: Matrix), Matrix>("product") {
  $0.a.matmul($0.weights)
} mistakes: {
  Mistake(
    "weights-transposed", "You multiplied by Wᵀ; with inputs × outputs weights it is A·W."
  ) {
    $0.weights.rows == $0.weights.columns ? $0.a.matmul($0.weights.transposed) : nil
  }
  Mistake(
    "product-elementwise", "You multiplied A and W elementwise; use the matrix product."
  ) {
    $0.a.shape == $0.weights.shape && $0.a.rows == $0.a.columns ? $0.a * $0.weights : nil
  }
}

/// The product before the activation, and the activation after it.
private let biasSums = Site<(sum: Matrix, biases: Matrix, isActivated: Bool), Matrix>("bias") {
  $0.isActivated ? $0.sum : $0.sum + $0.biases
} mistakes: {
  Mistake("bias-forgotten", "You left the biases out.") { $0.sum }
  Mistake(
    "bias-per-row", "You added the biases down the rows; each belongs to a column, one per output."
  ) {
    !$0.isActivated && $0.sum.rows == $0.biases.columns ? $0.sum + $0.biases.transposed : nil
  }
  Mistake(
    "bias-after-activation",
    "You added the biases after the activation; add them before, to Z."
  ) { $0.isActivated ? $0.sum + $0.biases : $0.sum }
}

// MARK: Activations

private let hidden = Site<(z: Matrix, softmax: Softmax, isLast: Bool), Matrix>(
  "hidden activation"
) {
  Mathematics.relu($0.z)
} mistakes: {
  Mistake("relu-missing", "There is no ReLU between your layers.") { $0.z }
  Mistake(
    "relu-missing-in-last-hidden-layer",
    "The last hidden layer has no ReLU in your forward pass; only the output goes without."
  ) { $0.isLast ? $0.z : nil }
  Mistake("leaky-relu", "You let 0.01·z through where z is negative; ReLU is 0 there.") {
    $0.z.map { $0 > 0 ? $0 : 0.01 * $0 }
  }
  Mistake("tanh-for-relu", "You used tanh in the hidden layers; use ReLU.") { tanh($0.z) }
  Mistake("relu-capped", "You cut ReLU off at 6; ReLU has no upper end.") {
    minimum(Mathematics.relu($0.z), 6)
  }
  Mistake("sigmoid-for-relu", "You used the sigmoid in the hidden layers; use ReLU.") {
    1 / (1 + exp(-$0.z))
  }
  Mistake(
    "softmax-in-every-layer", "You applied softmax in every layer; the hidden layers have ReLU."
  ) { $0.softmax($0.z) }
}

private let outputs = Site<(z: Matrix, softmax: Softmax), Matrix>("output") {
  $0.softmax($0.z)
} mistakes: {
  Mistake("relu-before-softmax", "You applied ReLU to the logits before softmax.") {
    $0.softmax(Mathematics.relu($0.z))
  }
  Mistake(
    "relu-for-softmax", "You applied ReLU to the output layer, too; softmax belongs there."
  ) { Mathematics.relu($0.z) }
  Mistake(
    "sigmoid-for-softmax", "You used the sigmoid at the output; use softmax over each row."
  ) { 1 / (1 + exp(-$0.z)) }
  Mistake(
    "softmax-missing", "You returned the logits as the last activation; softmax is missing."
  ) { $0.z }
  Mistake("softmax-twice", "You applied softmax twice.") { $0.softmax($0.softmax($0.z)) }
  Mistake(
    "argmax-for-softmax",
    "You returned 1 for the largest logit and 0 for the others; return the probabilities, softmax."
  ) { Matrix.identity($0.z.columns).gather(rows: $0.z.argmax(axis: 1)) }
  Mistake("log-softmax", "You returned the logarithms of the probabilities.") {
    Mathematics.logSoftmax($0.z)
  }
}

private let divisor = Site<Softmax, Softmax>("divisor") {
  $0
} mistakes: {
  Mistake("softmax-over-columns", "You took softmax over each column; take it over each row.") {
    _ in
    Softmax(shift: .columnMaximum, divisor: .columnSums)
  }
  Mistake(
    "softmax-over-everything", "You took one softmax over the whole matrix; each row has its own."
  ) { _ in Softmax(shift: .globalMaximum, divisor: .totalSum) }
  Mistake("not-normalised", "You did not divide by the sum of the exponentials.") { _ in
    Softmax(divisor: .none)
  }
}

private let shift = Site<Softmax, Softmax>("shift") {
  $0
} mistakes: {
  Mistake(
    "divided-by-column-sums",
    "You divided by the sums of the columns; softmax divides by the sum of each row."
  ) { _ in Softmax(divisor: .columnSums) }
  Mistake(
    "divided-by-total-sum",
    "You divided by the sum of the whole matrix; softmax divides by the sum of each row."
  ) { _ in Softmax(divisor: .totalSum) }
  Mistake(
    "overflowing-softmax",
    "Your softmax overflows for large logits; subtract each row's maximum before exp."
  ) { Softmax(shift: .none, divisor: $0.divisor) }
  Mistake(
    "shift-by-zero-or-maximum",
    "You shift by max(0, maximum): far below 0 every exp underflows. Shift by the maximum alone."
  ) { Softmax(shift: .zeroOrRowMaximum, divisor: $0.divisor) }
  Mistake(
    "shift-by-global-maximum",
    "You shift by the maximum of the whole matrix; rows far below it underflow to 0/0."
  ) { Softmax(shift: .globalMaximum, divisor: $0.divisor) }
  Mistake(
    "shift-by-column-maximum",
    "You subtracted each column's maximum; only a shift of whole rows leaves softmax as it is."
  ) { Softmax(shift: .columnMaximum, divisor: $0.divisor) }
}

// MARK: What is kept

private let keptZ = Site<(z: Matrix, product: Matrix, a: Matrix, isLast: Bool), Matrix>("kept Z") {
  $0.z
} mistakes: {
  Mistake(
    "activation-kept-as-z", "You kept the activation where Z belongs, in every layer."
  ) { $0.a }
  Mistake(
    "hidden-activation-kept-as-z",
    "You kept ReLU(Z) in place of Z; the backward pass needs Z before the activation."
  ) { $0.isLast ? nil : $0.a }
  Mistake("bias-missing-in-kept-z", "The Z that you kept lacks the biases; Z is A·W + b.") {
    $0.product
  }
}

private let keptA = Site<(a: Matrix, z: Matrix, isLast: Bool), Matrix>("kept A") {
  $0.a
} mistakes: {
  Mistake(
    "pre-activation-kept-as-a",
    "You kept Z where the hidden activation belongs, though you computed on with the activation."
  ) { $0.isLast ? nil : $0.z }
}

private let firstKept = Site<[Matrix], [Matrix]>(
  "inputs-not-kept", "You left out A₀; the activations begin with the inputs."
) { _ in [] }

private let lastKept = Site<ForwardCache, ForwardCache>("last layer") {
  $0
} mistakes: {
  Mistake(
    "probabilities-not-kept",
    "You left out the last activation; the probabilities belong to the activations, too."
  ) { ForwardCache(preActivations: $0.preActivations, activations: $0.activations.dropLast()) }
  Mistake("last-layer-skipped", "You stopped before the last layer.") {
    ForwardCache(
      preActivations: $0.preActivations.dropLast(), activations: $0.activations.dropLast())
  }
}
