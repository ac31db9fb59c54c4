import Grading
import KataKit

extension SoftmaxSuite {
  package enum Slip: ListedMistake {
    case softmax(WrongSoftmax, Place)
    case product(WrongProduct)
    case signFlipped
    case averaged
    case remembered

    /// What stands for softmax.
    package enum WrongSoftmax: String, CaseIterable, Sendable {
      case overflowing = "overflowing-softmax"
      case shiftByMean = "shift-by-mean"
      case shiftByMinimum = "shift-by-minimum"
      case shiftByZeroOrMaximum = "shift-by-zero-or-maximum"
      case shiftByGlobalMaximum = "shift-by-global-maximum"
      case shiftByColumnMaximum = "shift-by-column-maximum"
      case dividedByColumnSums = "divided-by-column-sums"
      case dividedByTotalSum = "divided-by-total-sum"
      case dividedByRunningSums = "divided-by-running-sums"
      case addedMillionth = "divisor-plus-1e-6"
      case addedTenMillionth = "divisor-plus-1e-7"
      case addedHundredMillionth = "divisor-plus-1e-8"
      case addedBillionth = "divisor-plus-1e-9"
      case overColumns = "softmax-over-columns"
      case overEverything = "softmax-over-everything"
      case notNormalised = "not-normalised"
      case exponentialsAlone = "exponentials-alone"
      case exponentialsMissing = "exponentials-missing"
      case sigmoid
      case logarithm = "log-probabilities"
      case twice = "softmax-twice"
      case missing = "softmax-missing"
    }

    /// Whether the step back is through the value that is returned, or through one of its own.
    package enum Place: String, CaseIterable, Sendable {
      case everywhere = ""
      case backwardOnly = "-in-backward"
    }

    /// What stands for P ⊙ (U − Σ U⊙P), the sum over each row.
    package enum WrongProduct: String, CaseIterable, Sendable {
      case diagonal = "diagonal-jacobian"
      case diagonalOfOnes = "diagonal-of-ones"
      case outerProductOnly = "outer-product-only"
      case offDiagonalOnly = "off-diagonal-only"
      case offDiagonalSign = "off-diagonal-sign"
      case sumAdded = "sum-added"
      case sumMissing = "sum-missing"
      case parenthesesMissing = "parentheses-missing"
      case factorMissing = "outer-factor-missing"
      case sumOfUpstream = "sum-of-upstream"
      case meanForSum = "mean-for-sum"
      case sumOverColumns = "sum-over-columns"
      case sumOverEverything = "sum-over-everything"
      case logSoftmax = "slope-of-log-softmax"
      case crossEntropy = "p-minus-upstream"
      case overwritten = "upstream-overwritten"
      case unchanged = "upstream-unchanged"
    }

    package static let allCases: [Slip] =
      WrongSoftmax.allCases.flatMap { wrong in wrong.places.map { .softmax(wrong, $0) } }
      + WrongProduct.allCases.map(Slip.product) + [.signFlipped, .averaged, .remembered]

    package init?(rawValue: String) {
      guard let slip = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = slip
    }

    package var rawValue: String {
      switch self {
      case .softmax(let wrong, let place): wrong.rawValue + place.rawValue
      case .product(let wrong): wrong.rawValue
      case .signFlipped: "sign-flipped"
      case .averaged: "averaged"
      case .remembered: "last-call-remembered"
      }
    }

    package var sentence: String {
      switch self {
      case .softmax(let wrong, .everywhere): "Your softmax " + wrong.words
      case .softmax(let wrong, .backwardOnly): "The softmax inside your backward " + wrong.words
      case .product(let wrong): wrong.sentence
      case .signFlipped: "Your backward has the wrong sign: p · (u − Σ u·p) comes back."
      case .averaged:
        "You averaged your backward over the rows; the mean belongs to the loss, which is above."
      case .remembered:
        "Your backward answers from the last call of value; it is handed logits of its own: use those."
      }
    }

    package var site: String {
      switch self {
      case .softmax: "softmax"
      case .product: "product"
      case .signFlipped, .averaged, .remembered: rawValue
      }
    }
  }

