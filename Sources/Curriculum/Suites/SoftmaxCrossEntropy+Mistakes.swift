import Grading
import KataKit

extension SoftmaxCrossEntropySuite {
  package enum Slip: String, ListedMistake {
    case overflowingSoftmax = "overflowing-softmax"
    case shiftByZeroOrMaximum = "shift-by-zero-or-maximum"
    case shiftByGlobalMaximum = "shift-by-global-maximum"
    case shiftByColumnMaximum = "shift-by-column-maximum"
    case dividedByColumnSums = "divided-by-column-sums"
    case dividedByTotalSum = "divided-by-total-sum"
    case softmaxOverColumns = "softmax-over-columns"
    case softmaxOverEverything = "softmax-over-everything"
    case notNormalised = "not-normalised"
    case softmaxTwice = "softmax-twice"
    case logProbabilities = "log-probabilities"
    case summed
    case lossSummed = "loss-summed"
    case gradientSummed = "gradient-summed"
    case meanOverClassesToo = "mean-over-classes-too"
    case lossMeanOverClassesToo = "loss-mean-over-classes-too"
    case gradientMeanOverClassesToo = "gradient-mean-over-classes-too"
    case meanOverClasses = "mean-over-classes"
    case lossMeanOverClasses = "loss-mean-over-classes"
    case gradientMeanOverClasses = "gradient-mean-over-classes"
    case lossSignFlipped = "loss-sign-flipped"
    case logBase2 = "log-base-2"
    case logBase10 = "log-base-10"
    case logOfZero = "log-of-zero"
    case infiniteLoss = "infinite-loss"
    case lossSoftmaxTwice = "loss-softmax-twice"
    case lossOfLikeliestTarget = "loss-of-likeliest-target"
    case logOfExpectedProbability = "log-of-expected-probability"
    case binaryCrossEntropy = "binary-cross-entropy"
    case gradientSignFlipped = "gradient-sign-flipped"
    case factorTwo = "factor-two"
    case gradientSoftmaxTwice = "gradient-softmax-twice"
    case softmaxJacobianTwice = "softmax-jacobian-twice"
    case diagonalJacobian = "diagonal-jacobian"
    case gradientByProbabilities = "gradient-by-probabilities"
    case logitsForProbabilities = "logits-for-probabilities"
    case targetsNotSubtracted = "targets-not-subtracted"
    case gradientOfLikeliestTarget = "gradient-of-likeliest-target"
    case gradientThroughClipping = "gradient-through-clipping"
    case dividedByZeroProbability = "divided-by-zero-probability"
    case gradientSummedOverRows = "gradient-summed-over-rows"

    package var sentence: String {
      switch self {
      case .overflowingSoftmax:
        "Your softmax overflows for large logits; subtract each row's maximum before exp."
      case .shiftByZeroOrMaximum:
        "You shift by max(0, maximum): far below 0 every exp underflows. Shift by the maximum alone."
      case .shiftByGlobalMaximum:
        "You shift by the maximum of the whole matrix; rows far below it underflow to 0/0."
      case .shiftByColumnMaximum:
        "You subtracted each column's maximum; only a shift of whole rows leaves softmax as it is."
      case .dividedByColumnSums:
        "You divided by the sums of the columns; softmax divides by the sum of each row."
      case .dividedByTotalSum:
        "You divided by the sum of the whole matrix; softmax divides by the sum of each row."
      case .softmaxOverColumns: "You took softmax over each column; it is over each row."
      case .softmaxOverEverything:
        "You took one softmax over the whole matrix; each row has its own."
      case .notNormalised: "You did not divide by the sum of the exponentials."
      case .softmaxTwice: "You applied softmax twice."
      case .logProbabilities: "You returned the logarithms of the probabilities."
      case .summed:
        "Your gradient is right for your loss, but the loss is summed over the rows, not averaged."
      case .lossSummed: "Your loss is summed over the rows; it is their mean."
      case .gradientSummed:
        "Your gradient is that of the sum over the rows; the loss is their mean."
      case .meanOverClassesToo:
        "Your gradient is right for your loss, but the loss is averaged over rows and classes."
      case .lossMeanOverClassesToo:
        "Your loss is averaged over rows and classes; it is a mean over the rows only."
      case .gradientMeanOverClassesToo:
        "You divided the gradient by rows × classes; the loss is a mean over the rows only."
      case .meanOverClasses:
        "Your loss and gradient are divided by the number of classes; divide by that of the rows."
      case .lossMeanOverClasses:
        "You divided the loss by the number of classes; it is a mean over the rows."
      case .gradientMeanOverClasses:
        "You divided the gradient by the number of classes; the loss is a mean over the rows."
      case .lossSignFlipped: "Your loss lacks its minus sign."
      case .logBase2: "Your loss is in bits, with log₂; the logarithm is the natural one."
      case .logBase10: "Your loss uses log₁₀; the logarithm is the natural one."
      case .logOfZero:
        "Your loss is not a number where a probability rounds to 0, since 0 · ln 0 is none."
      case .infiniteLoss:
        "Your loss is infinite where the target's probability rounds to 0; clip, or use log-sum-exp."
      case .lossSoftmaxTwice: "You applied softmax to the probabilities again in the loss."
      case .lossOfLikeliestTarget:
        "Your loss only looks at each row's largest target; with soft targets every class counts."
      case .logOfExpectedProbability:
        "You took the logarithm of Σ T·p; the sum is outside of it: Σ T·ln p."
      case .binaryCrossEntropy:
        "You added (1 − T)·ln(1 − p), as in binary cross-entropy; softmax needs T·ln p alone."
      case .gradientSignFlipped: "Your gradient is y − p; the gradient of the loss is p − y."
      case .factorTwo:
        "Your gradient has a factor 2, as a squared error would; cross-entropy has none."
      case .gradientSoftmaxTwice:
        "You applied softmax to the probabilities again in the gradient."
      case .softmaxJacobianTwice:
        "You multiplied p − y by the Jacobian of softmax again; p − y already contains it."
      case .diagonalJacobian:
        "You used only the diagonal of softmax's Jacobian; every logit moves every probability."
      case .gradientByProbabilities:
        "Your gradient −y/p is with respect to the probabilities; the logits are asked for."
      case .logitsForProbabilities:
        "You subtracted the targets from the logits; softmax is missing before p − y."
      case .targetsNotSubtracted: "Your gradient is p alone; the targets are to be subtracted."
      case .gradientOfLikeliestTarget:
        "Your gradient only looks at each row's largest target; subtract soft targets as they are."
      case .gradientThroughClipping:
        "Your gradient goes through the clipping, and vanishes where the target's probability is 0."
      case .dividedByZeroProbability:
        "Your gradient divides by probabilities, and they round to 0; p − y needs no division."
      case .gradientSummedOverRows:
        "You reduced the gradient over the rows; it has the shape of the logits."
      }
    }

    package var site: String {
      switch self {
      case .overflowingSoftmax, .shiftByZeroOrMaximum, .shiftByGlobalMaximum,
        .shiftByColumnMaximum, .dividedByColumnSums, .dividedByTotalSum:
        "shift"
      case .softmaxOverColumns, .softmaxOverEverything, .notNormalised: "divisor"
      case .summed, .lossSummed, .gradientSummed, .meanOverClassesToo, .lossMeanOverClassesToo,
        .gradientMeanOverClassesToo, .meanOverClasses, .lossMeanOverClasses,
        .gradientMeanOverClasses:
        "mean"
      case .logBase2, .logBase10: "base"
      case .logOfZero, .infiniteLoss: "zero"
      case .lossOfLikeliestTarget, .logOfExpectedProbability, .binaryCrossEntropy: "loss"
      case .gradientSoftmaxTwice, .softmaxJacobianTwice, .diagonalJacobian,
        .gradientByProbabilities, .logitsForProbabilities, .targetsNotSubtracted,
        .gradientOfLikeliestTarget, .gradientThroughClipping, .dividedByZeroProbability:
        "gradient"
      default: rawValue
      }
    }
  }

