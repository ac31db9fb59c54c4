import Grading
import KataKit

/// The step back through an activation: ∂L/∂Z = ∂L/∂A ⊙ f′(Z).
protocol ActivationStep: Sendable {
  /// What the forward pass kept: z, or the activation.
  var kept: Matrix { get }
  /// Whether the value stands where the slope should.
  var hasValueForSlope: Bool { get }
  var upstream: Matrix { get }
  var slope: Matrix { get }
}

extension ActivationStep {
  var gradient: Matrix { upstream * slope }
  var hasValueForSlope: Bool { false }
  fileprivate var hasLostTheSlope: Bool { kept.max() > 0 && abs(slope).max() == 0 }
}

/// What people write for the step back through any activation.
enum ActivationSites {
  static func upstreamOverwritten<Step: ActivationStep>() -> Mistake<Step, Matrix> {
    Mistake(
      "upstream-overwritten",
      "Your backward returns the slope alone; multiply the upstream gradient by the slope."
    ) { $0.hasValueForSlope ? nil : $0.slope }
  }

  static func matrixProduct<Step: ActivationStep>() -> Mistake<Step, Matrix> {
    Mistake(
      "matrix-product",
      "You took the matrix product of upstream and slope; multiply them elementwise."
    ) { $0.slope.rows == $0.slope.columns ? $0.upstream.matmul($0.slope) : nil }
  }

  /// What people write for any of them beside the slope, with what the forward pass kept in `name`.
  static func wrongFactors<Step: ActivationStep>(kept name: String) -> [Mistake<Step, Matrix>] {
    [
      Mistake(
        "kept-for-upstream",
        "Your backward multiplies \(name) by the slope; multiply the upstream gradient by the slope."
      ) { $0.kept * $0.slope },
      Mistake(
        "slope-added",
        "You added the slope to the upstream gradient; multiply the upstream gradient by the slope."
      ) { $0.hasLostTheSlope ? nil : $0.upstream + $0.slope },
      Mistake(
        "step-averaged",
        "You divided backward by the number of rows; the mean belongs to the loss, not here."
      ) { $0.gradient / Double($0.upstream.rows) },
    ]
  }

  /// Of a slope that has only two values.
  static let slopeFromOne = "is 1 only from z = 1 on; return 1 wherever z > 0."
  static let slopeAtUpstream = "is taken at the upstream gradient; take the slope at z."
}
