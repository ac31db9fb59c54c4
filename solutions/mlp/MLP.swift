import KataKit

struct MLP: MLPKata {
  var layers: [DenseLayer]
  /// One per hidden layer.
  private let activations: [LayerActivation]

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    self.activations = activations
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
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    // solution:begin
    let targets = Matrix.identity(layers[layers.count - 1].biases.columns).gather(rows: labels)
    // bug state-reset-each-epoch: var losses: [Double] = []
    // bug state-reset-each-epoch: for _ in 0..<epochs {
    // bug state-reset-each-epoch:   var state = layers.map { (weights: State(of: $0.weights), biases: State(of: $0.biases)) }
    // bug state-reset-each-epoch:
    var state = layers.map { (weights: State(of: $0.weights), biases: State(of: $0.biases)) }
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
          // bug ascending: layers[k].weights += learningRate * state[k].weights.step(along: g.weights, by: optimizer)
          // bug ascending: layers[k].biases += learningRate * state[k].biases.step(along: g.biases, by: optimizer)
          layers[k].weights -= learningRate * state[k].weights.step(along: g.weights, by: optimizer)
          layers[k].biases -= learningRate * state[k].biases.step(along: g.biases, by: optimizer)
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
    // bug argmax-over-columns: forward(inputs)[layers.count].argmax(axis: 0)
    forward(inputs)[layers.count].argmax(axis: 1)
    // solution:end
  }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    // solution:begin
    let right = zip(predict(inputs), labels).count { $0 == $1 }
    // bug accuracy-in-percent: return 100 * Double(right) / Double(labels.count)
    return Double(right) / Double(labels.count)
    // solution:end
  }

  // solution:begin The forward pass, the gradients and the step of the optimizer go here.
  /// The inputs, what every hidden layer makes of them, and the logits.
  private func forward(_ inputs: Matrix) -> [Matrix] {
    var a = [inputs]
    for (k, layer) in layers.enumerated() {
      // bug bias-missing: let z = a[k].matmul(layer.weights)
      let z = a[k].matmul(layer.weights) + layer.biases
      a.append(k < activations.count ? value(of: activations[k], at: z) : z)
    }
    return a
  }

  private func value(of activation: LayerActivation, at z: Matrix) -> Matrix {
    switch activation {
    case .relu: maximum(z, 0)
    case .sigmoid: 1 / (1 + exp(-z))
    }
  }

  /// The slope where the activation has the value a, which determines either.
  private func slope(of activation: LayerActivation, withValue a: Matrix) -> Matrix {
    switch activation {
    // bug relu-slope-missing: case .relu: a .>= 0
    case .relu: a .> 0
    // bug sigmoid-slope-missing: case .sigmoid: a .> 0
    case .sigmoid: a * (1 - a)
    }
  }

  /// The loss of the batch, summed over its rows, and the gradients of its mean.
  private func gradients(
    _ inputs: Matrix, _ targets: Matrix
  ) -> (loss: Double, gradients: [DenseGradient]) {
    let a = forward(inputs)
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
      guard k > 0 else { break }
      let slope = slope(of: activations[k - 1], withValue: a[k])
      delta = delta.matmul(layer.weights.transposed) * slope
    }
    return (loss, gradients.reversed())
  }

  /// What the optimizer remembers of one parameter matrix; m is the velocity, where there is momentum.
  private struct State {
    private let beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8
    private var t = 0.0
    private var m, v: Matrix

    init(of parameter: Matrix) { (m, v) = (parameter * 0, parameter * 0) }

    /// What a learning rate of 1 subtracts.
    mutating func step(along g: Matrix, by rule: UpdateRule) -> Matrix {
      switch rule {
      case .sgd: return g
      case .momentum(let momentum):
        // bug velocity-averaged: m = momentum * m + (1 - momentum) * g
        m = momentum * m + g
        return m
      case .adam:
        t += 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        // bug no-correction: return m / (sqrt(v) + epsilon)
        return m / (1 - pow(beta1, t)) / (sqrt(v / (1 - pow(beta2, t))) + epsilon)
      }
    }
  }
  // solution:end
}
