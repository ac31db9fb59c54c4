package import Grading
package import KataKit

extension SwiGLUSuite {
  package static let mistakes = MistakeCatalogue(
    at: [silus, silusInForward, gatings, outputs, weights])

  package static func reference(at: Computation<Self>) -> any SwiGLUKata { FaultySwiGLU(at: at) }
}

/// SwiGLU with any of the mistakes on purpose.
private struct FaultySwiGLU: SwiGLUKata {
  private let parts: Parts
  private let at: Computation<SwiGLUSuite>

  init() { self.init(at: Computation()) }

  init(at: Computation<SwiGLUSuite>) {
    parts = at(silus, at(silusInForward, Parts()))
    self.at = at
  }

  func silu(_ z: Matrix) -> Matrix { parts.silu[.callee](z) }

  /// (silu(X·W₁) ⊙ (X·W₃))·W₂.
  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    let layer = at(weights, Layer(x: x, w1: w1, w3: w3, w2: w2))
    let value = x.matmul(layer.w3)
    let gating = Gating(
      layer: layer, gate: x.matmul(layer.w1), value: value, silu: parts.silu[.caller])
    let hidden = parts.isGated ? at(gatings, gating) : value
    return at(outputs, (layer, hidden, silu: parts.silu.both))
  }
}

private struct Parts {
  var silu = Shared<Matrix, Matrix>(rightSiLU)
  /// Whether silu(X·W₁) is a factor at all.
  var isGated = true
}

@Sendable private func rightSiLU(_ z: Matrix) -> Matrix { z / (1 + exp(-z)) }

private let silus = Site<Parts, Parts>("silu") {
  $0
} mistakes: {
  wrongSiLUs.inBoth
}

private let silusInForward = Site<Parts, Parts>("silu in forward") {
  $0
} mistakes: {
  wrongSiLUs.inOne
  Mistake("value-alone", "You left out the gate silu(X·W₁).", setting: \.isGated, to: false)
}

private let wrongSiLUs = SharedMistakes<Parts, Matrix, Matrix>(
  of: \.silu, or: "forward",
  ("Your silu ", "Your silu ", "What your forward pass takes for silu ")
) {
  SharedMistake("silu-sigmoid", "is σ(z), as in GLU; it is z·σ(z).") { 1 / (1 + exp(-$0)) }
  SharedMistake("silu-identity", "is z itself, as in the bilinear layer; it is z·σ(z).") { $0 }
  SharedMistake("silu-relu", "is max(0, z), as in ReGLU; it is z·σ(z).") { Mathematics.relu($0) }
  SharedMistake("silu-gelu", "is GELU, as in GEGLU; it is z·σ(z).") {
    $0.map { 0.5 * $0 * (1 + erf($0 / 2.squareRoot())) }
  }
  SharedMistake("silu-tanh", "is tanh(z); it is z·σ(z).") { tanh($0) }
  SharedMistake(
    "silu-mirrored",
    "is z·σ(−z), with the sign of the exponent lost; it is z / (1 + exp(−z))."
  ) { $0 / (1 + exp($0)) }
  SharedMistake("silu-added", "is z + σ(z); it is z·σ(z).") { $0 + 1 / (1 + exp(-$0)) }
  SharedMistake("silu-slope", "is σ + z·σ·(1 − σ), the slope of SiLU; return z·σ(z).") {
    let s = 1 / (1 + exp(-$0))
    return s + $0 * s * (1 - s)
  }
  SharedMistake("silu-hard-swish", "is z·ReLU6(z + 3)/6, hard swish; return z·σ(z).") {
    $0.map { $0 * min(max($0 + 3, 0), 6) / 6 }
  }
  SharedMistake("silu-mish", "is z·tanh(ln(1 + exp(z))), Mish; return z·σ(z).") {
    $0 * tanh(log(1 + exp(-abs($0))) + maximum($0, 0))
  }
  SharedMistake(
    "silu-overflow-above",
    "is ∞/∞ for large z, as exp(z)/(1 + exp(z)) is; use z / (1 + exp(−z))."
  ) { $0 * (exp($0) / (1 + exp($0))) }
  SharedMistake(
    "silu-overflow-below", "is not a number far below 0, where exp(−z) overflows."
  ) { $0 * (1 - exp(-$0) / (1 + exp(-$0))) }
  SharedMistake(
    "silu-scaled", "is z·σ(1.702·z), an approximation of GELU; it is z·σ(z)."
  ) { $0 / (1 + exp(-1.702 * $0)) }
}

private struct Layer {
  let x: Matrix
  var w1, w3, w2: Matrix

  /// Where everything is square, neither a transpose nor a wrong product stops at a shape.
  var isSquare: Bool {
    x.rows == x.columns && [w1, w3, w2].allSatisfy { $0.shape == x.shape }
  }
}

