package import Grading
package import KataKit
import SharedAnswers

extension PerceptronSuite {
  package static let mistakes = MistakeCatalogue(
    at: [rules, errors, updates, orders, epochCounts, starts])

  package static func reference(at: Computation<Self>) -> any PerceptronKata {
    let trained = at(orders, at(epochCounts, at(starts, Parts())))
    return Reference(parts: at(updates, at(rules, at(errors, trained))))
  }
}

private typealias Parts = PerceptronSuite.Parts

// MARK: ŷ is 1 where z > 0, and 0 elsewhere

private let rules = Site<Parts, Parts>("rule") {
  $0
} mistakes: {
  wrongRules.inBoth
}

private let wrongRules = SharedMistakes<Parts, PerceptronSuite.NetInput, PerceptronSuite.Outcome>(
  of: \.rule, or: "training", ("You ", "In the predictions you ", "In the training you ")
) {
  SharedMistake("tie-is-one", "predicted 1 at z = 0; only z > 0 is a 1.") {
    .init(z: $0.z, prediction: $0.z >= 0 ? 1 : 0)
  }
  SharedMistake("bias-missing-in-z", "left the bias out of z; add it to the weighted sum.") {
    .init(z: $0.sum)
  }
  SharedMistake("bias-subtracted-in-z", "subtracted the bias in z, as a threshold; add it.") {
    .init(z: $0.sum - $0.bias)
  }
  SharedMistake("threshold-half", "compared z with ½; the boundary is at z = 0.") {
    .init(z: $0.z, prediction: $0.z > 0.5 ? 1 : 0)
  }
  SharedMistake("prediction-inverted", "predicted 1 below 0; predict 1 above 0.") {
    .init(z: $0.z, prediction: $0.z < 0 ? 1 : 0)
  }
  SharedMistake(
    "prediction-of-signs",
    "predicted −1 for the one class; labels and predictions are 0 and 1."
  ) { .init(z: $0.z, prediction: $0.z > 0 ? 1 : -1) }
}

private let errors = Site<Parts, Parts>("error") {
  $0
} mistakes: {
  wrongRules.inOne
  Mistake(
    "error-of-z",
    "You took y − z for the error; use y − ŷ, where the prediction ŷ is 0 or 1.", for: \.error
  ) { $0.y - $0.outcome.z }
  Mistake(
    "error-of-sigmoid",
    "You took y − σ(z) for the error, as in logistic regression; use y − ŷ, ŷ 0 or 1.", for: \.error
  ) { $0.y - 1 / (1 + exp(-$0.outcome.z)) }
  Mistake(
    "label-for-error", "You took the label for the error; use y − ŷ.", for: \.error
  ) { $0.y }
  Mistake(
    "updates-when-right",
    "You moved by ±x after every example; those predicted right change nothing."
  ) { parts in
    var parts = parts
    parts.error = { 2 * $0.y - 1 }
    parts.movesAlways = true
    return parts
  }
}

// MARK: wᵢ += learningRate·error·xᵢ, b += learningRate·error

