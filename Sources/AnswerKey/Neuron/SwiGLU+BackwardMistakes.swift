import Grading
import KataKit
import SharedAnswers

/// The arguments of forward.
struct SwiGLULayer {
  let x: Matrix
  var w1, w3, w2: Matrix

  /// Where everything is square, neither a transpose nor a wrong product stops at a shape.
  var isSquare: Bool {
    x.rows == x.columns && [w1, w3, w2].allSatisfy { $0.shape == x.shape }
  }
}

/// What is multiplied: silu(X·W₁) and X·W₃.
struct SwiGLUGating {
  let layer: SwiGLULayer
  let silu, slope: Code<Matrix, Matrix>
  /// X·W₁ and X·W₃.
  let gate, value: Matrix

  init(
    layer: SwiGLULayer, silu: @escaping Code<Matrix, Matrix>,
    slope: @escaping Code<Matrix, Matrix>
  ) {
    (self.layer, self.silu, self.slope) = (layer, silu, slope)
    (gate, value) = (layer.x.matmul(layer.w1), layer.x.matmul(layer.w3))
  }

  /// Each factor of the product gets dH times the other one.
  var right: SwiGLUGated {
    gated(silu(gate) * value) { ($0 * value * slope(gate), $0 * silu(gate)) }
  }

  var ungated: SwiGLUGated { gated(value) { (gate * 0, $0) } }

  func gated(
    _ hidden: Matrix, back: @escaping (Matrix) -> (z: Matrix, v: Matrix)
  ) -> SwiGLUGated {
    SwiGLUGated(hidden: hidden, back: back, gateInputs: layer.x, inputSlope: layer.x * 0 + 1)
  }
}

/// The hidden units, and the way back from dH to ∂L/∂(X·W₁) and ∂L/∂(X·W₃).
struct SwiGLUGated {
  let hidden: Matrix
  let back: (Matrix) -> (z: Matrix, v: Matrix)
  /// What W₁ is multiplied by, and its slope along X.
  var gateInputs, inputSlope: Matrix
}

extension SwiGLUSuite {
  static let backwardSites: [any SiteListing] = [
    slopes, scales, upstreams, waysBack, splits, inputGradients, outGradients, weightGradients,
  ]

  // MARK: silu′

  static let slopes = Site<Code<Matrix, Matrix>, Code<Matrix, Matrix>>(
    "slope", "Your backward takes "
  ) {
    _ in
    { z in
      let s = sigma(z)
      return s + z * s * (1 - s)
    }
  } mistakes: {
    Mistake("slope-missing", "1 for silu′; multiply by σ + z·σ·(1 − σ).") { _ in { $0 * 0 + 1 } }
    Mistake(
      "slope-sigmoid", "σ for silu′, as if its factor z were a constant; silu′ is σ + z·σ·(1 − σ)."
    ) { _ in { sigma($0) } }
    Mistake(
      "slope-of-sigmoid", "σ·(1 − σ), the slope of the sigmoid, for silu′; use σ + z·σ·(1 − σ)."
    ) { _ in { sigma($0) * (1 - sigma($0)) } }
    Mistake(
      "slope-half", "z·σ·(1 − σ) for silu′; add the other term of the product rule, σ."
    ) { _ in { $0 * sigma($0) * (1 - sigma($0)) } }
    Mistake(
      "slope-parentheses",
      "σ·(1 + z)·(1 − σ) for silu′; the parentheses go like this: σ·(1 + z·(1 − σ))."
    ) { _ in { sigma($0) * (1 + $0) * (1 - sigma($0)) } }
    Mistake("slope-silu", "silu for its own slope; silu′ is σ + z·σ·(1 − σ).") { silu in silu }
    Mistake(
      "slope-at-gate", "silu′ at silu(X·W₁), the activated gate; take it at X·W₁."
    ) { silu in
      { z in
        let gate = silu(z)
        return sigma(gate) + gate * sigma(gate) * (1 - sigma(gate))
      }
    }
    Mistake(
      "slope-overflow-above",
      "exp(z)/(1 + exp(z)) for σ, which is ∞/∞ for large z; write 1 / (1 + exp(−z))."
    ) { _ in
      { z in
        let s = exp(z) / (1 + exp(z))
        return s + z * s * (1 - s)
      }
    }
    Mistake(
      "slope-overflow-below",
      "exp(−z)/(1 + exp(−z))² for σ′, which is ∞/∞ far below 0; write σ·(1 − σ)."
    ) { _ in
      { z in
        let e = exp(-z)
        return 1 / (1 + e) + z * (e / ((1 + e) * (1 + e)))
      }
    }
  }

