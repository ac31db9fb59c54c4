import KataKit

struct GradientClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    // solution:begin
    let norm = sqrt(gradients.map { ($0 * $0).sum() }.reduce(0, +))
    // One factor for all, so that the direction of the step stays the same.
    guard norm > maximumNorm else { return gradients }
    return gradients.map { $0 * (maximumNorm / norm) }
    // solution:end
  }
}