private let updates = Site<Parts, Parts>("update") {
  $0
} mistakes: {
  Mistake(
    "sign-flipped", "You moved by ŷ − y, away from the label; move by y − ŷ.", for: \.sign
  ) { -$0.error }
  // What moves always, but up only, takes the label for the error.
  Mistake(
    "only-missed-ones",
    "You only moved for a missed 1; a 1 that should be 0 counts as well, with −1.", for: \.sign
  ) { $0.movesAlways ? $0.error : max($0.error, 0) }
  Mistake(
    "only-false-ones",
    "You only moved for a 1 that should be 0; a missed 1 counts as well.", for: \.sign
  ) { $0.movesAlways ? $0.error : min($0.error, 0) }
  Mistake(
    "doubled",
    "Your moves are twice too long, as with labels ±1; the error is 1, 0 or −1.", for: \.sign
  ) { 2 * $0.error }
  Mistake(
    "sign-lost",
    "Your error has lost its sign; for a 1 that should be 0 it is −1.", for: \.sign
  ) { abs($0.error) }
  Mistake("learning-rate-missing", "You left the learning rate out.") { parts in
    var parts = parts
    parts.weightStep = { $0.error }
    parts.biasStep = { $0.error }
    return parts
  }
  Mistake(
    "learning-rate-missing-for-weights",
    "You left the learning rate out for the weights.", for: \.weightStep
  ) { $0.error }
  Mistake(
    "learning-rate-missing-for-bias",
    "You left the learning rate out for the bias.", for: \.biasStep
  ) { $0.error }
  Mistake(
    "input-missing",
    "You moved every weight alike; weight i moves by learningRate·error·xᵢ.",
    setting: \.usesInput, to: false)
  Mistake(
    "bias-frozen", "You never moved the bias; it moves by learningRate·error.", for: \.biasStep
  ) { _ in 0 }
  Mistake(
    "bias-moves-away",
    "You moved the bias away from the label, as a threshold; add learningRate·(y − ŷ) to the bias.",
    for: \.biasStep
  ) { -$0.rate * $0.error }
  Mistake(
    "bias-per-feature",
    "You moved the bias once for each feature; it moves once an example.", for: \.biasStep
  ) { $0.rate * $0.error * Double($0.features) }
}

// MARK: One example after the other, epoch by epoch

private let orders = Site<Parts, Parts>("order") {
  $0
} mistakes: {
  Mistake(
    "batch", "You moved at the end of the epoch; the rule moves after each example.",
    setting: \.procedure, to: .batch)
  Mistake(
    "batch-mean",
    "You moved by the mean over the epoch, at its end; the rule moves after each example.",
    setting: \.procedure, to: .batchMean)
  Mistake(
    "bias-per-epoch",
    "You moved the bias once at the end of each epoch; move the bias after each example.",
    setting: \.procedure, to: .biasPerEpoch)
  Mistake(
    "reversed",
    "You took the examples from the last to the first; their order is that of the rows.",
    for: \.examples
  ) { $0.reversed() }
  Mistake(
    "last-example-skipped", "You left the last example out of every epoch.", for: \.examples
  ) { $0.dropLast() }
  Mistake(
    "stops-when-right",
    "You left the epoch at the first example that was right; go on to the next.",
    setting: \.procedure, to: .stopsWhenRight)
  Mistake(
    "bias-error-computed-again",
    "You predicted again between weights and bias; one error moves both.",
    setting: \.procedure, to: .biasAfterward)
  Mistake(
    "weights-error-computed-again",
    "You moved the bias first and predicted again for the weights; one error moves both.",
    setting: \.procedure, to: .biasBefore)
  Mistake(
    "predicts-with-first-weights",
    "You always predicted with the weights handed in; predict with those moved so far.",
    setting: \.procedure, to: .firstWeights)
}

private let epochCounts = Site<Parts, Parts>("epochs") {
  $0
} mistakes: {
  Mistake(
    "one-epoch", "You only went through the examples once; there are more epochs.", for: \.epochs
  ) { min(1, $0) }
  Mistake("one-epoch-too-few", "You took one epoch too few.", for: \.epochs) { max(0, $0 - 1) }
  Mistake("one-epoch-too-many", "You took one epoch too many.", for: \.epochs) { $0 + 1 }
  Mistake(
    "reset-each-epoch",
    "You began every epoch at the first weights; go on with those of the last epoch.",
    setting: \.resets, to: true)
}

private let starts = Site<Parts, Parts>("start") {
  $0
} mistakes: {
  Mistake(
    "begins-at-zero", "You began at zeros; begin at the weights and the bias handed in.",
    for: \.start
  ) { .init(weights: $0.weights.map { _ in 0 }, bias: 0) }
  Mistake(
    "bias-begins-at-zero", "You began at a bias of zero; begin at the one handed in.", for: \.start
  ) { .init(weights: $0.weights, bias: 0) }
}
