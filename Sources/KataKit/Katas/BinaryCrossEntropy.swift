/// Binary cross-entropy from probabilities, and its gradient.
public protocol BinaryCrossEntropyKata {
  init()

  /// −(1/(n·m))·Σᵢⱼ (tᵢⱼ·ln p̂ᵢⱼ + (1 − tᵢⱼ)·ln(1 − p̂ᵢⱼ)): the mean over all n × m entries, where p̂ is
  /// p clipped to [ε, 1 − ε], for any ε in 1e-15 … 1e-7.
  ///
  /// `probabilities` are n × m and in [0, 1], and so are `targets`, most often 0 or 1.
  func loss(probabilities: Matrix, targets: Matrix) -> Double

  /// The gradient with respect to the probabilities, n × m: the slope of the unclipped formula, taken
  /// at p̂. It is finite, and steep where p is 0 and the target 1.
  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix
}
