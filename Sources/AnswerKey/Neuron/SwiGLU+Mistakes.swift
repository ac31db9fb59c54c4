package import Grading
package import KataKit
import SharedAnswers

extension SwiGLUSuite {
  package static let mistakes = MistakeCatalogue(
    at: [silus, silusInForward, silusInBackward, gatings, outputs, weights] + backwardSites)

  package static func reference(at: Computation<Self>) -> any SwiGLUKata { FaultySwiGLU(at: at) }
}

/// SwiGLU with any of the mistakes on purpose.
private struct FaultySwiGLU: SwiGLUKata {
  private let parts: Parts
  private let at: Computation<SwiGLUSuite>

  init() { self.init(at: Computation()) }

  init(at: Computation<SwiGLUSuite>) {
    parts = at(silus, at(silusInBackward, at(silusInForward, Parts())))
    self.at = at
  }

  func silu(_ z: Matrix) -> Matrix { parts.silu[.callee](z) }

  /// (silu(X·W₁) ⊙ (X·W₃))·W₂.
  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    let layer = at(weights, SwiGLULayer(x: x, w1: w1, w3: w3, w2: w2))
    let silu = parts.silu[.caller]
    let gating = SwiGLUGating(layer: layer, silu: silu, slope: silu)
    let hidden = parts.isGated ? at(gatings, gating).hidden : gating.value
    return at(outputs, (layer, hidden, silu: parts.silu.both))
  }

  /// From dY to dW₂ and dH, through the product to dV and dZ, and to the weights and X.
  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    let layer = SwiGLULayer(x: x, w1: w1, w3: w3, w2: w2)
    let silu = parts.siluInBackward ?? parts.silu.both
    let slope = at(SwiGLUSuite.slopes, silu)
    let gating = SwiGLUGating(layer: layer, silu: silu, slope: slope)
    let gated = parts.isGated ? at(gatings, gating, by: .caller) : gating.ungated

    let output = gated.hidden.matmul(w2)
    let scale = at(SwiGLUSuite.scales, Double(x.rows))
    let upstream = at(SwiGLUSuite.upstreams, (upstream, output, slope)) * scale.all
    let dHidden = at(SwiGLUSuite.waysBack, (upstream, w2))
    let steps = at(SwiGLUSuite.splits, (gated, gating, dHidden))
    let paths = (steps.z.matmul(w1.transposed) * gated.inputSlope, steps.v.matmul(w3.transposed))
    let dX = at(SwiGLUSuite.inputGradients, (layer, upstream, steps, paths))
    let dW2 = at(SwiGLUSuite.outGradients, (gating, gated.hidden, upstream))
    let (dW1, dW3) = at(
      SwiGLUSuite.weightGradients, (gated.gateInputs, x, steps, dHidden: dHidden, gating))
    return (dX, dW1 * scale.weights, dW3 * scale.weights, dW2 * scale.weights)
  }
}

private struct Parts {
  var silu = Shared<Matrix, Matrix>(Mathematics.silu)
  /// What backward alone has instead.
  var siluInBackward: Code<Matrix, Matrix>?
  /// Whether silu(X·W₁) is a factor at all.
  var isGated = true
}

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

private let silusInBackward = Site<Parts, Parts>("silu in backward") {
  $0
} mistakes: {
  wrongSiLUs.mistakes(
    ["silu-sigmoid", "silu-identity", "silu-relu", "silu-gelu", "silu-overflow-above"],
    named: "-in-backward", "What your backward takes for silu "
  ) { $0.siluInBackward = $1 }
}

private let wrongSiLUs = SharedMistakes<Parts, Matrix, Matrix>(
  of: \.silu, or: "forward",
  ("Your silu ", "Your silu ", "What your forward pass takes for silu ")
) {
  SharedMistake("silu-sigmoid", "is σ(z), as in GLU; it should be z·σ(z).") { 1 / (1 + exp(-$0)) }
  SharedMistake("silu-identity", "is z itself, as in the bilinear layer; it should be z·σ(z).") {
    $0
  }
  SharedMistake("silu-relu", "is max(0, z), as in ReGLU; it should be z·σ(z).") {
    Mathematics.relu($0)
  }
  SharedMistake("silu-gelu", "is GELU, as in GEGLU; it should be z·σ(z).") {
    $0.map { 0.5 * $0 * (1 + erf($0 / 2.squareRoot())) }
  }
  SharedMistake("silu-tanh", "is tanh(z); it should be z·σ(z).") { tanh($0) }
  SharedMistake(
    "silu-mirrored",
    "is z·σ(−z), with the sign of the exponent lost; it should be z / (1 + exp(−z))."
  ) { $0 / (1 + exp($0)) }
  SharedMistake("silu-added", "is z + σ(z); it should be z·σ(z).") { $0 + 1 / (1 + exp(-$0)) }
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
    "silu-scaled", "is z·σ(1.702·z), an approximation of GELU; it should be z·σ(z)."
  ) { $0 / (1 + exp(-1.702 * $0)) }
}

