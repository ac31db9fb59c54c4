import Grading

extension LayerNormSuite {
  package enum Slip: ListedMistake {
    case statistics(WrongStatistics, Place)
    case affine(WrongAffine)
    case scaleBack(WrongScaleBack)
    case inputs(WrongInputs)
    case averaged
    case gamma(WrongGamma)
    case sum(WrongSum, Parameter)
    case parametersSwapped
    case remembered

    /// What stands for (x − μ)/√(v + ε).
    package enum WrongStatistics: String, CaseIterable, Sendable {
      case overBatch = "statistics-over-batch"
      case unbiased = "unbiased-variance"
      case epsilonOutside = "epsilon-outside-root"
      case epsilonMissing = "epsilon-missing"
      case epsilonFixed = "epsilon-fixed"
      case rootMissing = "root-missing"
      case overEverything = "statistics-over-everything"
      case sumOfSquares = "sum-of-squares"
      case onePass = "one-pass-variance"
      case rootMeanSquare = "root-mean-square"
      case notCentred = "variance-not-centred"
      case meanNotSubtracted = "mean-not-subtracted"
      case notScaled = "not-divided"
    }

    /// Who uses them: forward and backward may share them or have their own.
    package enum Place: String, CaseIterable, Sendable {
      case everywhere = ""
      case forwardOnly = "-in-forward"
      case backwardOnly = "-in-backward"
      /// Everywhere, but for the means on the way back, which run along each row.
      case exceptMeansBack = "-with-means-of-rows-in-backward"
    }

    /// What stands for γ·x̂ + β.
    package enum WrongAffine: String, CaseIterable, Sendable {
      case gammaMissing = "gamma-missing"
      case betaMissing = "beta-missing"
      case bothMissing = "gamma-and-beta-missing"
      case betaInside = "beta-inside"
      case swapped = "gamma-and-beta-swapped"
      case acrossRows = "gamma-and-beta-across-rows"
    }

    /// What stands for δ = u·γ.
    package enum WrongScaleBack: String, CaseIterable, Sendable {
      case gammaMissing = "gamma-missing-in-dx"
      case gammaLate = "gamma-late-in-dx"
    }

    /// What stands for (δ − mean(δ) − x̂·mean(δ·x̂))/σ.
    package enum WrongInputs: String, CaseIterable, Sendable {
      case unchanged = "normalisation-skipped-in-dx"
      case constants = "mean-and-variance-constant"
      case meanConstant = "mean-constant"
      case varianceConstant = "variance-constant"
      case varianceAdded = "variance-term-added"
      case varianceUnscaled = "variance-term-not-scaled"
      case varianceUnbiased = "variance-term-unbiased"
      case sums = "sums-for-means"
      case dividedByRows = "divided-by-rows"
      case overBatch = "means-over-batch"
      case notDivided = "dx-not-divided"
      case lastTermDivided = "dx-last-term-divided"
      case dividedByVariance = "dx-divided-by-variance"
    }

    /// What stands for u·x̂ in dγ.
    package enum WrongGamma: String, CaseIterable, Sendable {
      case fromInputs = "dgamma-from-inputs"
      case fromCentred = "dgamma-from-centred"
      case sumOfUpstream = "dgamma-sum-of-upstream"
    }

    /// What stands for the sum over the rows.
    package enum WrongSum: String, CaseIterable, Sendable {
      case averaged = "averaged"
      case notSummed = "not-summed"
      case overFeatures = "over-features"
      case scaled = "scaled"
    }

    package enum Parameter: String, CaseIterable, Sendable {
      case gamma = "dgamma-"
      case beta = "dbeta-"

      fileprivate var symbol: String { self == .gamma ? "γ" : "β" }
    }

    package static let allCases: [Slip] =
      WrongStatistics.allCases.flatMap { wrong in wrong.places.map { .statistics(wrong, $0) } }
      + WrongAffine.allCases.map(Slip.affine) + WrongScaleBack.allCases.map(Slip.scaleBack)
      + WrongInputs.allCases.map(Slip.inputs) + [.averaged]
      + WrongGamma.allCases.map(Slip.gamma)
      + Parameter.allCases.flatMap { parameter in WrongSum.allCases.map { .sum($0, parameter) } }
      + [.parametersSwapped, .remembered]

    package init?(rawValue: String) {
      guard let slip = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = slip
    }

    package var rawValue: String {
      switch self {
      case .statistics(let wrong, let place): wrong.rawValue + place.rawValue
      case .affine(let wrong): wrong.rawValue
      case .scaleBack(let wrong): wrong.rawValue
      case .inputs(let wrong): wrong.rawValue
      case .averaged: "dx-averaged"
      case .gamma(let wrong): wrong.rawValue
      case .sum(let wrong, let parameter): parameter.rawValue + wrong.rawValue
      case .parametersSwapped: "dgamma-and-dbeta-swapped"
      case .remembered: "last-call-remembered"
      }
    }

    package var sentence: String {
      switch self {
      case .statistics(let wrong, .everywhere), .statistics(let wrong, .exceptMeansBack):
        "You " + wrong.words
      case .statistics(let wrong, .forwardOnly): "In forward you " + wrong.words
      case .statistics(let wrong, .backwardOnly): "In backward you " + wrong.words
      case .affine(let wrong): wrong.sentence
      case .scaleBack(.gammaMissing):
        "γ is missing from dX; ∂L/∂x̂ is the upstream gradient times γ."
      case .scaleBack(.gammaLate):
        "You multiplied dX by γ at the end; it belongs to the upstream gradient, before the means."
      case .inputs(let wrong): wrong.sentence
      case .averaged:
        "You divided dX by the number of rows; the mean over them belongs to the loss."
      case .gamma(let wrong): wrong.sentence
      case .sum(let wrong, let parameter): wrong.sentence(parameter.symbol)
      case .parametersSwapped: "You returned dγ as dβ and dβ as dγ."
      case .remembered:
        "Your backward answers from the last call of forward; it is handed inputs of its own: use those."
      }
    }

    package var site: String {
      switch self {
      case .statistics: "statistics"
      case .affine: "affine"
      case .scaleBack: "scale back"
      case .inputs: "inputs"
      case .averaged, .remembered: rawValue
      case .parametersSwapped, .gamma: "gamma"
      case .sum(_, let parameter): parameter.rawValue
      }
    }
  }
}

