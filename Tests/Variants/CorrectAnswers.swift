/// Implementations of one kata that differ in structure and are all right.
package struct CorrectAnswers: Sendable {
  package let kata: String
  /// Beside the solution.
  package let variants: [any Any.Type]

  package static let all: [CorrectAnswers] = [
    neuron,
    perceptron,
    sigmoid,
    tanhDerivative,
    reluDerivative,
    leakyReLU,
    gelu,
    swiGLU,
    oneHot,
    softmax,
    meanSquaredError,
    binaryCrossEntropy,
    softmaxCrossEntropy,
    forwardPass,
    twoLayerBackprop,
    regressionBackprop,
    backprop,
    gradientCheck,
    vanishingGradients,
    xavierInit,
    heInit,
    symmetryBreaking,
    gradientDescent,
    sgd,
    momentum,
    rmsProp,
    adam,
    adamW,
    gradientClipping,
    learningRateSchedule,
    learningRateFinder,
    miniBatches,
    trainingLoop,
    earlyStopping,
    l2Regularization,
    dropout,
    batchNorm,
    layerNorm,
    rmsNorm,
    residualBlock,
    mlp,
  ]

  /// The type of the solutions with this name, found as an attempt's is.
  package static func solution(type: String) -> (any Any.Type)? {
    _typeByName("9Solutions\(type.utf8.count)\(type)V")
  }
}
