import Exam
package import Grading
import KataKit

extension AdamSuite {
  package static let mistakes = MistakeCatalogue(
    at: AdamSites.all + [settings] + StepSites.ofStateless
      + [StepSites.books, StepSites.memorySharing, StepSites.divisor])

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyOptimizer(Rule(at: at, settings: at(settings, $0))) }
  }

  private struct Rule: UpdateRule {
    static let memories = 2

    let at: Computation<AdamSuite>
    let settings: AdamExam.Settings

    var learningRate: Double { settings.learningRate }

    func move(
      _ gradient: Matrix, from parameter: Matrix, remembering memory: [Matrix], in turn: Turn
    ) -> StepMove {
      AdamPass(at: at, settings: settings, parameter: parameter, moments: memory, turn: turn)
        .move(gradient)
    }
  }
}

private let settings: Site<AdamExam.Settings, AdamExam.Settings> = AdamSites.settings()

/// One step of Adam for one parameter, m̂ / (√v̂ + ε).
struct AdamPass<Home: MistakeHome> {
  let at: Computation<Home>
  let settings: AdamExam.Settings
  let parameter: Matrix
  /// m and v.
  let moments: [Matrix]
  let turn: Turn

  /// - Parameters:
  ///   - averaged: what m averages, if not the gradient.
  ///   - other: what is divided by √v̂ + ε besides m̂.
  func move(
    _ g: Matrix, averaging averaged: Matrix? = nil, adding other: Matrix? = nil
  ) -> StepMove {
    let (old, books) = (moments, at(StepSites.books, Books(turn)))
    let betas = at(AdamSites.betas, Betas(settings))
    let m = at(AdamSites.m, (old[0], averaged ?? g, betas.m))
    let new = [m, at(AdamSites.v, (old[1], g, m, parameter, betas.v))]
    let used = at(AdamSites.usedMoments, (old, new))
    let (first, second) = at(
      AdamSites.correction,
      Correction(g: g, m: used[0], v: used[1], betas: betas, t: books.exponent))
    let divisor = at(
      StepSites.divisor, (at(AdamSites.root, second), settings.epsilon, turn.rate))
    let quotient = (other.map { first + $0 } ?? first) / divisor.root
    return StepMove(
      step: quotient + divisor.addend,
      memory: [
        books.stored.contains(.first) ? first : new[0],
        books.stored.contains(.second) ? second : new[1],
      ])
  }
}

/// Where Adam may go wrong, whether the parameters decay or not.
enum AdamSites {
  static let all: [any SiteListing] = [betas, m, v, usedMoments, correction, root]

  static func settings<Settings: OptimizerSettings>() -> Site<Settings, Settings> {
    Site(
      "settings-ignored",
      "You used the default hyperparameters, whatever your optimizer was made with."
    ) { _ in Settings() }
  }

  static let betas = Site<Betas, Betas>("betas") {
    $0
  } mistakes: {
    Mistake("betas-swapped", "You swapped β₁ and β₂; β₁ belongs to m and β₂ to v.") {
      Betas(m: $0.v, v: $0.m, firstCorrection: $0.v, secondCorrection: $0.m)
    }
    Mistake(
      "betas-swapped-in-moments",
      "You swapped β₁ and β₂ in the moments; β₁ belongs to m and β₂ to v."
    ) { Betas(m: $0.v, v: $0.m, firstCorrection: $0.m, secondCorrection: $0.v) }
    Mistake("beta1-for-both", "You used β₁ for v, too; v has β₂.") {
      Betas(m: $0.m, v: $0.m, firstCorrection: $0.m, secondCorrection: $0.m)
    }
    Mistake("beta2-for-both", "You used β₂ for m, too; m has β₁.") {
      Betas(m: $0.v, v: $0.v, firstCorrection: $0.v, secondCorrection: $0.v)
    }
    Mistake(
      "betas-swapped-in-corrections",
      "You corrected m with β₂ and v with β₁; each is corrected with its own."
    ) { Betas(m: $0.m, v: $0.v, firstCorrection: $0.v, secondCorrection: $0.m) }
  }

  // MARK: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²

  static let m = Site<(m: Matrix, g: Matrix, beta: Double), Matrix>("m") {
    $0.beta * $0.m + (1 - $0.beta) * $0.g
  } mistakes: {
    Mistake(
      "first-moment-never-fades", "You kept the whole m at every step; keep β₁ of it."
    ) { $0.m + (1 - $0.beta) * $0.g }
    Mistake(
      "first-moment-adds-beta-times-gradient", "You added β₁·g to m; add (1 − β₁)·g."
    ) { $0.beta * ($0.m + $0.g) }
    Mistake("first-moment-adds-whole-gradient", "You added g to m; add (1 − β₁)·g.") {
      $0.beta * $0.m + $0.g
    }
    Mistake(
      "first-moment-weights-swapped",
      "You kept 1 − β₁ of m and added β₁·g; keep β₁ of m and add (1 − β₁)·g."
    ) { (1 - $0.beta) * $0.m + $0.beta * $0.g }
  }

