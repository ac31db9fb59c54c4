import Testing

/// Implementations of one kata that differ in structure and are all right; the first is the solution.
struct CorrectAnswers: Sendable, CustomTestStringConvertible {
  let kata: String
  let types: [any Any.Type]

  static let all: [CorrectAnswers] = [
    reluDerivative, forwardPass, softmaxCrossEntropy, backprop, heInit, adam,
  ]

  var testDescription: String { kata }
}