// MARK: silu(X·W₁) ⊙ (X·W₃)

private let gatings = Site<SwiGLUGating, SwiGLUGated>(
  "gating", "You ", or: Caller("backward", "In backward you ", callee: "In forward you ")
) {
  $0.right
} mistakes: {
  Mistake(
    "gate-and-value-swapped", "applied silu to X·W₃; apply it to the gate, X·W₁."
  ) { g in
    g.gated(g.gate * g.silu(g.value)) { ($0 * g.silu(g.value), $0 * g.gate * g.slope(g.value)) }
  }
  Mistake(
    "both-activated", "applied silu to X·W₃, too; apply it to the gate X·W₁ alone.",
    alone: [.callee]
  ) { g in
    let (gate, value) = (g.silu(g.gate), g.silu(g.value))
    return g.gated(gate * value) {
      ($0 * value * g.slope(g.gate), $0 * gate * g.slope(g.value))
    }
  }
  Mistake(
    "silu-of-product",
    "applied silu to the product of gate and value; apply it to X·W₁ before they are multiplied.",
    alone: [.callee]
  ) { g in
    let product = g.gate * g.value
    return g.gated(g.silu(product)) {
      let delta = $0 * g.slope(product)
      return (delta * g.value, delta * g.gate)
    }
  }
  Mistake(
    "added-for-multiplied", "added silu(X·W₁) and X·W₃; multiply them elementwise.",
    alone: [.callee]
  ) { g in
    g.gated(g.silu(g.gate) + g.value) { ($0 * g.slope(g.gate), $0) }
  }
  Mistake("silu-twice", "applied silu to the gate twice; apply it once.", alone: []) { g in
    let once = g.silu(g.gate)
    return g.gated(g.silu(once) * g.value) {
      ($0 * g.value * g.slope(once) * g.slope(g.gate), $0 * g.silu(once))
    }
  }
  Mistake("gate-for-value", "multiplied silu(X·W₁) by X·W₁; multiply it by X·W₃.", alone: []) { g in
    // σ(z)·z is silu again, with the value left out.
    let isSigmoid = g.silu(Matrix([[0, 1000]])).elements == [0.5, 1]
    return isSigmoid
      ? nil
      : g.gated(g.silu(g.gate) * g.gate) {
        ($0 * (g.silu(g.gate) + g.gate * g.slope(g.gate)), g.value * 0)
      }
  }
  Mistake(
    "activated-gate-for-value", "multiplied silu(X·W₁) by itself; multiply it by X·W₃.", alone: []
  ) { g in
    let gate = g.silu(g.gate)
    return g.gated(gate * gate) { (2 * $0 * gate * g.slope(g.gate), g.value * 0) }
  }
  Mistake(
    "value-for-gate",
    "took W₃ for the gate, too: silu(X·W₃) ⊙ (X·W₃); the gate is X·W₁.", alone: []
  ) { g in
    g.gated(g.silu(g.value) * g.value) {
      (g.gate * 0, $0 * (g.silu(g.value) + g.value * g.slope(g.value)))
    }
  }
  Mistake("gate-alone", "left out the factor X·W₃; multiply silu(X·W₁) by it.") { g in
    g.gated(g.silu(g.gate)) { ($0 * g.slope(g.gate), g.value * 0) }
  }
  Mistake(
    "silu-of-inputs", "applied silu to X before W₁; apply it to X·W₁.", alone: [.callee]
  ) { g in
    let inputs = g.silu(g.layer.x)
    let gate = inputs.matmul(g.layer.w1)
    var gated = g.gated(gate * g.value) { ($0 * g.value, $0 * gate) }
    (gated.gateInputs, gated.inputSlope) = (inputs, g.slope(g.layer.x))
    return gated
  }
  Mistake(
    "matrix-product", "took the matrix product of gate and value; multiply them elementwise.",
    alone: []
  ) { g in
    guard g.layer.isSquare else { return nil }
    let gate = g.silu(g.gate)
    return g.gated(gate.matmul(g.value)) {
      ($0.matmul(g.value.transposed) * g.slope(g.gate), gate.transposed.matmul($0))
    }
  }
}

// MARK: What forward does with it

private let outputs = Site<
  (layer: SwiGLULayer, hidden: Matrix, silu: Code<Matrix, Matrix>), Matrix
>("output") {
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
  Mistake("w2-elementwise", "You multiplied by W₂ elementwise; use the matrix product.") {
    $0.layer.isSquare ? $0.hidden * $0.layer.w2 : nil
  }
}

private let weights = Site<SwiGLULayer, SwiGLULayer>("weights") {
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
  _ weights: @escaping Code<SwiGLULayer, (w1: Matrix, w3: Matrix, w2: Matrix)>
) -> Mistake<SwiGLULayer, SwiGLULayer> {
  Mistake(id, sentence) { layer in
    let (w1, w3, w2) = weights(layer)
    return layer.isSquare ? SwiGLULayer(x: layer.x, w1: w1, w3: w3, w2: w2) : nil
  }
}