  @Sendable private static func sigma(_ z: Matrix) -> Matrix { 1 / (1 + exp(-z)) }

  // MARK: From dY to dZ and dV

  static let scales = Site<Double, (all: Double, weights: Double)>("scale") {
    _ in
    (1, 1)
  } mistakes: {
    Mistake(
      "averaged",
      "You divided by the rows of the batch; where there is a mean, upstream has it already."
    ) { (1 / $0, 1) }
    Mistake(
      "weights-averaged",
      "You averaged the gradients of the weights; a mean over the batch is in upstream already."
    ) { (1, 1 / $0) }
  }

  static let upstreams = Site<
    (upstream: Matrix, output: Matrix, slope: Code<Matrix, Matrix>), Matrix
  >("upstream") {
    $0.upstream
  } mistakes: {
    Mistake(
      "upstream-ignored", "You started from ones; start from the upstream gradient you are given."
    ) { $0.upstream * 0 + 1 }
    Mistake(
      "slope-at-output",
      "You multiplied upstream by a slope of silu at the output; the output is not activated."
    ) { $0.upstream * $0.slope($0.output) }
  }

  static let waysBack = Site<(upstream: Matrix, w2: Matrix), Matrix>("way back") {
    $0.upstream.matmul($0.w2.transposed)
  } mistakes: {
    Mistake(
      "w2-not-transposed-in-backward",
      "You did not transpose W₂ on the way back, which shows where it is square: dY·W₂ᵀ."
    ) { $0.w2.rows == $0.w2.columns ? $0.upstream.matmul($0.w2) : nil }
    Mistake(
      "w2-skipped-in-backward", "You left W₂ out on the way back; dH is dY·W₂ᵀ."
    ) { $0.w2.rows == $0.w2.columns ? $0.upstream : nil }
  }

  static let splits = Site<
    (gated: SwiGLUGated, gating: SwiGLUGating, dHidden: Matrix), (z: Matrix, v: Matrix)
  >("product rule") {
    $0.gated.back($0.dHidden)
  } mistakes: {
    Mistake(
      "factors-swapped",
      "You multiplied dH by the factor itself; each factor of a product gets dH times the other."
    ) {
      let g = $0.gating
      return ($0.dHidden * g.silu(g.gate) * g.slope(g.gate), $0.dHidden * g.value)
    }
    Mistake(
      "value-missing-in-gate", "You left X·W₃ out of the gate's gradient: dH ⊙ (X·W₃) ⊙ silu′."
    ) {
      let g = $0.gating
      return ($0.dHidden * g.slope(g.gate), $0.dHidden * g.silu(g.gate))
    }
    Mistake(
      "gate-missing-in-value", "You left silu(X·W₁) out of the value's gradient: dH ⊙ silu(X·W₁)."
    ) {
      let g = $0.gating
      return ($0.dHidden * g.value * g.slope(g.gate), $0.dHidden)
    }
    Mistake(
      "slope-on-value",
      "You multiplied the value's gradient by silu′, too; X·W₃ passed through no activation."
    ) {
      let g = $0.gating
      let slope = g.slope(g.gate)
      return ($0.dHidden * g.value * slope, $0.dHidden * g.silu(g.gate) * slope)
    }
    Mistake("slope-at-value", "You took silu′ at X·W₃; take it at X·W₁, which silu was given.") {
      let g = $0.gating
      return ($0.dHidden * g.value * g.slope(g.value), $0.dHidden * g.silu(g.gate))
    }
  }