  /// Softmax that can make any of the mistakes on purpose.
  struct Reference: SoftmaxKata {
    private var wrongSoftmax: (Slip.WrongSoftmax, Slip.Place)?
    private var wrongProduct: Slip.WrongProduct?
    private var factor: (Double) -> Double = { _ in 1 }
    private var memory: Memory<Matrix>?

    init() {}

    init(mistakes: Set<Slip>) {
      for mistake in mistakes {
        switch mistake {
        case .softmax(let wrong, let place): wrongSoftmax = (wrong, place)
        case .product(let wrong): wrongProduct = wrong
        case .signFlipped, .averaged: break
        case .remembered: memory = Memory()
        }
      }
      let sign = mistakes.contains(.signFlipped) ? -1.0 : 1
      factor = { sign / (mistakes.contains(.averaged) ? $0 : 1) }
    }

    func value(at logits: Matrix) -> Matrix {
      memory?.last = logits
      guard let (wrong, place) = wrongSoftmax, place == .everywhere else {
        return Mathematics.softmax(logits)
      }
      return wrong.evaluated(at: logits)
    }

    func backward(upstream: Matrix, logits: Matrix) -> Matrix {
      let logits = memory?.last(like: logits) ?? logits
      let p = wrongSoftmax?.0.evaluated(at: logits) ?? Mathematics.softmax(logits)
      let product =
        wrongProduct?.of(upstream, p) ?? p * (upstream - (upstream * p).sum(axis: 1))
      return product * factor(Double(logits.rows))
    }
  }
}

extension SoftmaxSuite.Slip.WrongSoftmax {
  /// A step back of its own is either missing its softmax, or goes wrong as others do.
  fileprivate var places: [SoftmaxSuite.Slip.Place] {
    switch self {
    case .missing: [.backwardOnly]
    case .exponentialsMissing, .sigmoid, .logarithm, .addedMillionth, .addedTenMillionth,
      .addedHundredMillionth, .addedBillionth:
      [.everywhere]
    default: SoftmaxSuite.Slip.Place.allCases
    }
  }

  fileprivate var words: String {
    switch self {
    case .overflowing: "overflows for large logits; subtract each row's maximum before exp."
    case .shiftByMean:
      "subtracts each row's mean, and may still overflow; subtract its maximum before exp."
    case .shiftByMinimum:
      "subtracts each row's minimum, and overflows all the sooner; subtract its maximum."
    case .shiftByZeroOrMaximum:
      "shifts by max(0, maximum): far below 0 every exp underflows. Shift by the maximum alone."
    case .shiftByGlobalMaximum:
      "shifts by the maximum of the whole matrix; rows far below it underflow to 0/0."
    case .shiftByColumnMaximum:
      "subtracts each column's maximum; only a shift of whole rows leaves it as it is."
    case .dividedByColumnSums:
      "divides by the sums of the columns; each row is divided by its own sum."
    case .dividedByTotalSum:
      "divides by the sum of the whole matrix; each row is divided by its own sum."
    case .dividedByRunningSums:
      "carries the sum on from row to row; each row's sum starts at 0."
    case .addedMillionth, .addedTenMillionth, .addedHundredMillionth, .addedBillionth:
      "adds an ε to the divisor; the sum is 1 at least, and rows that do not sum to 1 are left."
    case .overColumns: "runs down each column; it goes along each row."
    case .overEverything: "is one over the whole matrix; each row has its own."
    case .notNormalised: "does not divide by the sum of the exponentials."
    case .exponentialsAlone: "is exp(z) alone; shift each row, and divide by the row's sum."
    case .exponentialsMissing: "divides the logits by their sum; it is their exponentials."
    case .sigmoid: "is the sigmoid of each logit; each exponential is divided by its row's sum."
    case .logarithm: "returns the logarithms of the probabilities."
    case .twice: "is applied twice."
    case .missing: "is missing: P in p · (u − Σ u·p) is the probabilities, not the logits."
    }
  }

