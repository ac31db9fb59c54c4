import Exam
import Grading
import KataKit
import SharedAnswers

extension MLPSuite {
  /// Forward and backward through the layers, and the step.
  enum Pass {
    static let all: [any SiteListing] = [
      affine, activation, probabilities, logits, divisor, slope, gradient, step, direction,
    ]

    static let affine = Site<(product: Matrix, biases: Matrix, isPrediction: Bool), Matrix>("bias")
    {
      $0.product + $0.biases
    } mistakes: {
      Mistake("bias-missing", "Your forward pass leaves the biases out.") { $0.product }
      Mistake(
        "predict-without-bias", "predict leaves out the biases; use the same forward pass as fit."
      ) { $0.isPrediction ? $0.product : nil }
    }

    static let activation = Site<Hidden, Units>("activation") {
      $0.units($0.activations[$0.index])
    } mistakes: {
      Mistake("relu-missing", "Your forward pass has no activation between the layers.") {
        Units(z: $0.z, a: $0.z, slope: $0.z * 0 + 1, activation: .relu)
      }
      Mistake(
        "relu-everywhere",
        "You took ReLU in every hidden layer; each has an activation of its own in activations."
      ) { $0.units(.relu) }
      Mistake(
        "first-activation-everywhere",
        "You took the first of activations in every hidden layer; each has one of its own."
      ) { $0.units($0.activations[0]) }
      Mistake(
        "predict-with-relu",
        "predict takes ReLU in every hidden layer; use the same forward pass as fit."
      ) { $0.isPrediction ? $0.units(.relu) : nil }
    }

    /// Probabilities and their logarithms, and what the largest is looked for in.
    typealias Probabilities = (p: Matrix, logP: Matrix, scores: Matrix)

    static let probabilities = Site<Matrix, Probabilities>("softmax") {
      (Mathematics.softmax($0), Mathematics.logSoftmax($0), $0)
    } mistakes: {
      Mistake("softmax-over-columns", "Your softmax runs down the columns; take it along each row.")
      {
        let p = Softmax(shift: .columnMaximum, divisor: .columnSums)($0)
        return (p, log(p), p)
      }
      Mistake(
        "overflowing-softmax",
        "Your softmax overflows for large logits; subtract each row's maximum before exp."
      ) {
        let p = Softmax(shift: .none)($0)
        return (p, log(p), p)
      }
    }

    static let logits = Site<Matrix, Matrix>(
      "relu-on-output",
      "You applied ReLU to the last layer, too; softmax takes its logits as they are."
    ) { Mathematics.relu($0) }

    /// What p − y is divided by.
    static let divisor = Site<Double, Double>(
      "gradient-summed",
      "You summed the gradient over the batch; a smaller batch then takes a smaller step."
    ) { _ in 1 }

    static let slope = Site<(delta: Matrix, units: Units), Matrix>("slope") {
      $0.delta * $0.units.slope
    } mistakes: {
      Mistake(
        "relu-slope-missing",
        "Delta comes back through ReLU unchanged; it is 0 where z < 0. (ReLU(z) >= 0 always holds.)"
      ) { $0.units.activation == .relu ? $0.delta : nil }
      Mistake(
        "sigmoid-slope-missing",
        "Delta comes back through the sigmoid unchanged; multiply it by a·(1 − a)."
      ) { $0.units.activation == .sigmoid ? $0.delta : nil }
      Mistake(
        "slope-missing",
        "Delta comes back through every activation unchanged; multiply it by the slope there."
      ) { $0.delta }
      Mistake(
        "sigmoid-slope-at-z", "Your sigmoid's slope is z·(1 − z); it is a·(1 − a), of its value a."
      ) { $0.units.activation == .sigmoid ? $0.delta * $0.units.z * (1 - $0.units.z) : nil }
      Mistake(
        "sigmoid-slope-at-a",
        "You took the sigmoid's slope at a, which has been through it already; take it at z."
      ) {
        let again = Mathematics.sigmoid($0.units.a)
        return $0.units.activation == .sigmoid ? $0.delta * again * (1 - again) : nil
      }
      Mistake(
        "relu-slope-of-sigmoid", "You took ReLU's slope, z > 0, for the sigmoid; take a·(1 − a)."
      ) { $0.units.activation == .sigmoid ? $0.delta * ($0.units.z .> 0) : nil }
    }