  // MARK: From dZ and dV to the gradients

  static let inputGradients = Site<
    (
      layer: SwiGLULayer, upstream: Matrix, steps: (z: Matrix, v: Matrix),
      paths: (gate: Matrix, value: Matrix)
    ), Matrix
  >("dX") {
    $0.paths.gate + $0.paths.value
  } mistakes: {
    Mistake(
      "gate-path-lost",
      "Your dX has the path through W₃ only; add dZ·W₁ᵀ, because the gate saw X, too."
    ) { $0.paths.value }
    Mistake(
      "value-path-lost", "Your dX has the path through W₁ only; add dV·W₃ᵀ, because W₃ saw X, too."
    ) { $0.paths.gate }
    Mistake(
      "paths-multiplied",
      "You multiplied the gradients of the two paths to X; where paths join, gradients add."
    ) { $0.paths.gate * $0.paths.value }
    Mistake(
      "paths-crossed", "You sent dZ back through W₃ and dV through W₁; use dZ·W₁ᵀ + dV·W₃ᵀ."
    ) {
      $0.steps.z.matmul($0.layer.w3.transposed) + $0.steps.v.matmul($0.layer.w1.transposed)
    }
    Mistake(
      "not-transposed-in-backward",
      "You did not transpose W₁ and W₃ for dX, which shows where they are square."
    ) {
      $0.layer.w1.rows == $0.layer.w1.columns
        ? $0.steps.z.matmul($0.layer.w1) + $0.steps.v.matmul($0.layer.w3) : nil
    }
    Mistake(
      "upstream-added",
      "You added upstream to dX; the residual connection belongs to the block around this layer."
    ) {
      $0.upstream.shape == $0.layer.x.shape ? $0.paths.gate + $0.paths.value + $0.upstream : nil
    }
  }

  static let outGradients = Site<
    (gating: SwiGLUGating, hidden: Matrix, upstream: Matrix), Matrix
  >("dW₂", "Your dW₂ ") {
    $0.hidden.transposed.matmul($0.upstream)
  } mistakes: {
    Mistake("w2-from-gate", "is made from silu(X·W₁) alone; W₂ was given silu(X·W₁) ⊙ (X·W₃).") {
      $0.gating.silu($0.gating.gate).transposed.matmul($0.upstream)
    }
    Mistake("w2-from-value", "is made from X·W₃ alone; W₂ was given silu(X·W₁) ⊙ (X·W₃).") {
      $0.gating.value.transposed.matmul($0.upstream)
    }
    Mistake("w2-gradient-transposed", "is transposed; Hᵀ·dY has the shape of W₂.") {
      $0.upstream.transposed.matmul($0.hidden)
    }
  }

  static let weightGradients = Site<
    (
      gateInputs: Matrix, x: Matrix, steps: (z: Matrix, v: Matrix), dHidden: Matrix,
      gating: SwiGLUGating
    ), (w1: Matrix, w3: Matrix)
  >("dW₁ and dW₃", "You ") {
    ($0.gateInputs.transposed.matmul($0.steps.z), $0.x.transposed.matmul($0.steps.v))
  } mistakes: {
    Mistake(
      "weight-gradients-swapped", "returned dW₁ and dW₃ in each other's place; W₁ is the gate's."
    ) { ($0.x.transposed.matmul($0.steps.v), $0.gateInputs.transposed.matmul($0.steps.z)) }
    Mistake(
      "weight-gradients-transposed", "returned dW₁ and dW₃ transposed; return Xᵀ·dZ and Xᵀ·dV."
    ) {
      ($0.steps.z.transposed.matmul($0.gateInputs), $0.steps.v.transposed.matmul($0.x))
    }
    Mistake(
      "w1-without-slope", "left silu′ out of dW₁; compute Xᵀ·dZ, with dZ = dH ⊙ (X·W₃) ⊙ silu′."
    ) {
      (
        $0.x.transposed.matmul($0.dHidden * $0.gating.value), $0.x.transposed.matmul($0.steps.v)
      )
    }
  }
}