  static let v = Site<
    (v: Matrix, g: Matrix, m: Matrix, parameter: Matrix, beta: Double), Matrix
  >("v") {
    $0.beta * $0.v + (1 - $0.beta) * $0.g * $0.g
  } mistakes: {
    Mistake("second-moment-of-gradient", "You averaged g in v; average g², elementwise.") {
      $0.beta * $0.v + (1 - $0.beta) * $0.g
    }
    Mistake("second-moment-of-magnitude", "You averaged |g| in v; average g², elementwise.") {
      $0.beta * $0.v + (1 - $0.beta) * abs($0.g)
    }
    Mistake(
      "second-moment-complement-squared",
      "You squared (1 − β₂)·g in v; square g alone, then multiply by 1 − β₂."
    ) { $0.beta * $0.v + (1 - $0.beta) * (1 - $0.beta) * $0.g * $0.g }
    Mistake(
      "second-moment-of-whole-matrix",
      "You averaged g² over a whole parameter matrix; every entry has a v of its own."
    ) { $0.beta * $0.v + (1 - $0.beta) * (0 * $0.g + ($0.g * $0.g).mean()) }
    Mistake(
      "second-moment-of-norm",
      "You summed g² over a whole parameter matrix; every entry has a v of its own."
    ) { $0.beta * $0.v + (1 - $0.beta) * (0 * $0.g + ($0.g * $0.g).sum()) }
    Mistake(
      "second-moment-of-first",
      "You averaged the square of m in v; average g², the square of the gradient itself."
    ) { $0.beta * $0.v + (1 - $0.beta) * $0.m * $0.m }
    Mistake(
      "second-moment-of-parameters", "You averaged the squares of the parameters in v; average g²."
    ) { $0.beta * $0.v + (1 - $0.beta) * $0.parameter * $0.parameter }
    Mistake(
      "second-moment-adds-beta-times-square", "You added β₂·g² to v; add (1 − β₂)·g²."
    ) { $0.beta * ($0.v + $0.g * $0.g) }
    Mistake("second-moment-adds-whole-square", "You added g² to v; add (1 − β₂)·g².") {
      $0.beta * $0.v + $0.g * $0.g
    }
    Mistake(
      "second-moment-weights-swapped",
      "You kept 1 − β₂ of v and added β₂·g²; keep β₂ of v and add (1 − β₂)·g²."
    ) { (1 - $0.beta) * $0.v + $0.beta * $0.g * $0.g }
  }

  static let usedMoments = Site<(old: [Matrix], new: [Matrix]), [Matrix]>("used moments") {
    $0.new
  } mistakes: {
    Mistake(
      "moments-too-late",
      "You moved the parameters before m and v had taken in the gradient of this step."
    ) { $0.old }
  }

  // MARK: m̂ / (√v̂ + ε)

  /// m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).
  static let correction = Site<Correction, (m: Matrix, v: Matrix)>("correction") {
    ($0.m / $0.weight1, $0.v / $0.weight2)
  } mistakes: {
    Mistake(
      "no-correction", "You left out the bias correction; m and v begin at 0 and are too small."
    ) { ($0.m, $0.v) }
    Mistake(
      "no-first-correction", "You did not correct the bias of m: m̂ = m / (1 − β₁ᵗ)."
    ) { ($0.m, $0.v / $0.weight2) }
    Mistake(
      "no-second-correction", "You did not correct the bias of v: v̂ = v / (1 − β₂ᵗ)."
    ) { ($0.m / $0.weight1, $0.v) }
    Mistake(
      "beta1-corrects-both", "You corrected v with β₁; correct it with β₂: v̂ = v / (1 − β₂ᵗ)."
    ) { ($0.m / $0.weight1, $0.v / $0.weight1) }
    Mistake(
      "correction-multiplied",
      "You multiplied by 1 − βᵗ to correct the bias; m and v are divided by it."
    ) { ($0.m * $0.weight1, $0.v * $0.weight2) }
    Mistake(
      "second-correction-outside-root",
      "You divided √v by 1 − β₂ᵗ; divide v by it, and then take the root."
    ) { ($0.m / $0.weight1, $0.v / ($0.weight2 * $0.weight2)) }
    Mistake(
      "nesterov", "You added this step's gradient to m̂ once more; that is NAdam, not Adam."
    ) { ($0.betas.m * $0.m / $0.weight1 + (1 - $0.betas.m) * $0.g / $0.weight1, $0.v / $0.weight2) }
    Mistake(
      "gradient-for-first-moment", "You stepped along g itself; Adam steps along its average m̂."
    ) { ($0.g, $0.v / $0.weight2) }
    Mistake(
      "rmsprop",
      "This is RMSProp, g / √v; Adam also averages g, and corrects both averages for bias."
    ) { ($0.g, $0.v) }
  }

  static let root = Site<Matrix, Matrix>("root") {
    sqrt($0)
  } mistakes: {
    Mistake("root-missing", "Divide by √v̂, not by v̂.") { $0 }
  }
}

/// β₁ and β₂ as the moments take them, and as the corrections do.
struct Betas {
  let m, v, firstCorrection, secondCorrection: Double
}

extension Betas {
  fileprivate init(_ settings: AdamExam.Settings) {
    (m, v) = (settings.beta1, settings.beta2)
    (firstCorrection, secondCorrection) = (m, v)
  }
}

/// The moments before they are corrected.
struct Correction {
  let g, m, v: Matrix
  let betas: Betas
  let t: Double

  fileprivate var weight1: Double { 1 - pow(betas.firstCorrection, t) }
  fileprivate var weight2: Double { 1 - pow(betas.secondCorrection, t) }
}
