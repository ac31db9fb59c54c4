package import Grading
package import KataKit
import SharedAnswers

extension LayerNormSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      statistics, affine, scaleBack, throughStatistics, NormSites.averaging, gammaTerms, gammaSum,
      betaSum,
      source,
    ])

  package static func reference(at: Computation<Self>) -> any LayerNormKata {
    FaultyLayerNorm(at: at)
  }
}

private typealias Inputs = LayerNormSuite.Inputs
private typealias Statistics = LayerNormSuite.Statistics

/// Layer normalization that can make any of the mistakes on purpose.
private struct FaultyLayerNorm: LayerNormKata {
  var at = Computation<LayerNormSuite>()
  private let memory = Memory<Matrix>()

  init() {}
  init(at: Computation<LayerNormSuite>) { self.at = at }

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    memory.last = inputs
    let statistics = at(statistics, Inputs(x: inputs, epsilon: epsilon, isBack: false))
    return at(affine, (statistics.normalized, gamma, beta))
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    let x = at(source, (inputs, memory))
    let statistics = at(statistics, Inputs(x: x, epsilon: epsilon, isBack: true))
    let scale = at(scaleBack, gamma)
    let dX = at(throughStatistics, statistics.step(from: upstream * scale.before))
    let (terms, isSwapped) = at(gammaTerms, (upstream, x, statistics))
    let dGamma = at(gammaSum, (terms, gamma))
    let dBeta = at(betaSum, (upstream, gamma))
    return LayerNormGradient(
      inputs: at(NormSites.averaging, dX * scale.after), gamma: isSwapped ? dBeta : dGamma,
      beta: isSwapped ? dGamma : dBeta)
  }
}

private let source = Memory<Matrix>.source(of: "backward", after: "forward", handed: "inputs")

// MARK: x̂ = (x − μ)/√(v + ε)

private let statistics = Site<Inputs, Statistics>("statistics") {
  $0.statistics { $0.mean(axis: 1) }
} mistakes: {
  wrong(
    "statistics-over-batch", in: Pass.allCases,
    "took mean and variance down the columns, as batch norm does; each row has its own."
  ) { $0.statistics { $0.mean(axis: 0) } }
  wrong(
    "unbiased-variance",
    "divided the variance by features − 1; divide by features, for the biased one."
  ) {
    let squares = ($0.centered * $0.centered).sum(axis: 1)
    return $0.centered(over: sqrt(squares / (Double($0.x.columns) - 1) + $0.epsilon))
  }
  wrong("epsilon-outside-root", "added ε outside the root; it belongs inside: √(v + ε).") {
    $0.centered(over: sqrt($0.variance) + $0.epsilon)
  }
  wrong("epsilon-as-floor", "used ε as a lower bound of the variance; add ε to it: √(v + ε).") {
    $0.centered(over: sqrt(maximum($0.variance, $0.epsilon)))
  }
  wrong(
    "square-for-root", in: [.both], "divided by the square of v + ε; divide by its root, √(v + ε)."
  ) {
    let shifted = $0.variance + $0.epsilon
    return $0.centered(over: shifted * shifted)
  }
  wrong(
    "mean-magnitude", in: [.both],
    "divided by the mean of |x − μ|; divide by the root of the mean of (x − μ)²."
  ) { $0.centered(over: abs($0.centered).mean(axis: 1) + $0.epsilon) }
  wrong("epsilon-missing", "left out the ε you are given; divide by √(v + ε).") {
    $0.centered(over: sqrt($0.variance))
  }
  wrong("epsilon-fixed", "used an ε of 1e-5; use the one you are given.") {
    $0.centered(over: sqrt($0.variance + 1e-5))
  }
  wrong("root-missing", "divided by the variance; divide by its root, √(v + ε).") {
    $0.centered(over: $0.variance + $0.epsilon)
  }
  wrong(
    "statistics-over-everything", in: [.both, .bothButMeansBack],
    "took one mean and variance for the whole matrix; each row has its own."
  ) { $0.statistics { Matrix(rows: 1, columns: 1, repeating: $0.mean()) } }
  wrong(
    "sum-of-squares", in: [.both], "summed the squares for the variance; take their mean."
  ) { $0.centered(over: sqrt(($0.centered * $0.centered).sum(axis: 1) + $0.epsilon)) }
  wrong(
    "one-pass-variance",
    "took the variance as E[x²] − mean², which loses its digits far from 0; center first."
  ) {
    let mean = $0.x.mean(axis: 1)
    return $0.centered(over: sqrt($0.meanSquare - mean * mean + $0.epsilon))
  }
  wrong(
    "root-mean-square", in: [.both],
    "did not subtract the mean, as in RMS norm; layer norm centers each row first."
  ) {
    Statistics(
      centered: $0.x, deviations: sqrt($0.meanSquare + $0.epsilon), isCentered: false)
  }
  wrong(
    "variance-not-centred", in: [.both],
    "took the mean of x² for the variance; take the mean of (x − μ)²."
  ) { $0.centered(over: sqrt($0.meanSquare + $0.epsilon)) }
  wrong(
    "mean-not-subtracted", in: [.both],
    "divided x by its deviation; x minus its mean is divided."
  ) { Statistics(centered: $0.x, deviations: sqrt($0.variance + $0.epsilon)) }
  wrong("not-divided", in: [.both], "did not divide by the standard deviation.") {
    Statistics(centered: $0.centered, deviations: $0.variance.ones, isScaled: false)
  }
}

