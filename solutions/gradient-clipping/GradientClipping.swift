import KataKit

struct GradientClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    // solution:begin
    let norm = sqrt(gradients.map { ($0 * $0).sum() }.reduce(0, +))
    // One factor for all of them keeps the direction of the step.
    guard norm > maximumNorm else { return gradients }
    return gradients.map { $0 * (maximumNorm / norm) }
    // solution:end
  }
}