  /// Softmax and cross-entropy that can make any of the mistakes on purpose.
  struct Reference: SoftmaxCrossEntropyKata {
    let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func probabilities(of logits: Matrix) -> Matrix {
      makes(.logProbabilities) ? logarithm(of: p(logits)) : p(logits)
    }

    func loss(logits: Matrix, targets: Matrix) -> Double {
      let total = -sum(logits: logits, targets: targets)
      let (rows, classes) = (Double(logits.rows), Double(logits.columns))
      let loss =
        if makes(.summed) || makes(.lossSummed) {
          total
        } else if makes(.meanOverClassesToo) || makes(.lossMeanOverClassesToo) {
          total / (rows * classes)
        } else if makes(.meanOverClasses) || makes(.lossMeanOverClasses) {
          total / classes
        } else {
          total / rows
        }
      return makes(.lossSignFlipped) ? -loss : loss
    }

    func gradient(logits: Matrix, targets: Matrix) -> Matrix {
      var gradient = sumGradient(logits: logits, targets: targets)
      if makes(.gradientSignFlipped) { gradient = -gradient }
      if makes(.factorTwo) { gradient *= 2 }
      if makes(.gradientSummedOverRows) { gradient = gradient.sum(axis: 0) }
      let (rows, classes) = (Double(logits.rows), Double(logits.columns))
      if makes(.summed) || makes(.gradientSummed) { return gradient }
      if makes(.meanOverClassesToo) || makes(.gradientMeanOverClassesToo) {
        return gradient / (rows * classes)
      }
      if makes(.meanOverClasses) || makes(.gradientMeanOverClasses) { return gradient / classes }
      return gradient / rows
    }

