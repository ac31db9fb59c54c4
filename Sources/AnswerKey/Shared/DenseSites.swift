package import Grading
package import KataKit

/// Where something goes wrong in a stack of dense layers, in the words of a kata and with the mistakes
/// that only some katas tell apart.
package struct DenseSites: Sendable {
  package let biases: Site<DenseBiases, Matrix>
  package let output: Site<Matrix, Matrix>
  package let slopeOnOutput: Site<(delta: Matrix, z: Matrix), Matrix>
  package let slope: Site<DenseWay, Matrix>
  package let weightGradient: Site<DenseWay, Matrix>
  package let back: Site<DenseStep, Matrix>

  /// In the order of a pass; that of the gradients is listed where more than two layers have one.
  package var all: [any SiteListing] {
    [
      biases, Self.relu, output, slope, slopeOnOutput, Self.biasGradient, weightGradient,
      Self.transposition, back, Self.lowerLayers,
    ]
  }

  /// - Parameters:
  ///   - forwardOutput: what ReLU is applied to at the end of a forward pass.
  ///   - backwardOutput: the layer that has no slope of ReLU.
  ///   - ownActivation: how the sentence about a layer's own activation ends.
  package init(
    forwardOutput: String = "the last layer", backwardOutput: String = "the last layer",
    ownActivation: String = "output; its input belongs there",
    biases: [Mistake<DenseBiases, Matrix>] = [],
    slopes: [Mistake<DenseWay, Matrix>],
    weightGradients: [Mistake<DenseWay, Matrix>] = [],
    back: [Mistake<DenseStep, Matrix>]
  ) {
    self.biases = Self.biases(biases)
    output = Site(
      "forward-relu-on-output", "Your forward pass applies ReLU to \(forwardOutput), too."
    ) { Mathematics.relu($0) }
    slopeOnOutput = Self.slopeOnOutput(backwardOutput)
    slope = Self.slope(slopes)
    weightGradient = Self.weightGradient(ownActivation, weightGradients)
    self.back = Self.back(back)
  }
}

// MARK: Zₖ = Aₖ₋₁·Wₖ + bₖ, Aₖ = ReLU(Zₖ)

package typealias DenseBiases = (biases: Matrix, k: Int, method: DenseMethod)

extension DenseSites {
  private static func biases(
    _ others: [Mistake<DenseBiases, Matrix>]
  ) -> Site<DenseBiases, Matrix> {
    Site("forward-without-bias") {
      $0.biases
    } mistakes: {
      Mistake("forward-without-bias", "Your forward pass leaves the biases out.") { $0.biases * 0 }
      others
    }
  }

  package static let relu = Site<Matrix, Matrix>("forward-without-relu") {
    Mathematics.relu($0)
  } mistakes: {
    Mistake("forward-without-relu", "Your forward pass has no ReLU between the layers.") { $0 }
  }
}

// MARK: δₖ₋₁ = δₖ·Wₖᵀ ⊙ ReLU′(Zₖ₋₁)

extension DenseSites {
  private static func slopeOnOutput(
    _ layer: String
  ) -> Site<(delta: Matrix, z: Matrix), Matrix> {
    Site("relu-slope-on-output") {
      $0.delta
    } mistakes: {
      Mistake(
        "relu-slope-on-output", "You applied the slope of ReLU to \(layer), which has no ReLU."
      ) { $0.delta * ($0.z .> 0) }
    }
  }

  private static func back(_ mistakes: [Mistake<DenseStep, Matrix>]) -> Site<DenseStep, Matrix> {
    Site("back through the weights") {
      $0.delta.matmul($0.weights.transposed)
    } mistakes: {
      mistakes
    }
  }

  package static let throughNoWeights = Mistake<DenseStep, Matrix>(
    "through-no-weights", "You took delta back without the weights; multiply it by Wᵀ."
  ) {
    [1, $0.weights.rows].contains($0.delta.columns)
      ? $0.delta + Matrix(rows: $0.delta.rows, columns: $0.weights.rows) : nil
  }

  package static let throughNextWeights = Mistake<DenseStep, Matrix>(
    "through-next-weights", "You took delta back through the weights of the wrong layer."
  ) {
    guard $0.k > 0, $0.layers[$0.k - 1].weights.shape == $0.weights.shape else { return nil }
    return $0.delta.matmul($0.layers[$0.k - 1].weights.transposed)
  }

  package static let throughWeightsUntransposed = Mistake<DenseStep, Matrix>(
    "through-weights-untransposed", "You took delta back through W; take it back through Wᵀ."
  ) {
    $0.weights.rows == $0.weights.columns ? $0.delta.matmul($0.weights) : nil
  }

  package static let throughWeightsElementwise = Mistake<DenseStep, Matrix>(
    "through-weights-elementwise", "You multiplied delta by Wᵀ elementwise; use the matrix product."
  ) {
    $0.weights.transposed.shape == $0.delta.shape ? $0.delta * $0.weights.transposed : nil
  }

  package static let throughWrongWeights = [
    throughNextWeights, throughWeightsUntransposed, throughWeightsElementwise,
  ]

