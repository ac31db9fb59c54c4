package import Grading
package import KataKit
import SharedAnswers

extension RMSNormSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      normalization, affine, scaleBack, throughScale, NormSites.averaging, gammaTerms, gammaSum,
      source,
    ])

  package static func reference(at: Computation<Self>) -> any RMSNormKata {
    FaultyRMSNorm(at: at)
  }
}

/// RMS normalization that can make any of the mistakes on purpose.
private struct FaultyRMSNorm: RMSNormKata {
  var at = Computation<RMSNormSuite>()
  private let memory = Memory<Inputs>()

  init() {}
  init(at: Computation<RMSNormSuite>) { self.at = at }

  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    let inputs = Inputs(x: inputs, epsilon: epsilon)
    memory.last = inputs
    let normalized = at(normalization, inputs)
    return at(affine, (normalized.x, gamma))
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    let inputs = at(source, (Inputs(x: inputs, epsilon: epsilon), memory))
    let normalized = at(normalization, inputs, by: .caller)
    let scale = at(scaleBack, gamma)
    let step = normalized.step(from: upstream * scale.before)
    let dX = at(throughScale, (step, upstream, inputs.x))
    let terms = at(gammaTerms, (upstream, inputs.x, normalized.x))
    return RMSNormGradient(
      inputs: at(NormSites.averaging, dX * scale.after), gamma: at(gammaSum, (terms, gamma)))
  }
}

private let source = Site<(handed: Inputs, memory: Memory<Inputs>), Inputs>("source") {
  $0.handed
} mistakes: {
  Mistake(
    "last-call-remembered",
    "Your backward answers from the last call of forward; use the inputs and the ε it is given."
  ) { $0.memory.last?.x.shape == $0.handed.x.shape ? $0.memory.last : nil }
  Mistake(
    "last-inputs-remembered",
    "Your backward uses the inputs of the last call of forward; use those it is given."
  ) {
    guard let last = $0.memory.last, last.x.shape == $0.handed.x.shape else { return nil }
    return Inputs(x: last.x, epsilon: $0.handed.epsilon)
  }
  Mistake(
    "last-epsilon-remembered",
    "Your backward uses the ε of the last call of forward; use the one it is given."
  ) {
    guard let last = $0.memory.last else { return nil }
    return Inputs(x: $0.handed.x, epsilon: last.epsilon)
  }
}

// MARK: x̂ = x/√(mean(x²) + ε)

private struct Inputs {
  let x: Matrix
  let epsilon: Double

  var squares: Matrix { x * x }
  var meanSquare: Matrix { squares.mean(axis: 1) }
  var rootMeanSquare: Matrix { sqrt(meanSquare + epsilon) }
  var centered: Matrix { x - x.mean(axis: 1) }
  var deviation: Matrix { sqrt((centered * centered).mean(axis: 1) + epsilon) }

  func divided(by scale: Matrix) -> Normalized { Normalized(numerator: x, scale: scale) }
}

private struct Normalized {
  let numerator, scale: Matrix
  /// Whether a mean was subtracted, and whether anything was divided.
  var isCentered = false, isScaled = true

  var x: Matrix { numerator / scale }

  func step(from delta: Matrix) -> NormStep {
    NormStep(
      delta: delta, x: x, deviations: scale, mean: { $0.mean(axis: 1) }, isCentered: isCentered,
      isScaled: isScaled)
  }
}

