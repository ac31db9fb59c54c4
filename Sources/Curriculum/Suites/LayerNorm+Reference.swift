import KataKit

extension LayerNormSuite {
  /// Layer normalisation that can make any of the mistakes on purpose.
  struct Reference: LayerNormKata {
    private var wrongStatistics: (Slip.WrongStatistics, Slip.Place)?
    private var wrongAffine: Slip.WrongAffine?
    private var wrongScaleBack: Slip.WrongScaleBack?
    private var wrongInputs: Slip.WrongInputs?
    private var isAveraged = false
    private var wrongGamma: Slip.WrongGamma?
    private var wrongSums: [Slip.Parameter: Slip.WrongSum] = [:]
    private var isSwapped = false
    private var memory: Memory<Matrix>?

    init() {}

    init(mistakes: Set<Slip>) {
      for mistake in mistakes {
        switch mistake {
        case .statistics(let wrong, let place): wrongStatistics = (wrong, place)
        case .affine(let wrong): wrongAffine = wrong
        case .scaleBack(let wrong): wrongScaleBack = wrong
        case .inputs(let wrong): wrongInputs = wrong
        case .averaged: isAveraged = true
        case .gamma(let wrong): wrongGamma = wrong
        case .sum(let wrong, let parameter): wrongSums[parameter] = wrong
        case .parametersSwapped: isSwapped = true
        case .remembered: memory = Memory()
        }
      }
    }

    func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
      memory?.last = inputs
      let (centred, deviations) = statistics(inputs, epsilon, unless: .backwardOnly)
      let normalised = centred / deviations
      return switch wrongAffine {
      case .gammaMissing: normalised + beta
      case .betaMissing: gamma * normalised
      case .bothMissing: normalised
      case .betaInside: gamma * (normalised + beta)
      case .swapped: beta * normalised + gamma
      case .acrossRows where inputs.rows == inputs.columns:
        gamma.transposed * normalised + beta.transposed
      case .acrossRows, nil: gamma * normalised + beta
      }
    }

    func backward(
      upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
    ) -> LayerNormGradient {
      let inputs = memory?.last(like: inputs) ?? inputs
      let (centred, deviations) = statistics(inputs, epsilon, unless: .forwardOnly)
      let normalised = centred / deviations
      let delta = wrongScaleBack == nil ? upstream * gamma : upstream
      var dX = gradient(delta, normalised, deviations)
      if wrongScaleBack == .gammaLate { dX = dX * gamma }
      if isAveraged { dX /= Double(inputs.rows) }
      let dGamma = sum(gammaTerms(upstream, inputs, centred, normalised), gamma, .gamma)
      let dBeta = sum(upstream, gamma, .beta)
      return LayerNormGradient(
        inputs: dX, gamma: isSwapped ? dBeta : dGamma, beta: isSwapped ? dGamma : dBeta)
    }

    /// x − μ and √(v + ε).
    private func statistics(
      _ x: Matrix, _ epsilon: Double, unless other: Slip.Place
    ) -> (centred: Matrix, deviations: Matrix) {
      let wrong = wrongStatistics?.1 == other ? nil : wrongStatistics?.0
      let centred = x - mean(x, wrong)
      let m = Double(x.columns)
      let variance =
        switch wrong {
        case .unbiased: (centred * centred).sum(axis: 1) / (m - 1)
        case .sumOfSquares: (centred * centred).sum(axis: 1)
        case .onePass: (x * x).mean(axis: 1) - x.mean(axis: 1) * x.mean(axis: 1)
        case .rootMeanSquare, .notCentred: (x * x).mean(axis: 1)
        default: mean(centred * centred, wrong)
        }
      return switch wrong {
      case .epsilonOutside: (centred, sqrt(variance) + epsilon)
      case .epsilonMissing: (centred, sqrt(variance))
      case .epsilonFixed: (centred, sqrt(variance + 1e-5))
      case .rootMissing: (centred, variance + epsilon)
      case .rootMeanSquare, .meanNotSubtracted: (x, sqrt(variance + epsilon))
      case .notScaled: (centred, variance * 0 + 1)
      default: (centred, sqrt(variance + epsilon))
      }
    }

    private func mean(_ x: Matrix, _ wrong: Slip.WrongStatistics?) -> Matrix {
      switch wrong {
      case .overBatch: x.mean(axis: 0)
      case .overEverything: Matrix(rows: 1, columns: 1, repeating: x.mean())
      default: x.mean(axis: 1)
      }
    }

    /// ∂L/∂X from δ = ∂L/∂x̂. Who takes the statistics over something else goes back through them.
    private func gradient(_ delta: Matrix, _ normalised: Matrix, _ deviations: Matrix) -> Matrix {
      let wrong = wrongStatistics?.1 == .forwardOnly ? nil : wrongStatistics?.0
      func mean(_ matrix: Matrix) -> Matrix {
        let goesAlongRows = wrongStatistics?.1 == .exceptMeansBack
        return switch wrongInputs {
        case .sums: matrix.sum(axis: 1)
        case .dividedByRows: matrix.sum(axis: 1) / Double(matrix.rows)
        case .overBatch where !goesAlongRows: matrix.mean(axis: 0)
        default: self.mean(matrix, goesAlongRows ? nil : wrong)
        }
      }
      let m = Double(delta.columns)
      let throughMean = wrong == .rootMeanSquare ? delta * 0 : mean(delta)
      let throughVariance =
        wrong == .notScaled ? delta * 0 : normalised * mean(delta * normalised)
      return switch wrongInputs {
      case .unchanged: delta
      case .constants: delta / deviations
      case .meanConstant: (delta - throughVariance) / deviations
      case .varianceConstant: (delta - throughMean) / deviations
      case .varianceAdded: (delta - throughMean + throughVariance) / deviations
      case .varianceUnscaled: (delta - throughMean - mean(delta * normalised)) / deviations
      case .varianceUnbiased:
        (delta - throughMean - throughVariance * (m / (m - 1))) / deviations
      case .notDivided: delta - throughMean - throughVariance
      case .lastTermDivided: delta - throughMean - throughVariance / deviations
      case .dividedByVariance:
        (delta - throughMean - throughVariance) / (deviations * deviations)
      default: (delta - throughMean - throughVariance) / deviations
      }
    }

    private func gammaTerms(
      _ upstream: Matrix, _ inputs: Matrix, _ centred: Matrix, _ normalised: Matrix
    ) -> Matrix {
      switch wrongGamma {
      case .fromInputs: upstream * inputs
      case .fromCentred: upstream * centred
      case .sumOfUpstream: upstream
      case nil: upstream * normalised
      }
    }

    private func sum(_ terms: Matrix, _ gamma: Matrix, _ parameter: Slip.Parameter) -> Matrix {
      switch wrongSums[parameter] {
      case .averaged: terms.mean(axis: 0)
      case .notSummed: terms
      case .overFeatures: terms.sum(axis: 1)
      case .scaled: (terms * gamma).sum(axis: 0)
      case nil: terms.sum(axis: 0)
      }
    }
  }
}
