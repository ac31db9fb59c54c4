import Grading

extension PerceptronSuite {
  package enum Slip: ComposedMistake {
    /// The training may call `predictions`.
    case rule(WrongRule, Place)
    case error(WrongError)
    case update(WrongUpdate)
    case order(WrongOrder)
    case epochs(WrongEpochs)
    case start(WrongStart)

    /// What stands for 1 where z > 0 and 0 elsewhere.
    package enum WrongRule: String, CaseIterable, Sendable {
      case tie = "tie-is-one"
      case biasMissing = "bias-missing-in-z"
      case biasSubtracted = "bias-subtracted-in-z"
      case half = "threshold-half"
      case inverted = "prediction-inverted"
      case signs = "prediction-of-signs"
    }

    /// What stands for y − ŷ.
    package enum WrongError: String, CaseIterable, Sendable {
      case linear = "error-of-z"
      case logistic = "error-of-sigmoid"
      case label = "label-for-error"
      case always = "updates-when-right"
    }

    /// What stands for learningRate·error·x, and for learningRate·error.
    package enum WrongUpdate: String, CaseIterable, Sendable {
      case signFlipped = "sign-flipped"
      case onlyUp = "only-missed-ones"
      case onlyDown = "only-false-ones"
      case doubled
      case absolute = "sign-lost"
      case withoutRate = "learning-rate-missing"
      case weightsWithoutRate = "learning-rate-missing-for-weights"
      case biasWithoutRate = "learning-rate-missing-for-bias"
      case withoutInput = "input-missing"
      case biasFrozen = "bias-frozen"
      case biasPerFeature = "bias-per-feature"
    }

    package enum WrongOrder: String, CaseIterable, Sendable {
      case batch
      case batchMean = "batch-mean"
      case reversed
      case lastSkipped = "last-example-skipped"
      case stopsWhenRight = "stops-when-right"
      case biasAfterwards = "bias-error-computed-again"
      case biasBefore = "weights-error-computed-again"
      case firstWeights = "predicts-with-first-weights"
    }

    package enum WrongEpochs: String, CaseIterable, Sendable {
      case one = "one-epoch"
      case tooFew = "one-epoch-too-few"
      case tooMany = "one-epoch-too-many"
      case reset = "reset-each-epoch"
    }

    package enum WrongStart: String, CaseIterable, Sendable {
      case zeros = "begins-at-zero"
      case biasZero = "bias-begins-at-zero"
    }

    package static let allCases: [Slip] =
      WrongRule.allCases.flatMap { wrong in Place.allCases.map { .rule(wrong, $0) } }
      + WrongError.allCases.map(Slip.error) + WrongUpdate.allCases.map(Slip.update)
      + WrongOrder.allCases.map(Slip.order) + WrongEpochs.allCases.map(Slip.epochs)
      + WrongStart.allCases.map(Slip.start)

    package var rawValue: String {
      switch self {
      case .rule(let wrong, let place): wrong.rawValue + place.suffix("training")
      case .error(let wrong): wrong.rawValue
      case .update(let wrong): wrong.rawValue
      case .order(let wrong): wrong.rawValue
      case .epochs(let wrong): wrong.rawValue
      case .start(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .rule(let wrong, .everywhere): "You " + wrong.words
      case .rule(let wrong, .calleeOnly): "In the predictions you " + wrong.words
      case .rule(let wrong, .callerOnly): "In the training you " + wrong.words
      case .error(let wrong): wrong.words
      case .update(let wrong): wrong.words
      case .order(let wrong): wrong.words
      case .epochs(let wrong): wrong.words
      case .start(let wrong): wrong.words
      }
    }

    /// A rule that is wrong in one method only is at the site of the error in training: beside an error
    /// that asks for no prediction, it would be the same as one that is wrong in both.
    package var site: String {
      switch self {
      case .rule(_, .everywhere): "rule"
      case .rule, .error: "error"
      case .update: "update"
      case .order: "order"
      case .epochs: "epochs"
      case .start: "start"
      }
    }
  }
}

extension PerceptronSuite.Slip.WrongRule {
  fileprivate var words: String {
    switch self {
    case .tie: "predicted 1 at z = 0; only z > 0 is a 1."
    case .biasMissing: "left the bias out of z; it is added to the weighted sum."
    case .biasSubtracted: "subtracted the bias in z, as a threshold; it is added."
    case .half: "compared z with ½; the boundary is at z = 0."
    case .inverted: "predicted 1 below 0; it is predicted above."
    case .signs: "predicted −1 for the one class; labels and predictions are 0 and 1."
    }
  }
}

extension PerceptronSuite.Slip.WrongError {
  fileprivate var words: String {
    switch self {
    case .linear: "You took y − z for the error; it is y − ŷ with the prediction 0 or 1."
    case .logistic: "You took y − σ(z) for the error, logistic regression; it is y − ŷ, ŷ 0 or 1."
    case .label: "You took the label for the error; it is y − ŷ."
    case .always: "You moved by ±x after every example; those predicted right change nothing."
    }
  }
}

extension PerceptronSuite.Slip.WrongUpdate {
  fileprivate var words: String {
    switch self {
    case .signFlipped: "You moved by ŷ − y, away from the label; it is y − ŷ."
    case .onlyUp: "You only moved for a missed 1; a 1 that should be 0 counts as well, with −1."
    case .onlyDown: "You only moved for a 1 that should be 0; a missed 1 counts as well."
    case .doubled: "Your moves are twice too long, as with labels ±1; the error is 1, 0 or −1."
    case .absolute: "Your error has lost its sign; for a 1 that should be 0 it is −1."
    case .withoutRate: "You left the learning rate out."
    case .weightsWithoutRate: "You left the learning rate out for the weights."
    case .biasWithoutRate: "You left the learning rate out for the bias."
    case .withoutInput: "You moved every weight alike; weight i moves by learningRate·error·xᵢ."
    case .biasFrozen: "You never moved the bias; it moves by learningRate·error."
    case .biasPerFeature: "You moved the bias once for each feature; it moves once an example."
    }
  }
}

extension PerceptronSuite.Slip.WrongOrder {
  fileprivate var words: String {
    switch self {
    case .batch: "You moved at the end of the epoch; the rule moves after each example."
    case .batchMean:
      "You moved by the mean over the epoch, at its end; the rule moves after each example."
    case .reversed:
      "You took the examples from the last to the first; their order is that of the rows."
    case .lastSkipped: "You left the last example out of every epoch."
    case .stopsWhenRight:
      "You left the epoch at the first example that was right; go on to the next."
    case .biasAfterwards:
      "You predicted again between weights and bias; one error moves both."
    case .biasBefore:
      "You moved the bias first and predicted again for the weights; one error moves both."
    case .firstWeights:
      "You always predicted with the weights handed in; predict with those moved so far."
    }
  }
}

extension PerceptronSuite.Slip.WrongEpochs {
  fileprivate var words: String {
    switch self {
    case .one: "You only went through the examples once; there are more epochs."
    case .tooFew: "You took one epoch too few."
    case .tooMany: "You took one epoch too many."
    case .reset: "You began every epoch at the first weights; go on with those of the last epoch."
    }
  }
}

extension PerceptronSuite.Slip.WrongStart {
  fileprivate var words: String {
    switch self {
    case .zeros: "You began at zeros; begin at the weights and the bias handed in."
    case .biasZero: "You began at a bias of zero; begin at the one handed in."
    }
  }
}
