import Grading
import KataKit

/// What the way back needs to know of a batch.
struct BatchNormPass {
  let inputs, normalized, deviation: Matrix
  var outputs: Matrix
}

/// Where the way back through batch normalization goes wrong.
enum BatchNormBack {
  static let sites: [any SiteListing] = [
    throughStatistics, scale, division, terms, swapping, sums,
  ]

  /// n/(n − 1).
  static func unbiasing(_ rows: Int) -> Double { Double(rows) / Double(rows - 1) }

  static let throughStatistics = Site<NormStep, Matrix>("back through the statistics") {
    $0.numerator
  } mistakes: {
    Mistake(
      "statistics-constant",
      "You treated mean and variance as constants in backward; both depend on every row."
    ) { $0.delta }
    Mistake(
      "mean-constant", "You treated the mean as a constant in backward; it depends on every row."
    ) { $0.delta - $0.scaleTerm }
    Mistake(
      "variance-constant",
      "You treated the variance as a constant in backward; it depends on every row."
    ) { $0.delta - $0.meanTerm }
    Mistake(
      "backward-sums",
      "You subtracted sums over the batch in backward; subtract means: divide by n."
    ) { $0.averaging { $0.sum(axis: 0) }.numerator }
    Mistake(
      "backward-not-divided", "Your dX lacks its 1/n: it is that of n·g − Σg − x̂·Σ(g·x̂)."
    ) { $0.numerator * Double($0.delta.rows) }
    Mistake(
      "backward-unbiased",
      "You divided the variance's part of dX by n − 1; the batch's variance has n."
    ) { $0.delta - $0.meanTerm - $0.scaleTerm * unbiasing($0.delta.rows) }
    Mistake(
      "backward-without-half",
      "The variance's part of your dX is twice too large; the root's slope has a factor ½."
    ) { $0.delta - $0.meanTerm - $0.scaleTerm * 2 }
    Mistake(
      "backward-without-two",
      "The variance's part of your dX is half of what it is; the square's slope has a factor 2."
    ) { $0.delta - $0.meanTerm - $0.scaleTerm / 2 }
    Mistake(
      "backward-over-rows",
      "You averaged along the rows in backward; average down each column."
    ) { $0.averaging { $0.mean(axis: 1) }.numerator }
  }

  static let scale = Site<Matrix, Matrix>(
    "backward-without-gamma", "Your dX lacks the factor γ."
  ) { $0.ones }

  static let division = Site<Matrix, Matrix>(
    "backward-without-deviation", "Your dX lacks its division by √(σ² + ε)."
  ) { $0.ones }

  /// Of γ and β, before the sum over the rows and after it.
  typealias Gradients = (gamma: Matrix, beta: Matrix)

  static let terms = Site<(u: Matrix, gamma: Matrix, pass: BatchNormPass), Gradients>(
    "parameters' gradients"
  ) {
    ($0.u * $0.pass.normalized, $0.u)
  } mistakes: {
    Mistake(
      "gamma-from-inputs", "You computed dγ from X; use Σ upstream ⊙ x̂, with the normalized x̂."
    ) {
      ($0.u * $0.pass.inputs, $0.u)
    }
    Mistake(
      "gamma-from-outputs", "You computed dγ from Y; use Σ upstream ⊙ x̂, from before γ and β."
    ) { ($0.u * $0.pass.outputs, $0.u) }
    Mistake(
      "gamma-in-its-gradient",
      "Your dγ contains γ; compute it from upstream itself, not from upstream ⊙ γ."
    ) { ($0.u * $0.gamma * $0.pass.normalized, $0.u) }
    Mistake(
      "gamma-in-both-gradients",
      "Your dγ and dβ contain γ; they come from upstream itself, not upstream ⊙ γ."
    ) { ($0.u * $0.gamma * $0.pass.normalized, $0.u * $0.gamma) }
  }

  static let sums = Site<Gradients, Gradients>("parameters' sums") {
    ($0.gamma.sum(axis: 0), $0.beta.sum(axis: 0))
  } mistakes: {
    Mistake("gradients-averaged", "You averaged dγ and dβ over the batch; sum them.") {
      ($0.gamma.mean(axis: 0), $0.beta.mean(axis: 0))
    }
    Mistake("gradients-not-summed", "You did not sum dγ and dβ over the rows.") { $0 }
    Mistake("beta-not-summed", "You did not sum dβ over the rows.") {
      ($0.gamma.sum(axis: 0), $0.beta)
    }
  }

  static let swapping = Site<Gradients, Gradients>(
    "gradients-swapped", "You swapped dγ and dβ."
  ) { ($0.beta, $0.gamma) }
}
