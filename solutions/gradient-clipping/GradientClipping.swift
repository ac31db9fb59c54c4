import KataKit

struct GradientClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    // solution:begin
    // bug root-missing: let norm = gradients.map { ($0 * $0).sum() }.reduce(0, +)
    // bug sum-of-norms: let norm = gradients.map { sqrt(($0 * $0).sum()) }.reduce(0, +)
    // bug sum-of-magnitudes: let norm = gradients.map { abs($0).sum() }.reduce(0, +)
    // bug largest-norm: let norm = sqrt(gradients.map { ($0 * $0).sum() }.reduce(0, max))
    let norm = sqrt(gradients.map { ($0 * $0).sum() }.reduce(0, +))
    // One factor for all of them keeps the direction of the step.
    // bug small-scaled-up: guard norm < maximumNorm, norm > 0 else { return gradients }
    guard norm > maximumNorm else { return gradients }
    // bug unit-norm: return gradients.map { $0 / norm }
    // bug quotient-inverted: return gradients.map { $0 * (norm / maximumNorm) }
    return gradients.map { $0 * (maximumNorm / norm) }
    // solution:end
  }
}