private struct Gating {
  let layer: Layer
  /// X·W₁.
  let gate: Matrix
  /// X·W₃.
  let value: Matrix
  let silu: Code<Matrix, Matrix>
}

private let gatings = Site<Gating, Matrix>("gating") {
  $0.silu($0.gate) * $0.value
} mistakes: {
  Mistake(
    "gate-and-value-swapped", "You applied silu to X·W₃; it belongs on the gate X·W₁."
  ) { $0.gate * $0.silu($0.value) }
  Mistake(
    "both-activated", "You applied silu to X·W₃, too; it belongs on the gate X·W₁ alone."
  ) { $0.silu($0.gate) * $0.silu($0.value) }
  Mistake(
    "silu-of-product",
    "You applied silu to the product of gate and value; apply it to X·W₁ before."
  ) { $0.silu($0.gate * $0.value) }
  Mistake(
    "added-for-multiplied", "You added silu(X·W₁) and X·W₃; they are multiplied elementwise."
  ) { $0.silu($0.gate) + $0.value }
  Mistake("silu-twice", "You applied silu to the gate twice.") {
    $0.silu($0.silu($0.gate)) * $0.value
  }
  Mistake(
    "gate-for-value", "You multiplied silu(X·W₁) by X·W₁; it is multiplied by X·W₃."
  ) {
    // σ(z)·z is silu again, with the value left out.
    let isSigmoid = $0.silu(Matrix([[0, 1000]])).elements == [0.5, 1]
    return isSigmoid ? nil : $0.silu($0.gate) * $0.gate
  }
  Mistake(
    "activated-gate-for-value", "You multiplied silu(X·W₁) by itself; it is multiplied by X·W₃."
  ) { $0.silu($0.gate) * $0.silu($0.gate) }
  Mistake(
    "value-for-gate",
    "You took W₃ for the gate, too: silu(X·W₃) ⊙ (X·W₃); the gate is X·W₁."
  ) { $0.silu($0.value) * $0.value }
  Mistake("gate-alone", "You left out the factor X·W₃.") { $0.silu($0.gate) }
  Mistake(
    "silu-of-inputs", "You applied silu to X before W₁; it is applied to X·W₁."
  ) { $0.silu($0.layer.x).matmul($0.layer.w1) * $0.value }
  Mistake(
    "matrix-product",
    "You took the matrix product of gate and value; they are multiplied elementwise."
  ) { $0.layer.isSquare ? $0.silu($0.gate).matmul($0.value) : nil }
}

private let outputs = Site<(layer: Layer, hidden: Matrix, silu: Code<Matrix, Matrix>), Matrix>(
  "output"
) {
  $0.hidden.matmul($0.layer.w2)
} mistakes: {
  Mistake(
    "output-activated",
    "You applied silu to the output, too; the product with W₂ is the last step."
  ) { $0.silu($0.hidden.matmul($0.layer.w2)) }
  Mistake(
    "residual-added",
    "You added X to the output; the residual belongs to the block around this layer."
  ) {
    let isFitting = $0.layer.x.columns == $0.layer.w2.columns
    return isFitting ? $0.layer.x + $0.hidden.matmul($0.layer.w2) : nil
  }
  Mistake("w2-skipped", "You left out the product with W₂.") { $0.hidden }
  Mistake("w2-elementwise", "You multiplied by W₂ elementwise; it is a matrix product.") {
    $0.layer.isSquare ? $0.hidden * $0.layer.w2 : nil
  }
}

private let weights = Site<Layer, Layer>("weights") {
  $0
} mistakes: {
  wrongWeights(
    "w1-transposed", "You transposed W₁, which shows where it is square; X·W₁ fits as it is."
  ) { ($0.w1.transposed, $0.w3, $0.w2) }
  wrongWeights(
    "w3-transposed", "You transposed W₃, which shows where it is square; X·W₃ fits as it is."
  ) { ($0.w1, $0.w3.transposed, $0.w2) }
  wrongWeights(
    "w2-transposed", "You transposed W₂, which shows where it is square; it fits as it is."
  ) { ($0.w1, $0.w3, $0.w2.transposed) }
  wrongWeights(
    "all-transposed", "You transposed all three weights; they are inputs × outputs already."
  ) { ($0.w1.transposed, $0.w3.transposed, $0.w2.transposed) }
  wrongWeights(
    "w2-and-w3-swapped", "You swapped W₂ and W₃: W₃ is the value's, and W₂ leads out."
  ) { ($0.w1, $0.w2, $0.w3) }
}

/// Other weights, where they fit.
private func wrongWeights(
  _ id: String, _ sentence: String,
  _ weights: @escaping Code<Layer, (w1: Matrix, w3: Matrix, w2: Matrix)>
) -> Mistake<Layer, Layer> {
  Mistake(id, sentence) { layer in
    let (w1, w3, w2) = weights(layer)
    return layer.isSquare ? Layer(x: layer.x, w1: w1, w3: w3, w2: w2) : nil
  }
}
