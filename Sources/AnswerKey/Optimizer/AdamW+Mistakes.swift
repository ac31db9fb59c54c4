import Exam
package import Grading
import KataKit

extension AdamWSuite {
  package static let mistakes = MistakeCatalogue(
    at: [decay, settings] + adam
      + [
        StepSites.books.only(
          "state-forgotten", "time-from-zero", "time-per-tensor", "beta-not-raised",
          "corrected-stored", "corrected-first-stored", "corrected-second-stored"),
        StepSites.memorySharing, StepSites.parameters, StepSites.rates, StepSites.signs,
        StepSites.moved, StepSites.divisor,
      ])

  /// Of Adam's own mistakes only those that are made even by people who wrote Adam before.
  private static let adam: [any SiteListing] = [
    AdamSites.betas.only("betas-swapped", "beta1-for-both", "beta2-for-both"),
    AdamSites.m.only("first-moment-adds-whole-gradient"),
    AdamSites.v.only("second-moment-of-gradient", "second-moment-adds-whole-square"),
    AdamSites.usedMoments,
    AdamSites.correction.only(
      "no-correction", "no-first-correction", "no-second-correction",
      "second-correction-outside-root", "gradient-for-first-moment"),
    AdamSites.root,
  ]

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyOptimizer(Rule(at: at, settings: at(settings, $0))) }
  }

  /// m̂ / (√v̂ + ε) + λ·θ.
  private struct Rule: UpdateRule {
    static let memories = 2

    let at: Computation<AdamWSuite>
    let settings: AdamWExam.Settings

    var learningRate: Double { settings.learningRate }

    func move(
      _ gradient: Matrix, from parameter: Matrix, remembering memory: [Matrix], in turn: Turn
    ) -> StepMove {
      at(
        decay,
        DecayedStep(
          g: gradient, lambda: settings.weightDecay,
          adam: AdamPass(
            at: at, settings: settings.adam, parameter: parameter, moments: memory, turn: turn)))
    }
  }
}

private let settings: Site<AdamWExam.Settings, AdamWExam.Settings> = AdamSites.settings()

private let decay = Site<DecayedStep, StepMove>("decay") {
  $0.step(pulledBy: $0.pull)
} mistakes: {
  Mistake(
    "decay-missing",
    "You left out the weight decay; this is Adam. Subtract learningRate·λ·θ as well."
  ) { $0.undecayed }
  Mistake(
    "decay-in-gradient",
    "You added λ·θ to the gradient, which is L2 in Adam; AdamW keeps it out of m and v."
  ) { $0.adam.move($0.g + $0.pull) }
  Mistake(
    "decay-in-gradient-too",
    "You added λ·θ to the gradient besides decaying θ; leave the gradient alone."
  ) {
    var move = $0.adam.move($0.g + $0.pull)
    move.pull = $0.pull
    return move
  }
  Mistake(
    "decay-in-quotient", "You divided λ·θ by √v̂ + ε, too; keep λ·θ outside the quotient."
  ) { $0.adam.move($0.g, adding: $0.pull) }
  Mistake(
    "decay-from-updated",
    "You computed the decay from the parameter after Adam's step; use θ from before the step."
  ) {
    var move = $0.undecayed
    move.pull = $0.lambda * ($0.parameter - $0.adam.turn.rate * move.step)
    return move
  }
  Mistake(
    "decay-bias-corrected",
    "You applied the bias corrections to the decay, too; the decay is learningRate·λ·θ."
  ) { $0.step(pulledBy: $0.correction * $0.pull) }
  Mistake("decay-doubled", "Your decay has a factor of 2; use learningRate·λ·θ.") {
    $0.step(pulledBy: 2 * $0.pull)
  }
  Mistake("decay-halved", "Your decay has a factor of ½; use learningRate·λ·θ.") {
    $0.step(pulledBy: $0.pull / 2)
  }
  Mistake("decay-of-sign", "Your decay is λ·sign(θ), that of L1; use λ·θ.") {
    $0.step(pulledBy: $0.lambda * $0.parameter.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
  }
  Mistake("decay-of-gradient", "Your decay is λ·g; use λ·θ, with the parameter.") {
    $0.step(pulledBy: $0.lambda * $0.g)
  }
  Mistake("decay-fixed", "You used λ = 0.01, whatever your optimizer was made with.") {
    $0.step(pulledBy: 0.01 * $0.parameter)
  }
  Mistake(
    "decay-spares-vectors",
    "You spared rows and columns, as 1-D tensors, the decay; here every parameter decays."
  ) { $0.parameter.rows == 1 || $0.parameter.columns == 1 ? $0.undecayed : nil }
  Mistake(
    "decay-spares-still-ones",
    "You left out the decay where the gradient is 0; every parameter decays at every step."
  ) { $0.g.elements.allSatisfy { $0 == 0 } ? $0.undecayed : nil }
  Mistake("decay-replaces-parameter", "You replaced θ by learningRate·λ·θ; subtract that from θ.") {
    $0.step(pulledBy: (1 / $0.adam.turn.rate - $0.lambda) * $0.parameter)
  }
  Mistake("decay-of-square", "Your decay is λ·θ²; the derivative of ½·λ·θ² is λ·θ.") {
    $0.step(pulledBy: $0.pull * $0.parameter)
  }
  Mistake(
    "decay-of-unit-length", "You divided the decay by the norm of θ; use learningRate·λ·θ."
  ) {
    let norm = ($0.parameter * $0.parameter).sum().squareRoot()
    return $0.step(pulledBy: $0.pull / max(norm, 1e-300))
  }
  Mistake(
    "decay-in-first-moment",
    "You added λ·θ to the gradient in m; AdamW keeps it out of both moments."
  ) { $0.adam.move($0.g, averaging: $0.g + $0.pull) }
  Mistake(
    "decay-spares-biases",
    "You spared the row of biases the decay; here every parameter decays."
  ) { $0.parameter.rows == 1 ? $0.undecayed : nil }
  Mistake(
    "decay-of-first-tensor-only",
    "You let the first parameter matrix decay only; all of them do."
  ) { $0.adam.turn.parameter > 0 ? $0.undecayed : nil }
}

/// What Adam makes of g, and what λ·θ is added to.
private struct DecayedStep {
  let g: Matrix
  let lambda: Double
  let adam: AdamPass<AdamWSuite>

  var parameter: Matrix { adam.parameter }
  var pull: Matrix { lambda * parameter }
  var undecayed: StepMove { adam.move(g) }

  /// √(1 − β₂ᵗ) / (1 − β₁ᵗ).
  var correction: Double {
    let (settings, t) = (adam.settings, Double(adam.turn.t))
    return (1 - pow(settings.beta2, t)).squareRoot() / (1 - pow(settings.beta1, t))
  }

  func step(pulledBy pull: Matrix) -> StepMove {
    var move = undecayed
    move.pull = pull
    return move
  }
}
