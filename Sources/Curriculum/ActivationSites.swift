import Grading
import KataKit

/// The step back through an activation: ∂L/∂Z = ∂L/∂A ⊙ f′(Z).
protocol ActivationStep: Sendable {
  var upstream: Matrix { get }
  var slope: Matrix { get }
}

extension ActivationStep {
  var gradient: Matrix { upstream * slope }
}

/// What people write for the step back through any activation.
enum ActivationSites {
  static func upstreamOverwritten<Step: ActivationStep>() -> Mistake<Step, Matrix> {
    Mistake(
      "upstream-overwritten",
      "Your backward returns the slope; it is the upstream gradient times the slope."
    ) { $0.slope }
  }

  static func matrixProduct<Step: ActivationStep>() -> Mistake<Step, Matrix> {
    Mistake(
      "matrix-product",
      "You took the matrix product of upstream and slope; they are multiplied elementwise."
    ) { $0.slope.rows == $0.slope.columns ? $0.upstream.matmul($0.slope) : nil }
  }

  /// Of a slope that has only two values.
  static let slopeFromOne = "is 1 only from z = 1 on; it is 1 wherever z > 0."
  static let slopeAtUpstream = "is taken at the upstream gradient; it is taken at z."
}
