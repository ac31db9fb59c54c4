import KataKit

struct MLP: MLPKata {
  var layers: [DenseLayer]

  init(widths: [Int], using generator: inout SeededGenerator) {
    // solution:begin
    layers = zip(widths, widths.dropFirst()).map { fanIn, fanOut in
      DenseLayer(
        weights: .normal(
          // bug xavier-weights: rows: fanIn, columns: fanOut, standardDeviation: sqrt(2 / Double(fanIn + fanOut)),
          rows: fanIn, columns: fanOut, standardDeviation: sqrt(2 / Double(fanIn)),
          using: &generator),
        biases: Matrix(rows: 1, columns: fanOut))
    }
    // solution:end
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, learningRate: Double,
    using generator: inout SeededGenerator
  ) -> [Double] {
    // solution:begin
    let targets = Matrix.identity(layers[layers.count - 1].biases.columns).gather(rows: labels)
    // bug state-reset-each-epoch: var losses: [Double] = []
    // bug state-reset-each-epoch: for _ in 0..<epochs {
    // bug state-reset-each-epoch:   var weightSteps = layers.map { AdamState(of: $0.weights) }
    // bug state-reset-each-epoch:   var biasSteps = layers.map { AdamState(of: $0.biases) }
    // bug state-reset-each-epoch:
    var weightSteps = layers.map { AdamState(of: $0.weights) }
    var biasSteps = layers.map { AdamState(of: $0.biases) }
    var losses: [Double] = []

    for _ in 0..<epochs {
      var loss = 0.0
      // bug no-shuffle: let order = Array(0..<inputs.rows)
      let order = (0..<inputs.rows).shuffled(using: &generator)
      // bug last-batch-dropped: for start in stride(from: 0, through: inputs.rows - batchSize, by: batchSize) {
      for start in stride(from: 0, to: inputs.rows, by: batchSize) {
        let batch = Array(order[start..<min(start + batchSize, inputs.rows)])
        let result = gradients(inputs.gather(rows: batch), targets.gather(rows: batch))
        loss += result.loss
        for (k, g) in result.gradients.enumerated() {
          weightSteps[k].step(&layers[k].weights, along: g.weights, learningRate: learningRate)
          biasSteps[k].step(&layers[k].biases, along: g.biases, learningRate: learningRate)
        }
      }
      // bug loss-summed: losses.append(loss)
      losses.append(loss / Double(inputs.rows))
    }
    return losses
    // solution:end
  }

  func predict(_ inputs: Matrix) -> [Int] {
    // solution:begin
    // bug argmax-over-columns: activations(inputs)[layers.count].argmax(axis: 0)
    activations(inputs)[layers.count].argmax(axis: 1)
    // solution:end
  }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    // solution:begin
    let right = zip(predict(inputs), labels).count { $0 == $1 }
    // bug accuracy-in-percent: return 100 * Double(right) / Double(labels.count)
    return Double(right) / Double(labels.count)
    // solution:end
  }

  // solution:begin The forward pass, the gradients and the step of Adam go here.
  /// The inputs, the activations of every hidden layer, and the logits.
  private func activations(_ inputs: Matrix) -> [Matrix] {
    var activations = [inputs]
    for (k, layer) in layers.enumerated() {
      // bug bias-missing: let z = activations[k].matmul(layer.weights)
      let z = activations[k].matmul(layer.weights) + layer.biases
      activations.append(k + 1 < layers.count ? maximum(z, 0) : z)
    }
    return activations
  }

  /// The loss of the batch, summed over its rows, and the gradients of its mean.
  private func gradients(
    _ inputs: Matrix, _ targets: Matrix
  ) -> (loss: Double, gradients: [DenseGradient]) {
    let a = activations(inputs)
    let logits = a[layers.count]
    let shifted = logits - logits.max(axis: 1)
    let logProbabilities = shifted - log(exp(shifted).sum(axis: 1))
    let loss = -(targets * logProbabilities).sum()

    // bug gradient-summed: var delta = exp(logProbabilities) - targets
    var delta = (exp(logProbabilities) - targets) / Double(inputs.rows)
    var gradients: [DenseGradient] = []
    for (k, layer) in layers.enumerated().reversed() {
      gradients.append(
        DenseGradient(weights: a[k].transposed.matmul(delta), biases: delta.sum(axis: 0)))
      // bug relu-slope-missing: if k > 0 { delta = delta.matmul(layer.weights.transposed) * (a[k] .>= 0) }
      if k > 0 { delta = delta.matmul(layer.weights.transposed) * (a[k] .> 0) }
    }
    return (loss, gradients.reversed())
  }

  /// What Adam remembers of one parameter matrix.
  private struct AdamState {
    private let beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8
    private var t = 0.0
    private var m, v: Matrix

    init(of parameter: Matrix) {
      m = parameter * 0
      v = m
    }

    mutating func step(_ parameter: inout Matrix, along g: Matrix, learningRate: Double) {
      t += 1
      m = beta1 * m + (1 - beta1) * g
      v = beta2 * v + (1 - beta2) * g * g
      // bug no-correction: let root = sqrt(v)
      // bug no-correction: parameter -= learningRate * m / (root + epsilon)
      let root = sqrt(v / (1 - pow(beta2, t)))
      // bug ascending: parameter += learningRate / (1 - pow(beta1, t)) * m / (root + epsilon)
      parameter -= learningRate / (1 - pow(beta1, t)) * m / (root + epsilon)
    }
  }
  // solution:end
}
