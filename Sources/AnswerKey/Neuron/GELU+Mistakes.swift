package import Grading
package import KataKit
import SharedAnswers

extension GELUSuite {
  package static let mistakes = MistakeCatalogue(at: [values, slopes, densities])

  package static func reference(at: Computation<Self>) -> any GELUKata { FaultyGELU(at: at) }
}

/// GELU with any of the mistakes on purpose.
private struct FaultyGELU: GELUKata {
  private let parts: Parts

  init() { self.init(at: Computation()) }

  init(at: Computation<GELUSuite>) {
    var parts = at(values, at(slopes, at(densities, Parts())))
    // Beside the tanh form in both, its other density alone would be the other tanh form in both.
    if parts.gate.callerAlone?(1).cdf == parts.gate.both(1).cdf { parts.gate.callerAlone = nil }
    self.parts = parts
  }

  func value(at z: Matrix) -> Matrix {
    let (gate, value) = (parts.gate[.callee], parts.value)
    return z.map { z in value((z, gate(z).cdf)) }
  }

  func slope(at z: Matrix) -> Matrix {
    let (gate, slope) = (parts.gate[.caller], parts.slope)
    return z.map { z in
      let gate = gate(z)
      return slope((z, gate.cdf, gate.density ?? parts.density(z)))
    }
  }
}

private struct Parts {
  /// Φ, which value and slope share.
  var gate = Shared<Double, Gate> { Gate(cdf: cdf($0)) }
  var density: Code<Double, Double> = { phi($0) }
  var value: Code<(z: Double, cdf: Double), Double> = { $0.z * $0.cdf }
  var slope: Code<(z: Double, cdf: Double, density: Double), Double> = {
    $0.cdf + $0.z * $0.density
  }
}

/// Φ(z), and its slope where that is an approximation, too.
private struct Gate {
  var cdf: Double
  var density: Double?
}

/// Φ(z) = ½·(1 + erf(z/√2)).
private func cdf(_ z: Double) -> Double { 0.5 * (1 + erf(z / root2)) }