/// Who makes a mistake of the statistics.
private enum Pass: String, CaseIterable {
  case both = ""
  case forward = "-in-forward"
  case backward = "-in-backward"
  /// Everywhere, but for the means on the way back, which run along each row.
  case bothButMeansBack = "-with-means-of-rows-in-backward"

  var subject: String {
    switch self {
    case .both, .bothButMeansBack: "You "
    case .forward: "In forward you "
    case .backward: "In backward you "
    }
  }
}

private func wrong(
  _ id: String, in passes: [Pass] = [.both, .forward, .backward], _ words: String,
  instead: @escaping @Sendable (Inputs) -> Statistics
) -> [Mistake<Inputs, Statistics>] {
  passes.map { pass in
    Mistake(id + pass.rawValue, pass.subject + words) {
      if pass == ($0.isBack ? .forward : .backward) { return nil }
      var statistics = instead($0)
      if pass == .bothButMeansBack {
        statistics.mean = { $0.mean(axis: 1) }
        statistics.hasOwnMeansBack = true
      }
      return statistics
    }
  }
}

// MARK: y = γ·x̂ + β

private let affine = Site<(x: Matrix, gamma: Matrix, beta: Matrix), Matrix>("affine") {
  $0.gamma * $0.x + $0.beta
} mistakes: {
  Mistake("gamma-missing", "Your forward leaves γ out; compute γ·x̂ + β.") { $0.x + $0.beta }
  Mistake("beta-missing", "Your forward leaves β out; compute γ·x̂ + β.") { $0.gamma * $0.x }
  Mistake("gamma-and-beta-missing", "Your forward leaves γ and β out; compute γ·x̂ + β.") { $0.x }
  Mistake("beta-inside", "You multiplied β by γ, too; compute γ·x̂ + β.") {
    $0.gamma * ($0.x + $0.beta)
  }
  Mistake("gamma-and-beta-swapped", "Your forward has γ and β swapped; compute γ·x̂ + β.") {
    $0.beta * $0.x + $0.gamma
  }
  Mistake(
    "gamma-and-beta-across-rows", "You gave each row its γ and β; each feature has its own."
  ) {
    $0.x.rows == $0.x.columns ? $0.gamma.transposed * $0.x + $0.beta.transposed : nil
  }
}

// MARK: dX = (δ − mean(δ) − x̂·mean(δ·x̂))/σ with δ = ∂L/∂x̂ = u·γ

private let scaleBack = NormSites.scaleBack(or: [
  Mistake(
    "gamma-late-in-dx",
    "You multiplied dX by γ at the end; multiply the upstream gradient by γ, before the means."
  ) { ($0.ones, $0) }
])

