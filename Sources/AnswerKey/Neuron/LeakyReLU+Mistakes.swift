package import Grading
import KataKit
import SharedAnswers

extension LeakyReLUSuite {
  package static let mistakes = MistakeCatalogue(at: [values, slopes, steps, source])

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyLeakyReLU(negativeSlope: $0, at: at) }
  }
}

/// Leaky ReLU that can make any of the mistakes on purpose.
private struct FaultyLeakyReLU: LeakyReLUKata {
  private let parts: Parts
  private let at: Computation<LeakyReLUSuite>
  private let memory = Memory<Matrix>()

  init(negativeSlope: Double) { self.init(negativeSlope: negativeSlope, at: Computation()) }

  init(negativeSlope: Double, at: Computation<LeakyReLUSuite>) {
    parts = at(values, at(slopes, Parts(alpha: negativeSlope)))
    self.at = at
  }

  func value(at z: Matrix) -> Matrix {
    memory.last = z
    return parts.value((z, parts.alpha))
  }

  func slope(at z: Matrix) -> Matrix { parts.slope[.callee]((z, z, parts.alpha)) }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    let z = at(source, (z, memory))
    let slope = parts.slope[.caller]((z, upstream, parts.alpha))
    return at(steps, Step(upstream: upstream, kept: z, slope: slope, alpha: parts.alpha))
  }
}

private struct Parts {
  var alpha: Double
  var value: Code<(z: Matrix, alpha: Double), Matrix> = { leakyReLU($0.z, alpha: $0.alpha) }
  var slope = Shared<SlopeInput, Matrix> { input in input.z.map { $0 > 0 ? 1 : input.alpha } }
}

private typealias SlopeInput = (z: Matrix, upstream: Matrix, alpha: Double)

private func leakyReLU(_ z: Matrix, alpha: Double) -> Matrix { z.map { $0 > 0 ? $0 : alpha * $0 } }

/// Another α than the one handed in, everywhere or in the value alone.
private struct WrongAlpha {
  let id: String
  let sentence: String
  let ofValue: String
  let alpha: @Sendable (Double) -> Double

  var everywhere: Mistake<Parts, Parts> {
    Mistake(id, sentence) { [alpha] in Parts(alpha: alpha($0.alpha), slope: $0.slope) }
  }

  /// At the site of the slope: beside a slope that does not use α, it would be the same as everywhere.
  var inValue: Mistake<Parts, Parts> {
    Mistake(id + "-not-in-slope", "Your value " + ofValue, for: \.value) { [alpha] in
      leakyReLU($0.z, alpha: alpha($0.alpha))
    }
  }
}

private let wrongAlphas = [
  WrongAlpha(
    id: "alpha-hard-coded",
    sentence: "You took 0.01 for the slope below 0; use the negativeSlope you are given.",
    ofValue: "is 0.01·z below 0; the factor is the negativeSlope handed in."
  ) { _ in 0.01 },
  WrongAlpha(
    id: "alpha-zero",
    sentence:
      "Nothing leaks below 0, as in plain ReLU; there value and slope have the factor α.",
    ofValue: "is 0 below 0, as that of plain ReLU; there it is αz."
  ) { _ in 0 },
  WrongAlpha(
    id: "alpha-inverse", sentence: "You divided by α below 0; multiply by it.",
    ofValue: "is z/α below 0; there it is αz."
  ) { 1 / $0 },
  WrongAlpha(
    id: "alpha-negated",
    sentence: "Below 0 you multiplied by −α; multiply by +α, for z is negative already.",
    ofValue: "is −αz below 0; there it is αz, which is negative."
  ) { -$0 },
]

private let values = Site<Parts, Parts>("value") {
  $0
} mistakes: {
  wrongAlphas.map(\.everywhere)
  Mistake("value-not-cut", "Your value is z itself; below 0 it is αz.", for: \.value) { $0.z }
  Mistake("value-alpha-alone", "Your value is α below 0, without z; it should be αz.", for: \.value)
  {
    input in input.z.map { $0 > 0 ? $0 : input.alpha }
  }
  Mistake(
    "value-swapped", "Your value is αz above 0 and z below; it should be the other way around.",
    for: \.value
  ) { input in input.z.map { $0 > 0 ? input.alpha * $0 : $0 } }
  Mistake(
    "value-alpha-everywhere", "Your value is αz above 0, too; there it is z.", for: \.value
  ) { $0.alpha * $0.z }
  Mistake(
    "value-elu", "Your value is α·(exp(z) − 1) below 0, as that of ELU; it should be αz.",
    for: \.value
  ) { input in input.z.map { $0 > 0 ? $0 : input.alpha * (exp($0) - 1) } }
  Mistake("value-minus-alpha", "Your value is z − α below 0; it should be α times z.", for: \.value)
  {
    input in input.z.map { $0 > 0 ? $0 : $0 - input.alpha }
  }
  Mistake(
    "slope-for-value", "Your value is 1 or α, which is the slope; it should be z or αz.",
    for: \.value
  ) { input in input.z.map { $0 > 0 ? 1 : input.alpha } }
  Mistake(
    "value-summed", "Your value is ReLU(z) + αz, so (1 + α)·z above 0; there it is z.", for: \.value
  ) { input in input.z.map { max($0, 0) + input.alpha * $0 } }
}