extension LayerNormSuite.Slip.WrongStatistics {
  fileprivate var places: [LayerNormSuite.Slip.Place] {
    switch self {
    case .overBatch: LayerNormSuite.Slip.Place.allCases
    case .unbiased, .epsilonOutside, .epsilonMissing, .epsilonFixed, .rootMissing,
      .onePass:
      [.everywhere, .forwardOnly, .backwardOnly]
    case .overEverything: [.everywhere, .exceptMeansBack]
    default: [.everywhere]
    }
  }

  fileprivate var words: String {
    switch self {
    case .overBatch:
      "took mean and variance down the columns, as batch norm does; each row has its own."
    case .unbiased: "divided the variance by features − 1; it is the biased one, by features."
    case .epsilonOutside: "added ε beside the root; it is √(v + ε)."
    case .epsilonMissing: "left out the ε that is handed in; it is √(v + ε)."
    case .epsilonFixed: "used an ε of 1e-5; it is the one that is handed in."
    case .rootMissing: "divided by the variance; divide by its root, √(v + ε)."
    case .overEverything:
      "took one mean and variance for the whole matrix; each row has its own."
    case .sumOfSquares: "summed the squares for the variance; it is their mean."
    case .onePass:
      "took the variance as E[x²] − mean², which loses its digits far from 0; centre first."
    case .rootMeanSquare:
      "did not subtract the mean, as in RMS norm; layer norm centres each row first."
    case .notCentred:
      "took the mean of x² for the variance; it is the mean of (x − μ)²."
    case .meanNotSubtracted: "divided x by its deviation; x minus its mean is divided."
    case .notScaled: "did not divide by the standard deviation."
    }
  }
}

extension LayerNormSuite.Slip.WrongAffine {
  fileprivate var sentence: String {
    switch self {
    case .gammaMissing: "Your forward leaves γ out; it is γ·x̂ + β."
    case .betaMissing: "Your forward leaves β out; it is γ·x̂ + β."
    case .bothMissing: "Your forward leaves γ and β out; it is γ·x̂ + β."
    case .betaInside: "You multiplied β by γ, too; it is γ·x̂ + β."
    case .swapped: "Your forward has γ and β swapped; it is γ·x̂ + β."
    case .acrossRows: "You gave each row its γ and β; each feature has its own."
    }
  }
}

extension LayerNormSuite.Slip.WrongInputs {
  fileprivate var sentence: String {
    switch self {
    case .unchanged: "You skipped the normalisation on the way back to dX; δ goes through it, too."
    case .constants:
      "Your dX takes mean and deviation for constants; both move with every entry of the row."
    case .meanConstant: "Your dX takes the mean for a constant; the mean of δ is missing."
    case .varianceConstant:
      "Your dX takes the deviation for a constant; x̂ times the mean of δ·x̂ is missing."
    case .varianceAdded: "You added x̂ times the mean of δ·x̂ in dX; it is subtracted."
    case .varianceUnscaled: "In dX you subtracted the mean of δ·x̂ alone; it is multiplied by x̂."
    case .lastTermDivided:
      "In dX only the last term is divided by the standard deviation; it takes parentheses."
    case .varianceUnbiased:
      "In dX you divided the sum of δ·x̂ by features − 1; the variance divides by features."
    case .sums: "Your dX subtracts sums over the features; they are means."
    case .dividedByRows: "The means in your dX divide by the number of rows; it is the features'."
    case .overBatch: "The means in your dX run down the columns; they run along each row."
    case .notDivided: "Your dX is not divided by the standard deviation."
    case .dividedByVariance:
      "You divided dX by the standard deviation twice; once is right."
    }
  }
}

extension LayerNormSuite.Slip.WrongGamma {
  fileprivate var sentence: String {
    switch self {
    case .fromInputs: "You took dγ from the inputs x; it is from the normalised x̂."
    case .fromCentred: "You took dγ from x − μ; it is from the normalised x̂."
    case .sumOfUpstream: "Your dγ goes by u, which is dβ's; it goes by u·x̂."
    }
  }
}

extension LayerNormSuite.Slip.WrongSum {
  fileprivate func sentence(_ symbol: String) -> String {
    switch self {
    case .averaged: "You averaged d\(symbol) over the rows; it is their sum."
    case .notSummed: "You did not sum d\(symbol) over the rows."
    case .overFeatures: "You summed d\(symbol) along each row; it is a sum over the rows."
    case .scaled: "You multiplied d\(symbol) by γ; it goes by the upstream gradient as it is."
    }
  }
}