    static let gradient = Site<(gradient: DenseGradient, isLast: Bool), DenseGradient>(
      "trained parameters"
    ) {
      $0.gradient
    } mistakes: {
      Mistake("biases-frozen", "You never updated the biases.") {
        DenseGradient(weights: $0.gradient.weights, biases: $0.gradient.biases * 0)
      }
      Mistake("last-layer-only", "You trained the last layer only.") {
        $0.isLast
          ? nil
          : DenseGradient(weights: $0.gradient.weights * 0, biases: $0.gradient.biases * 0)
      }
    }

    typealias Memory = Reference.Memory

    /// The moves of all parameters, and what the optimizer then remembers.
    static let step = Site<Memory.Step, (moves: [Matrix], memory: Memory)>("optimizer") {
      $0.memoryOfCall.moves($0, by: $0.rule)
    } mistakes: {
      Mistake(
        "plain-gradient",
        "You stepped along the gradient itself, whatever the optimizer; that is .sgd alone."
      ) { $0.memoryOfCall.moves($0, by: .sgd) }
      Mistake("adam-everywhere", "You took Adam, whatever the optimizer; look at the argument.") {
        $0.memoryOfCall.moves($0, by: .adam)
      }
      Mistake("velocity-averaged", "Your velocity is μ·v + (1 − μ)·g; do not scale g: μ·v + g.") {
        $0.rule.momentum == nil
          ? nil : $0.memoryOfCall.moves($0, by: $0.rule, isVelocityAMean: true)
      }
      Mistake("momentum-fixed", "Your μ is 0.9, whatever the optimizer says; take its own.") {
        $0.rule.momentum == nil ? nil : $0.memoryOfCall.moves($0, by: .momentum(0.9))
      }
      Mistake("no-correction", "You left out Adam's bias correction, m/(1 − β₁ᵗ) and v/(1 − β₂ᵗ).")
      { $0.memoryOfCall.moves($0, by: $0.rule, correcting: false) }
      Mistake("adam-without-root", "You divided by v̂; divide by its root, √v̂.") {
        $0.memoryOfCall.moves($0, by: $0.rule, takesRoot: false)
      }
      Mistake("betas-swapped", "You swapped β₁ and β₂; 0.9 is for m and 0.999 for v.") {
        $0.memoryOfCall.moves($0, by: $0.rule, betas: (0.999, 0.9))
      }
      Mistake(
        "steps-counted-by-epoch",
        "You counted t once an epoch; every batch is a step of Adam: count it."
      ) { $0.memoryOfCall.moves($0, by: $0.rule, isCounted: $0.isFirstOfEpoch) }
      Mistake(
        "state-reset-each-epoch",
        "What the optimizer remembers starts over in every epoch; keep it for the call of fit."
      ) { ($0.isFirstOfEpoch ? $0.fresh : $0.memory).moves($0, by: $0.rule) }
      Mistake(
        "state-reset-each-step",
        "What the optimizer remembers starts over with every batch; keep it for the call of fit."
      ) { $0.fresh.moves($0, by: $0.rule) }
      Mistake(
        "state-kept-across-calls",
        "What the optimizer remembers survives a call of fit; start it over in each call."
      ) { $0.memory.moves($0, by: $0.rule) }
    }

    static let direction = Site<Matrix, Matrix>(
      "ascending", "You added the step; to descend, subtract it."
    ) { -$0 }
  }
}