private let slopes = Site<Parts, Parts>("slope") {
  $0
} mistakes: {
  wrongAlphas.map(\.inValue)
  wrongSlopes.inBoth
  wrongSlopes.inOne
  Mistake("slope-at-upstream", backwardSlope + ActivationSites.slopeAtUpstream) { parts in
    var parts = parts
    parts.slope.callerAlone = { input in input.upstream.map { $0 > 0 ? 1 : input.alpha } }
    return parts
  }
}

private let backwardSlope = "The slope that backward multiplies by "

private let wrongSlopes = SharedMistakes<Parts, SlopeInput, Matrix>(
  of: \.slope, or: "backward", ("Your slope ", "Your slope ", backwardSlope)
) {
  SharedMistake("value-for-slope", "is leaky ReLU itself; it should be 1 where z > 0 and α below.")
  {
    leakyReLU($0.z, alpha: $0.alpha)
  }
  SharedMistake("slope-one", "is 1 below 0, too; there it is α.") { $0.z.map { _ in 1 } }
  SharedMistake("slope-alpha-everywhere", "is α above 0, too; there it is 1.") { input in
    input.z.map { _ in input.alpha }
  }
  SharedMistake("slope-swapped", "is α above 0 and 1 below; it should be the other way around.") {
    input in
    input.z.map { $0 > 0 ? input.alpha : 1 }
  }
  SharedMistake("slope-alpha-z", "is αz below 0, which is the value; its slope is α.") { input in
    input.z.map { $0 > 0 ? 1 : input.alpha * $0 }
  }
  SharedMistake("slope-of-elu", "is α·exp(z) below 0, as that of ELU; it should be α.") { input in
    input.z.map { $0 > 0 ? 1 : input.alpha * exp($0) }
  }
  SharedMistake("slope-summed", "is 1 + α above 0; there it is 1.") { input in
    input.z.map { $0 > 0 ? 1 + input.alpha : input.alpha }
  }
  SharedMistake("slope-from-one", ActivationSites.slopeFromOne) { input in
    input.z.map { $0 >= 1 ? 1 : input.alpha }
  }
  SharedMistake(
    "slope-nan-at-zero", "is not a number at z = 0, as value/z is; choose one in [α, 1] there."
  ) { input in input.z.map { max($0, input.alpha * $0) / $0 } }
  SharedMistake(
    "slope-zero-at-zero",
    "is 0 at z = 0, which is neither above nor below 0; choose one in [α, 1] there."
  ) { ($0.z .> 0) + $0.alpha * ($0.z .< 0) }
  SharedMistake(
    "slope-summed-at-zero",
    "is 1 + α at z = 0, which counts as above and as below; choose one in [α, 1]."
  ) { ($0.z .>= 0) + $0.alpha * ($0.z .<= 0) }
  SharedMistake("slope-of-relu", "is 0 below 0, as that of plain ReLU; there it is α.") {
    $0.z .> 0
  }
  SharedMistake(
    "slope-hard-coded", "is 0.01 below 0; there it is the negativeSlope handed in."
  ) { $0.z.map { $0 > 0 ? 1 : 0.01 } }
  SharedMistake(
    "slope-negated", "is −α below 0; it should be +α, since leaky ReLU rises there, too."
  ) { input in input.z.map { $0 > 0 ? 1 : -abs(input.alpha) } }
}

private let source = Memory<Matrix>.source(of: "backward", after: "value", handed: "z")

private struct Step: ActivationStep {
  let upstream, kept, slope: Matrix
  let alpha: Double

  var hasValueForSlope: Bool { slope == leakyReLU(kept, alpha: alpha) }
}

private let steps = Site<Step, Matrix>("step back") {
  $0.gradient
} mistakes: {
  ActivationSites.upstreamOverwritten()
  ActivationSites.matrixProduct()
  ActivationSites.wrongFactors(kept: "z")
  Mistake(
    "gradient-lost-below-zero",
    "Below 0 your backward is α alone; multiply the upstream gradient there by α."
  ) { ($0.kept .> 0) * $0.upstream + $0.alpha * ($0.kept .<= 0) }
}