    private func p(_ logits: Matrix) -> Matrix {
      makes(.softmaxTwice) ? Mathematics.softmax(softmax(logits)) : softmax(logits)
    }

    private var softmax: Softmax {
      var softmax = Softmax()
      if makes(.softmaxOverColumns) { softmax = .init(shift: .columnMaximum, divisor: .columnSums) }
      if makes(.softmaxOverEverything) {
        softmax = .init(shift: .globalMaximum, divisor: .totalSum)
      }
      if makes(.notNormalised) { softmax.divisor = .none }
      if makes(.dividedByColumnSums) { softmax = .init(divisor: .columnSums) }
      if makes(.dividedByTotalSum) { softmax = .init(divisor: .totalSum) }
      if makes(.overflowingSoftmax) { softmax.shift = .none }
      if makes(.shiftByZeroOrMaximum) { softmax.shift = .zeroOrRowMaximum }
      if makes(.shiftByGlobalMaximum) { softmax.shift = .globalMaximum }
      if makes(.shiftByColumnMaximum) { softmax.shift = .columnMaximum }
      return softmax
    }

    /// Σ T·ln p over rows and classes.
    private func sum(logits: Matrix, targets: Matrix) -> Double {
      let p = makes(.lossSoftmaxTwice) ? Mathematics.softmax(p(logits)) : p(logits)
      let t = makes(.lossOfLikeliestTarget) ? likeliest(targets) : targets
      let base = makes(.logBase2) ? log(2.0) : makes(.logBase10) ? log(10.0) : 1
      if makes(.logOfExpectedProbability) {
        return logarithm(of: (t * p).sum(axis: 1)).sum() / base
      }
      if makes(.binaryCrossEntropy) {
        return (t * logarithm(of: p) + (1 - t) * logarithm(of: 1 - p)).sum() / base
      }
      if makes(.infiniteLoss) {
        let terms = zip(t.elements, p.elements).map { $0 == 0 ? 0 : $0 * log($1) }
        return terms.reduce(0, +) / base
      }
      // The logarithm of the true softmax is finite even where the softmax is 0.
      let isTrue = p == Mathematics.softmax(logits) && !makes(.logOfZero)
      return (t * (isTrue ? Mathematics.logSoftmax(logits) : logarithm(of: p))).sum() / base
    }

    /// −∞ only where the mistake is to have it.
    private func logarithm(of p: Matrix) -> Matrix {
      log(makes(.logOfZero) || makes(.infiniteLoss) ? p : maximum(p, 1e-300))
    }

    /// n times the gradient of the mean.
    private func sumGradient(logits: Matrix, targets: Matrix) -> Matrix {
      let p = p(logits)
      if makes(.gradientSoftmaxTwice) { return Mathematics.softmax(p) - targets }
      if makes(.softmaxJacobianTwice) { return throughSoftmax(p - targets, p) }
      if makes(.diagonalJacobian) { return targets * (p - 1) }
      if makes(.gradientByProbabilities) { return -targets / p }
      if makes(.logitsForProbabilities) { return logits - targets }
      if makes(.targetsNotSubtracted) { return p }
      if makes(.gradientOfLikeliestTarget) { return p - likeliest(targets) }
      if makes(.gradientThroughClipping) { return throughSoftmax(-targets / maximum(p, 1e-7), p) }
      if makes(.dividedByZeroProbability) { return throughSoftmax(-targets / p, p) }
      return p - targets
    }

    /// The Jacobian of softmax times `upstream`, row by row.
    private func throughSoftmax(_ upstream: Matrix, _ p: Matrix) -> Matrix {
      p * (upstream - (p * upstream).sum(axis: 1))
    }

    private func likeliest(_ targets: Matrix) -> Matrix {
      var oneHot = targets * 0
      for (row, label) in targets.argmax(axis: 1).enumerated() { oneHot[row, label] = 1 }
      return oneHot
    }
  }
}