private let normalization = Site<Inputs, Normalized>(
  "normalization", "You ", or: Caller("backward", "In backward you ", callee: "In forward you ")
) {
  $0.divided(by: sqrt($0.meanSquare + $0.epsilon))
} mistakes: {
  Mistake("epsilon-outside-root", "added ε outside the root; it belongs inside: √(mean(x²) + ε).") {
    $0.divided(by: sqrt($0.meanSquare) + $0.epsilon)
  }
  Mistake("epsilon-missing", "left out ε; divide by √(mean(x²) + ε).") {
    $0.divided(by: sqrt($0.meanSquare))
  }
  Mistake("epsilon-fixed", "used an ε of 1e-5; use the one that you are given.") {
    $0.divided(by: sqrt($0.meanSquare + 1e-5))
  }
  Mistake("epsilon-averaged", "added ε to the sum of the squares; add it to their mean.") {
    $0.divided(by: sqrt(($0.squares.sum(axis: 1) + $0.epsilon) / Double($0.x.columns)))
  }
  Mistake("epsilon-as-floor", "used ε as a lower bound of mean(x²); add it to mean(x²).") {
    $0.divided(by: sqrt(maximum($0.meanSquare, $0.epsilon)))
  }
  Mistake("root-missing", "divided by the mean square; divide by its root, √(mean(x²) + ε).") {
    $0.divided(by: $0.meanSquare + $0.epsilon)
  }
  Mistake(
    "sum-of-squares", "divided by the root of the sum of the squares; use the root of their mean."
  ) {
    $0.divided(by: sqrt($0.squares.sum(axis: 1) + $0.epsilon))
  }
  Mistake(
    "mean-of-magnitudes", "divided by the mean of |x|; divide by the root of the mean of x²."
  ) { $0.divided(by: abs($0.x).mean(axis: 1) + $0.epsilon) }
  Mistake("square-for-root", "divided by the square of mean(x²) + ε; divide by its root.") {
    let shifted = $0.meanSquare + $0.epsilon
    return $0.divided(by: shifted * shifted)
  }
  Mistake("square-of-mean", "squared the mean of the row; take the mean of its squares.") {
    let mean = $0.x.mean(axis: 1)
    return $0.divided(by: sqrt(mean * mean + $0.epsilon))
  }
  Mistake(
    "unbiased-mean", "divided the sum of the squares by features − 1; divide it by features."
  ) {
    let sum = $0.squares.sum(axis: 1)
    return $0.divided(by: sqrt(sum / (Double($0.x.columns) - 1) + $0.epsilon))
  }
  Mistake(
    "mean-square-over-batch", "took the mean square down the columns; each row has its own."
  ) { $0.divided(by: sqrt($0.squares.mean(axis: 0) + $0.epsilon)) }
  Mistake(
    "mean-square-over-everything",
    "took one mean square for the whole matrix; each row has its own."
  ) {
    let mean = Matrix(rows: 1, columns: 1, repeating: $0.squares.mean())
    return $0.divided(by: sqrt(mean + $0.epsilon))
  }
  Mistake(
    "standard-deviation",
    "divided by the standard deviation; divide by the root mean square, which is not centered."
  ) { $0.divided(by: $0.deviation) }
  Mistake(
    "mean-subtracted", "subtracted the row's mean before dividing; RMS norm does not center."
  ) { Normalized(numerator: $0.centered, scale: $0.rootMeanSquare) }
  Mistake(
    "layer-norm",
    "computed layer norm: RMS norm neither subtracts the mean nor uses the standard deviation."
  ) { Normalized(numerator: $0.centered, scale: $0.deviation, isCentered: true) }
  Mistake("multiplied", "multiplied by the root mean square; divide x by it.") {
    $0.divided(by: 1 / $0.rootMeanSquare)
  }
  // In backward alone it is the same as skipping the normalization in dX and in dγ.
  Mistake("not-divided", "did not divide x by its root mean square.", alone: [.callee]) {
    Normalized(numerator: $0.x, scale: $0.meanSquare.ones, isScaled: false)
  }
}

// MARK: y = γ·x̂

private let affine = Site<(x: Matrix, gamma: Matrix), Matrix>("affine") {
  $0.gamma * $0.x
} mistakes: {
  Mistake("gamma-missing", "Your forward leaves γ out; compute γ·x̂.") { $0.x }
  Mistake("one-plus-gamma", "Your forward multiplies by 1 + γ, as Gemma does; compute γ·x̂.") {
    (1 + $0.gamma) * $0.x
  }
  Mistake("gamma-added", "Your forward adds γ to x̂; multiply them: γ·x̂.") { $0.gamma + $0.x }
  Mistake("gamma-across-rows", "You gave each row its γ; each feature has its own.") {
    $0.x.rows == $0.x.columns ? $0.gamma.transposed * $0.x : nil
  }
}

// MARK: dX = (δ − x̂·mean(δ·x̂))/r with δ = ∂L/∂x̂ = u·γ

private let scaleBack = NormSites.scaleBack(or: [
  Mistake(
    "gamma-late-in-dx",
    "You multiplied dX by γ at the end; multiply the upstream gradient by γ, before the mean."
  ) { ($0.ones, $0) },
  Mistake(
    "gamma-twice-in-dx",
    "You multiplied by γ twice in dX; multiply the upstream gradient by γ once."
  ) { ($0, $0) },
  Mistake(
    "one-plus-gamma-in-dx", "Your dX uses 1 + γ; ∂L/∂x̂ is the upstream gradient times γ."
  ) { (1 + $0, $0.ones) },
])

