import KataKit

extension LayerNormSuite {
  struct Inputs {
    let x: Matrix
    let epsilon: Double
    /// Whether it is backward that asks; it may share the statistics of forward, or have its own.
    let isBack: Bool

    var centered: Matrix { x - x.mean(axis: 1) }
    var variance: Matrix { (centered * centered).mean(axis: 1) }
    var meanSquare: Matrix { (x * x).mean(axis: 1) }

    func statistics(by mean: @escaping (Matrix) -> Matrix) -> Statistics {
      let centered = x - mean(x)
      return Statistics(
        centered: centered, deviations: sqrt(mean(centered * centered) + epsilon), mean: mean)
    }

    func centered(over deviations: Matrix) -> Statistics {
      Statistics(centered: centered, deviations: deviations)
    }
  }

  struct Statistics {
    let centered, deviations: Matrix
    /// What the means on the way back are: who takes statistics over something else goes back so, too.
    var mean: (Matrix) -> Matrix = { $0.mean(axis: 1) }
    var isCentered = true, isScaled = true
    var hasOwnMeansBack = false

    var normalized: Matrix { centered / deviations }

    func step(from delta: Matrix) -> NormStep {
      NormStep(
        delta: delta, x: normalized, deviations: deviations, mean: mean, isCentered: isCentered,
        isScaled: isScaled, hasOwnMeans: hasOwnMeansBack)
    }
  }
}