  private static func slope(_ mistakes: [Mistake<DenseWay, Matrix>]) -> Site<DenseWay, Matrix> {
    Site("slope") {
      switch $0 {
      case .up(_, let a): a
      case .back(let step): step.delta * (step.z[step.k - 1] .> 0)
      }
    } mistakes: {
      Mistake(
        "relu-slope-of-next-layer",
        "You took the slope of ReLU at the wrong layer's pre-activation."
      ) {
        $0.back {
          // One output's mask fits every hidden unit.
          [1, $0.delta.columns].contains($0.z[$0.k].columns) ? $0.delta * ($0.z[$0.k] .> 0) : nil
        }
      }
      Mistake(
        "relu-slope-leaky",
        "You let 0.01 of delta through where z < 0, as leaky ReLU does; the slope of ReLU is 0 there."
      ) { $0.back { $0.delta * $0.z[$0.k - 1].map { $0 > 0 ? 1 : 0.01 } } }
      Mistake(
        "relu-of-delta",
        "You applied ReLU to delta on the way back; multiply delta by the slope of ReLU at z, 1 or 0."
      ) { $0.back { Mathematics.relu($0.delta) } }
      mistakes
    }
  }

  /// What goes wrong with ReLU wherever a sigmoid may be taken for it.
  package static let slopes = [
    slopeMissing(
      "Delta comes back through ReLU unchanged; make it 0 where z < 0. (ReLU(z) >= 0 always holds.)"
    ),
    valueForSlope(
      "You multiplied by ReLU(z) on the way back; its slope, 1 or 0, belongs there."),
    Mistake<DenseWay, Matrix>(
      "sigmoid-for-relu", "You put a sigmoid between the layers; use ReLU."
    ) { $0.up { 1 / (1 + exp(-$0)) } ?? $0.back(throughSigmoid) },
    Mistake<DenseWay, Matrix>(
      "sigmoid-slope-for-relu",
      "You multiplied by a·(1 − a), a sigmoid's slope; that of ReLU is 1 or 0."
    ) { $0.back(throughSigmoid) },
  ]

  package static func slopeMissing(_ sentence: String) -> Mistake<DenseWay, Matrix> {
    Mistake("relu-slope-missing", sentence) { $0.back { $0.delta } }
  }

  package static func valueForSlope(_ sentence: String) -> Mistake<DenseWay, Matrix> {
    Mistake("relu-value-for-slope", sentence) {
      $0.back { $0.delta * Mathematics.relu($0.z[$0.k - 1]) }
    }
  }

  private static func throughSigmoid(_ step: DenseStep) -> Matrix {
    step.delta * (step.a[step.k] * (1 - step.a[step.k]))
  }

  package static let maskOfProduct = Mistake<DenseWay, Matrix>(
    "relu-mask-of-product",
    "dA * z .> 0 is a mask of the product, 0 and 1, as * binds tighter; write dA * (z .> 0)."
  ) { $0.back { $0.delta * $0.z[$0.k - 1] .> 0 } }
}

// MARK: dWₖ = Aₖ₋₁ᵀ·δₖ, dbₖ = Σ over the rows of δₖ

extension DenseSites {
  private static func weightGradient(
    _ ownActivation: String, _ others: [Mistake<DenseWay, Matrix>]
  ) -> Site<DenseWay, Matrix> {
    Site("weight gradient") {
      switch $0 {
      case .up(_, let a): a
      case .back(let step): step.weightGradient(from: step.a[step.k])
      }
    } mistakes: {
      Mistake(
        "weights-from-pre-activation",
        "You took the weight gradient from Z of the layer below; use its activation A."
      ) { $0.back { $0.weightGradientFromZ() } }
      Mistake(
        "weights-from-own-activation",
        "You took the weight gradient from the layer's own \(ownActivation)."
      ) { $0.back { $0.weightGradient(from: $0.a[$0.k + 1]) } }
      Mistake(
        "first-input-is-a1", "You took A₁ for the input of the first layer; its input is X."
      ) {
        $0.back { $0.k == 0 && !$0.isLast ? $0.weightGradient(from: $0.a[1]) : nil }
      }
      others
    }
  }

  package static let weightsElementwise = Mistake<DenseWay, Matrix>(
    "weights-elementwise", "You multiplied Aᵀ and delta elementwise; use the matrix product."
  ) {
    $0.back {
      let input = $0.a[$0.k].transposed
      return input.shape == $0.delta.shape ? input * $0.delta : nil
    }
  }

  package static let transposition = Site<Matrix, Matrix>(
    "weight-gradient-transposed", "Your weight gradients are transposed."
  ) { $0.transposed }

  package static let biasGradient = Site<Matrix, Matrix>("bias gradient") {
    $0.sum(axis: 0)
  } mistakes: {
    Mistake("bias-not-summed", "You did not sum the bias gradient over the rows of the batch.") {
      $0
    }
    Mistake(
      "bias-summed-over-outputs",
      "You summed each bias gradient over the outputs, too; every output has a sum of its own."
    ) { $0.sum(axis: 0) * 0 + $0.sum() }
    Mistake("bias-zero", "Your bias gradients are zero.") { $0.sum(axis: 0) * 0 }
  }

  package static let lowerLayers = Site<[DenseGradient], [DenseGradient]>(
    "only-last-layer", "Only the last layer has a gradient; the layers below it are left at zero."
  ) { gradients in
    gradients.dropLast().map { DenseGradient(weights: $0.weights * 0, biases: $0.biases * 0) }
      + gradients.suffix(1)
  }

  package static let order = Site<[DenseGradient], [DenseGradient]>(
    "gradients-reversed", "You returned the gradients from the last layer to the first."
  ) { $0.reversed() }
}