private let throughScale = Site<(step: NormStep, u: Matrix, inputs: Matrix), Matrix>("inputs") {
  $0.step.numerator / $0.step.deviations
} mistakes: {
  Mistake(
    "normalisation-skipped-in-dx",
    "You skipped the normalization in dX; δ must go back through it, too."
  ) { $0.step.delta }
  Mistake(
    "scale-constant",
    "Your dX treats the root mean square as a constant; x̂ times the mean of δ·x̂ is missing."
  ) { ($0.step.delta - $0.step.meanTerm) / $0.step.deviations }
  Mistake("scale-term-added", "You added x̂ times the mean of δ·x̂ in dX; subtract it.") {
    ($0.step.numerator + 2 * $0.step.scaleTerm) / $0.step.deviations
  }
  Mistake(
    "scale-term-doubled",
    "You subtracted x̂ times the mean of δ·x̂ twice; the root's ½ cancels the 2 of the square."
  ) { ($0.step.numerator - $0.step.scaleTerm) / $0.step.deviations }
  Mistake(
    "scale-term-halved",
    "You subtracted half of x̂ times the mean of δ·x̂; the root's ½ cancels the 2 of the square."
  ) { ($0.step.numerator + 0.5 * $0.step.scaleTerm) / $0.step.deviations }
  Mistake(
    "scale-term-not-scaled", "In dX you subtracted the mean of δ·x̂ alone; multiply it by x̂."
  ) {
    ($0.step.delta - $0.step.meanTerm - $0.step.mean($0.step.delta * $0.step.x))
      / $0.step.deviations
  }
  Mistake(
    "scale-term-without-gamma",
    "The mean in your dX is that of the upstream gradient times x̂; γ is missing from it."
  ) {
    let term = $0.step.x * $0.step.mean($0.u * $0.step.x)
    return ($0.step.delta - $0.step.meanTerm - term) / $0.step.deviations
  }
  Mistake(
    "scale-term-from-inputs", "In dX you subtracted x times the mean of δ·x; use x̂ in both places."
  ) {
    let term = $0.inputs * $0.step.mean($0.step.delta * $0.inputs)
    return ($0.step.delta - $0.step.meanTerm - term) / $0.step.deviations
  }
  Mistake(
    "sum-for-mean", "Your dX subtracts x̂ times the sum of δ·x̂ over the features; use their mean."
  ) { $0.step.averaging { $0.sum(axis: 1) }.numerator / $0.step.deviations }
  Mistake(
    "divided-by-rows",
    "The mean in your dX divides by the number of rows; divide by that of the features."
  ) {
    $0.step.averaging { $0.sum(axis: 1) / Double($0.rows) }.numerator / $0.step.deviations
  }
  Mistake(
    "mean-over-batch-in-dx", "The mean in your dX runs down the columns; take it along each row."
  ) { $0.step.averaging { $0.mean(axis: 0) }.numerator / $0.step.deviations }
  Mistake(
    "mean-term-too",
    "You subtracted the mean of δ in dX, as layer norm does; here nothing was centered."
  ) { ($0.step.numerator - $0.step.mean($0.step.delta)) / $0.step.deviations }
  Mistake("dx-not-divided", "Your dX is not divided by the root mean square.") {
    $0.step.numerator
  }
  Mistake(
    "dx-first-term-divided",
    "In dX only δ is divided by the root mean square; the term that is subtracted is, too."
  ) { $0.step.delta / $0.step.deviations - $0.step.meanTerm - $0.step.scaleTerm }
  Mistake(
    "dx-last-term-divided",
    "In dX only the last term is divided by the root mean square; parentheses are missing."
  ) { $0.step.delta - $0.step.meanTerm - $0.step.scaleTerm / $0.step.deviations }
  Mistake(
    "dx-divided-by-cube",
    "You divided all of dX by r³; only a term in x instead of x̂ has r³ under it, and δ has r."
  ) { $0.step.numerator / ($0.step.deviations * $0.step.deviations * $0.step.deviations) }
  Mistake(
    "dx-divided-twice", "You divided dX by the root mean square twice; once is right."
  ) { $0.step.numerator / ($0.step.deviations * $0.step.deviations) }
}

// MARK: dγ = Σ u·x̂ over the rows

private let gammaTerms = Site<(u: Matrix, inputs: Matrix, x: Matrix), Matrix>("gamma") {
  $0.u * $0.x
} mistakes: {
  Mistake("dgamma-from-inputs", "You computed dγ from the inputs x; use the normalized x̂.") {
    $0.u * $0.inputs
  }
  Mistake("dgamma-sum-of-upstream", "Your dγ sums the upstream gradient u alone; sum u·x̂.") {
    $0.u
  }
  Mistake("dgamma-without-upstream", "Your dγ sums x̂ alone; sum u·x̂.") { $0.x }
}

private let gammaSum = NormSites.sum(of: "γ", "dgamma")