private let throughStatistics = Site<NormStep, Matrix>("inputs") {
  $0.numerator / $0.deviations
} mistakes: {
  Mistake(
    "normalisation-skipped-in-dx",
    "You skipped the normalization in dX; δ must go back through it, too."
  ) { $0.delta }
  Mistake(
    "mean-and-variance-constant",
    "Your dX takes mean and deviation for constants; both move with every entry of the row."
  ) { $0.delta / $0.deviations }
  Mistake(
    "mean-constant", "Your dX takes the mean for a constant; the mean of δ is missing."
  ) { ($0.delta - $0.scaleTerm) / $0.deviations }
  Mistake(
    "variance-constant",
    "Your dX takes the deviation for a constant; x̂ times the mean of δ·x̂ is missing."
  ) { ($0.delta - $0.meanTerm) / $0.deviations }
  Mistake(
    "variance-term-added", "You added x̂ times the mean of δ·x̂ in dX; subtract it."
  ) { ($0.numerator + 2 * $0.scaleTerm) / $0.deviations }
  Mistake(
    "variance-term-not-scaled",
    "In dX you subtracted the mean of δ·x̂ alone; multiply it by x̂."
  ) {
    let term = $0.mean($0.delta * $0.x)
    return ($0.delta - $0.meanTerm - term) / $0.deviations
  }
  Mistake(
    "variance-term-unbiased",
    "In dX you divided the sum of δ·x̂ by features − 1; the variance divides by features."
  ) {
    let features = Double($0.delta.columns)
    let term = $0.scaleTerm * (features / (features - 1))
    return ($0.delta - $0.meanTerm - term) / $0.deviations
  }
  Mistake("sums-for-means", "Your dX subtracts sums over the features; subtract means.") {
    $0.averaging { $0.sum(axis: 1) }.numerator / $0.deviations
  }
  Mistake(
    "divided-by-rows",
    "The means in your dX divide by the number of rows; divide by the number of features."
  ) {
    $0.averaging { $0.sum(axis: 1) / Double($0.rows) }.numerator / $0.deviations
  }
  Mistake(
    "means-over-batch", "The means in your dX run down the columns; they run along each row."
  ) { $0.hasOwnMeans ? nil : $0.averaging { $0.mean(axis: 0) }.numerator / $0.deviations }
  Mistake("dx-not-divided", "Your dX is not divided by the standard deviation.") {
    $0.numerator
  }
  Mistake(
    "dx-last-term-divided",
    "In dX only the last term is divided by the standard deviation; parentheses are missing."
  ) { $0.delta - $0.meanTerm - $0.scaleTerm / $0.deviations }
  Mistake(
    "dx-divided-by-variance", "You divided dX by the standard deviation twice; once is right."
  ) { $0.numerator / ($0.deviations * $0.deviations) }
}

// MARK: dγ = Σ u·x̂ and dβ = Σ u over the rows

/// The terms of dγ, and whether it is returned as dβ.
private typealias GammaTerms = (terms: Matrix, isSwapped: Bool)

private let gammaTerms = Site<(u: Matrix, inputs: Matrix, statistics: Statistics), GammaTerms>(
  "gamma"
) {
  ($0.u * $0.statistics.normalized, false)
} mistakes: {
  Mistake(
    "dgamma-from-inputs", "You computed dγ from the inputs x; use the normalized x̂."
  ) { ($0.u * $0.inputs, false) }
  Mistake("dgamma-from-centred", "You computed dγ from x − μ; use the normalized x̂.") {
    ($0.u * $0.statistics.centered, false)
  }
  Mistake("dgamma-sum-of-upstream", "Your dγ sums u, which gives dβ; sum u·x̂.") {
    ($0.u, false)
  }
  Mistake("dgamma-and-dbeta-swapped", "You returned dγ as dβ and dβ as dγ.") {
    ($0.u * $0.statistics.normalized, true)
  }
}

private let gammaSum = NormSites.sum(of: "γ", "dgamma")
private let betaSum = NormSites.sum(of: "β", "dbeta")
