import KataKit

/// What a sample may be drawn from where only mean and variance are asked for.
package enum SampleForm: String, CustomStringConvertible, Sendable {
  case normal, uniform

  package var description: String { rawValue }

  /// P(X ≤ x) at mean 0 and variance 1.
  package func standardDistribution(_ x: Double) -> Double {
    switch self {
    case .normal: Sample.normalDistribution(x)
    case .uniform: min(max((x / 3.squareRoot() + 1) / 2, 0), 1)
    }
  }
}

extension Sample {
  /// The one that the sample is nearer to.
  package var form: SampleForm {
    distance(to: .uniform) < distance(to: .normal) ? .uniform : .normal
  }

  /// The distance to the distribution of that form with the sample's own mean and scale; NaN where it
  /// has no scale.
  package func distance(to form: SampleForm) -> Double {
    guard variance > 0 else { return .nan }
    let scale = 1 / variance.squareRoot()
    return distance { form.standardDistribution(($0 - mean) * scale) }
  }
}