  fileprivate func evaluated(at logits: Matrix) -> Matrix {
    switch self {
    case .overflowing: Softmax(shift: .none)(logits)
    case .shiftByMean: Softmax(shift: .rowMean)(logits)
    case .shiftByMinimum: Softmax(shift: .rowMinimum)(logits)
    case .shiftByZeroOrMaximum: Softmax(shift: .zeroOrRowMaximum)(logits)
    case .shiftByGlobalMaximum: Softmax(shift: .globalMaximum)(logits)
    case .shiftByColumnMaximum: Softmax(shift: .columnMaximum)(logits)
    case .dividedByColumnSums: Softmax(divisor: .columnSums)(logits)
    case .dividedByTotalSum: Softmax(divisor: .totalSum)(logits)
    case .dividedByRunningSums: Softmax(divisor: .runningSums)(logits)
    case .addedMillionth: Softmax(epsilon: 1e-6)(logits)
    case .addedTenMillionth: Softmax(epsilon: 1e-7)(logits)
    case .addedHundredMillionth: Softmax(epsilon: 1e-8)(logits)
    case .addedBillionth: Softmax(epsilon: 1e-9)(logits)
    case .overColumns: Softmax(shift: .columnMaximum, divisor: .columnSums)(logits)
    case .overEverything: Softmax(shift: .globalMaximum, divisor: .totalSum)(logits)
    case .notNormalised: Softmax(divisor: .none)(logits)
    case .exponentialsAlone: exp(logits)
    case .exponentialsMissing: logits / logits.sum(axis: 1)
    case .sigmoid: logits.map { 1 / (1 + exp(-$0)) }
    case .logarithm: Mathematics.logSoftmax(logits)
    case .twice: Mathematics.softmax(Mathematics.softmax(logits))
    case .missing: logits
    }
  }
}

extension SoftmaxSuite.Slip.WrongProduct {
  fileprivate var sentence: String {
    switch self {
    case .diagonal:
      "You used only the diagonal of the Jacobian, p·(1 − p); every logit moves every probability."
    case .diagonalOfOnes:
      "The diagonal of your Jacobian is 1 − p²; it is p·(1 − p)."
    case .outerProductOnly: "Your Jacobian is −p·pᵀ alone; p itself is missing on its diagonal."
    case .offDiagonalOnly: "The diagonal of your Jacobian is 0; it is p·(1 − p)."
    case .offDiagonalSign: "Off the diagonal your Jacobian is +pⱼ·pₖ; it is −pⱼ·pₖ."
    case .sumAdded: "You added the sum of u·p; it is subtracted: p · (u − Σ u·p)."
    case .sumMissing: "Your backward is u·p; the sum of u·p is to be subtracted from u before."
    case .parenthesesMissing:
      "Your backward is p·u − Σ u·p; the sum is times p, too: put u − Σ u·p in parentheses."
    case .factorMissing: "You left out the p in front: it is p · (u − Σ u·p)."
    case .sumOfUpstream: "You subtracted the sum of u; it is the sum of u·p."
    case .meanForSum: "You subtracted the mean of u·p over the classes; it is the sum."
    case .sumOverColumns: "You summed u·p down the columns; the sum runs along each row."
    case .sumOverEverything: "You summed u·p over the whole matrix; each row has its own sum."
    case .logSoftmax: "Your backward is that of log-softmax, u − p·Σ u; softmax was asked for."
    case .crossEntropy:
      "Your backward is p − u, which holds for targets under cross-entropy; u is any gradient."
    case .overwritten:
      "Your backward returns the slope p·(1 − p); the upstream gradient goes through it."
    case .unchanged: "Your backward returns the upstream gradient as it came."
    }
  }

  fileprivate func of(_ u: Matrix, _ p: Matrix) -> Matrix {
    let sum = (u * p).sum(axis: 1)
    return switch self {
    case .diagonal: u * p * (1 - p)
    case .diagonalOfOnes: u - p * sum
    case .outerProductOnly: -p * sum
    case .offDiagonalOnly: p * (u * p - sum)
    case .offDiagonalSign: p * (u - 2 * u * p + sum)
    case .sumAdded: p * (u + sum)
    case .sumMissing: u * p
    case .parenthesesMissing: p * u - sum
    case .factorMissing: u - sum
    case .sumOfUpstream: p * (u - u.sum(axis: 1))
    case .meanForSum: p * (u - sum / Double(u.columns))
    case .sumOverColumns: p * (u - (u * p).sum(axis: 0))
    case .sumOverEverything: p * (u - sum.sum())
    case .logSoftmax: u - p * u.sum(axis: 1)
    case .crossEntropy: p - u
    case .overwritten: p * (1 - p)
    case .unchanged: u
    }
  }
}
