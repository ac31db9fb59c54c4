package import Grading
package import KataKit
import SharedAnswers

extension ReLUDerivativeSuite {
  package static let mistakes = MistakeCatalogue(at: [values, slopes, steps, source])

  package static func reference(at: Computation<Self>) -> any ReLUDerivativeKata {
    FaultyReLU(at: at)
  }
}

/// ReLU that can make any of the mistakes on purpose.
private struct FaultyReLU: ReLUDerivativeKata {
  var at = Computation<ReLUDerivativeSuite>()
  private let memory = Memory<Matrix>()

  init() {}
  init(at: Computation<ReLUDerivativeSuite>) { self.at = at }

  func value(at z: Matrix) -> Matrix {
    memory.last = z
    return at(values, z)
  }

  func slope(at z: Matrix) -> Matrix { at(slopes, (z, upstream: z)) }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    let z = at(source, (z, memory))
    return at(
      steps, Step(upstream: upstream, kept: z, slope: at(slopes, (z, upstream), by: .caller)))
  }
}

private let values = Site<Matrix, Matrix>("value", "Your value ") {
  Mathematics.relu($0)
} mistakes: {
  Mistake("value-not-cut", "is z itself; below 0 it is 0.") { $0 }
  Mistake("value-absolute", "is |z|; below 0 it is 0.") { abs($0) }
  Mistake("value-negative-part", "is min(0, z); ReLU keeps the larger of 0 and z.") {
    $0 * ($0 .< 0)
  }
  Mistake("value-leaking", "is 0.01·z below 0, as that of leaky ReLU; it should be 0 there.") {
    $0.map { $0 > 0 ? $0 : 0.01 * $0 }
  }
  Mistake("slope-for-value", "is 1 above 0, which is the slope; the value there is z.") { $0 .> 0 }
  Mistake("value-clipped-at-one", "ends at 1; above 0 it is z, however large.") {
    $0.map { min(max($0, 0), 1) }
  }
  Mistake("value-clipped-at-six", "ends at 6, as that of ReLU6; above 0 it is z, however large.") {
    $0.map { min(max($0, 0), 6) }
  }
  Mistake("value-elu", "is exp(z) − 1 below 0, as that of ELU; return 0 there.") {
    $0.map { $0 > 0 ? $0 : exp($0) - 1 }
  }
  Mistake("value-softplus", "is ln(1 + exp(z)), softplus; ReLU has a corner and is 0 below 0.") {
    log(1 + exp($0))
  }
}

private let slopes = Site<(z: Matrix, upstream: Matrix), Matrix>(
  "slope", "Your slope ", or: Caller("backward", "The slope that backward multiplies by ")
) {
  $0.z .> 0
} mistakes: {
  Mistake("value-for-slope", "is ReLU(z) itself; it should be 1 where z > 0 and 0 below.") {
    Mathematics.relu($0.z)
  }
  Mistake("slope-one", "is 1 below 0, too. (ReLU(z) >= 0 holds for every z; ask for z > 0.)") {
    $0.z.map { _ in 1 }
  }
  Mistake("slope-zero", "is 0 everywhere; it should be 1 where z > 0.") { $0.z * 0 }
  Mistake("slope-inverted", "is 1 below 0 and 0 above; it should be the other way around.") {
    $0.z .< 0
  }
  Mistake("slope-of-absolute", "is −1 below 0, as that of |z|; ReLU's is 0 there.") {
    $0.z.map { $0 > 0 ? 1 : -1 }
  }
  Mistake("slope-leaking", "is 0.01 below 0, as that of leaky ReLU; ReLU's is 0 there.") {
    $0.z.map { $0 > 0 ? 1 : 0.01 }
  }
  Mistake("slope-of-sigmoid", "is σ(z)·(1 − σ(z)), the sigmoid's; ReLU's is 1 or 0.") {
    $0.z.map { 1 / ((1 + exp(-$0)) * (1 + exp($0))) }
  }
  Mistake("slope-of-softplus", "is σ(z), that of softplus; ReLU's is 1 or 0.") {
    1 / (1 + exp(-$0.z))
  }
  Mistake("slope-from-one", ActivationSites.slopeFromOne) { $0.z .>= 1 }
  Mistake(
    "slope-nan-at-zero",
    "is not a number at z = 0, as ReLU(z)/z is; choose a value in [0, 1] there."
  ) { Mathematics.relu($0.z) / $0.z }
  Mistake("slope-at-upstream", ActivationSites.slopeAtUpstream, byCallersOnly: true) {
    $0.upstream .> 0
  }
  Mistake(
    "slope-at-both", "is cut where the upstream gradient is negative, too; only z decides.",
    byCallersOnly: true
  ) { ($0.z .> 0) * ($0.upstream .> 0) }
}

private let source = Memory<Matrix>.source(of: "backward", after: "value", handed: "z")

private struct Step: ActivationStep {
  let upstream, kept, slope: Matrix

  var hasValueForSlope: Bool { slope == Mathematics.relu(kept) }
}

private let steps = Site<Step, Matrix>("step back") {
  $0.gradient
} mistakes: {
  ActivationSites.upstreamOverwritten()
  Mistake(
    "mask-of-product",
    "upstream * z .> 0 is a mask of the product, as * binds tighter; write upstream * (z .> 0)."
  ) { $0.upstream * $0.kept .> 0 }
  ActivationSites.matrixProduct()
  ActivationSites.wrongFactors(kept: "z")
  Mistake(
    "step-negated",
    "Your backward has the wrong sign; return the upstream gradient times the slope."
  ) { -$0.gradient }
}