/// φ(z) = e^(−z²/2)/√(2π), the slope of Φ.
private func phi(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

private let root2 = 2.squareRoot()

private let values = Site<Parts, Parts>("value") {
  $0
} mistakes: {
  wrongGates.inBoth
  Mistake("value-is-cdf", "Your value is Φ(z) alone; it should be z·Φ(z).", for: \.value) { $0.cdf }
  Mistake(
    "value-with-density", "Your value is z·φ(z), with the density; it should be z·Φ(z).",
    for: \.value
  ) { $0.z * phi($0.z) }
  Mistake(
    "slope-for-value",
    "Your value is Φ(z) + z·φ(z), which is the slope; the value is z·Φ(z).", for: \.value
  ) { $0.cdf + $0.z * phi($0.z) }
  Mistake(
    "value-without-parentheses",
    "Your value is ½·z + erf(z/√2); parentheses are missing around 1 + erf(z/√2).", for: \.value
  ) { 0.5 * $0.z + 2 * $0.cdf - 1 }
}

private let wrongGates = SharedMistakes<Parts, Double, Gate>(
  of: \.gate, or: "slope", ("Your Φ ", "The Φ of your value ", "The Φ of your slope ")
) {
  SharedMistake(
    "tanh-form",
    "is the tanh approximation, up to 4.7e-4 off in the value; the exact one has erf."
  ) { Gate(cdf: tanhForm($0), density: 2 * bell(2 * cubic($0)) * cubicSlope($0)) }
  // The value knows no density.
  SharedMistake(
    "tanh-form-with-exact-density",
    "is the tanh approximation, beside the exact density; the exact one has erf.",
    alone: [.caller]
  ) { Gate(cdf: tanhForm($0)) }
  SharedMistake(
    "tanh-form-without-cube",
    "is the tanh approximation with z in place of z³; the exact one has erf."
  ) { z in
    let rate = (2 / Double.pi).squareRoot() * 1.044715
    return Gate(cdf: 0.5 * (1 + tanh(rate * z)), density: 2 * rate * bell(2 * rate * z))
  }
  SharedMistake(
    "sigmoid-form",
    "is σ(1.702z), an approximation, up to 0.02 off in the value; the exact one has erf."
  ) { Gate(cdf: logistic(1.702 * $0), density: 1.702 * bell(1.702 * $0)) }
  SharedMistake("silu", "is σ(z), that of SiLU; it should be ½·(1 + erf(z/√2)).") {
    Gate(cdf: logistic($0), density: bell($0))
  }
  SharedMistake("relu", "is 1 or 0, that of ReLU; it should be ½·(1 + erf(z/√2)).") {
    Gate(cdf: $0 > 0 ? 1 : 0, density: 0)
  }
  // Who errs in Φ alone has φ right, or errs there once more.
  SharedMistake("erf-without-root-two", "has erf(z); it should have erf(z/√2).") {
    Gate(cdf: 0.5 * (1 + erf($0)))
  }
  SharedMistake("erf-times-root-two", "has erf(√2·z); it should have erf(z/√2).") {
    Gate(cdf: 0.5 * (1 + erf(root2 * $0)))
  }
  SharedMistake("without-half", "lacks the factor ½; it should go from 0 to 1.") {
    Gate(cdf: 1 + erf($0 / root2))
  }
  SharedMistake("without-one", "is ½·erf(z/√2), without the 1 +; it should go from 0 to 1.") {
    Gate(cdf: 0.5 * erf($0 / root2))
  }
  SharedMistake("mirrored", "falls from 1 to 0; it should be ½·(1 + erf(z/√2)), with a plus.") {
    Gate(cdf: 0.5 * (1 - erf($0 / root2)))
  }
  SharedMistake(
    "half-of-one-only", "is ½ + erf(z/√2); the ½ is a factor of both: ½·(1 + erf(z/√2))."
  ) { Gate(cdf: 0.5 + erf($0 / root2)) }
  SharedMistake("erfc", "is ½·(1 + erfc(z/√2)); erfc is 1 − erf, and erf belongs there.") {
    Gate(cdf: 0.5 * (1 + erfc($0 / root2)))
  }
  SharedMistake("erf-of-half", "has erf(z/2); it should have erf(z/√2).") {
    Gate(cdf: 0.5 * (1 + erf($0 / 2)))
  }
}

private func tanhForm(_ z: Double) -> Double { 0.5 * (1 + tanh(cubic(z))) }

/// √(2/π)·(z + 0.044715·z³).
private func cubic(_ z: Double) -> Double {
  (2 / Double.pi).squareRoot() * (z + 0.044715 * z * z * z)
}

private func cubicSlope(_ z: Double) -> Double {
  (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * z * z)
}

private func logistic(_ z: Double) -> Double { 1 / (1 + exp(-z)) }

/// σ(z)·(1 − σ(z)).
private func bell(_ z: Double) -> Double { 1 / ((1 + exp(-z)) * (1 + exp(z))) }

private let slopes = Site<Parts, Parts>("slope") {
  $0
} mistakes: {
  wrongGates.inOne
  Mistake(
    "slope-is-cdf", "Your slope is Φ(z) alone; the product rule adds z·φ(z).", for: \.slope
  ) { $0.cdf }
  Mistake(
    "density-without-z", "Your slope is Φ(z) + φ(z); the density has the factor z.", for: \.slope
  ) { $0.cdf + $0.density }
  Mistake(
    "slope-without-cdf", "Your slope is z·φ(z) alone; the product rule adds Φ(z).", for: \.slope
  ) { $0.z * $0.density }
  Mistake(
    "slope-is-density",
    "Your slope is φ(z), the slope of Φ; that of z·Φ(z) is Φ(z) + z·φ(z).", for: \.slope
  ) { $0.density }
  Mistake("slope-minus", "Your slope is Φ(z) − z·φ(z); the sign is +.", for: \.slope) {
    $0.cdf - $0.z * $0.density
  }
  Mistake("value-for-slope", "Your slope is GELU itself; it should be Φ(z) + z·φ(z).", for: \.slope)
  {
    $0.z * $0.cdf
  }
  Mistake(
    "slope-product", "Your slope is Φ(z)·φ(z); the product rule says Φ(z) + z·φ(z).", for: \.slope
  ) { $0.cdf * $0.density }
  Mistake(
    "density-times-z-squared", "Your slope has z²·φ(z); it should be Φ(z) + z·φ(z).", for: \.slope
  ) { $0.cdf + $0.z * $0.z * $0.density }
}

private let densities = Site<Parts, Parts>("density") {
  $0
} mistakes: {
  Mistake(
    "density-without-half", "Your density φ has exp(−z²); it should have exp(−z²/2).",
    for: \.density
  ) { exp(-$0 * $0) / (2 * Double.pi).squareRoot() }
  Mistake(
    "density-not-squared", "Your density φ has exp(−z/2), without the square; write exp(−z²/2).",
    for: \.density
  ) { exp(-$0 / 2) / (2 * Double.pi).squareRoot() }
  Mistake(
    "density-halved",
    "Your density φ is half of what it should be; the ½ belongs to Φ alone: exp(−z²/2)/√(2π).",
    for: \.density
  ) { 0.5 * phi($0) }
  Mistake("density-unnormalised", "Your density φ lacks the factor 1/√(2π).", for: \.density) {
    exp(-$0 * $0 / 2)
  }
  Mistake(
    "density-without-inner-derivative",
    "Your density φ is √2 times too large: the inner derivative 1/√2 of erf(z/√2) is missing.",
    for: \.density
  ) { phi($0) * root2 }
  Mistake(
    "density-without-root", "Your density φ has the factor 1/(2π); it should have 1/√(2π).",
    for: \.density
  ) { exp(-$0 * $0 / 2) / (2 * Double.pi) }
  Mistake(
    "density-positive-exponent", "Your density φ has exp(z²/2); the exponent is −z²/2.",
    for: \.density
  ) { exp($0 * $0 / 2) / (2 * Double.pi).squareRoot() }
  Mistake(
    "density-of-erf",
    """
    Your density φ is exp(−z²)/√π, the slope of ½·erf(z); that of ½·erf(z/√2) is exp(−z²/2)/√(2π).
    """, for: \.density
  ) { exp(-$0 * $0) / Double.pi.squareRoot() }
  Mistake(
    "density-doubled", "Your density φ is twice too large; it should be exp(−z²/2)/√(2π).",
    for: \.density
  ) { 2 * phi($0) }
  Mistake(
    "density-with-root-of-pi",
    "Your density φ has the factor 1/(2√π); the 2 is under the root, too: 1/√(2π).", for: \.density
  ) { exp(-$0 * $0 / 2) / (2 * Double.pi.squareRoot()) }
}
