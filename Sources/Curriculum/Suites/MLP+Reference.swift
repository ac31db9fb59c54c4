import Grading
import KataKit

extension MLPSuite {
  /// A classifier that can make any of the mistakes on purpose.
  struct Reference: MLPKata {
    var layers: [DenseLayer]
    private let mistakes: Set<Slip>
    private var adamOfLastCall: Adam?
    private var trainingData: Examples?
    /// Whether no ReLU was near its kink, no probability was small enough to be clipped, and where Adam
    /// adds its ε did not matter: then every right implementation goes the same way.
    private(set) var isFirm = true
    private var isWatched = false

    init(widths: [Int], using generator: inout SeededGenerator) {
      self.init(widths: widths, making: [], using: &generator)
    }

    init(_ layers: [DenseLayer]) { (self.layers, mistakes) = (layers, []) }

    init(widths: [Int], making mistakes: Set<Slip>, using generator: inout SeededGenerator) {
      self.mistakes = mistakes
      layers = Self.drawn(widths, making: mistakes, using: &generator)
    }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    // MARK: Start

    private static func drawn(
      _ widths: [Int], making mistakes: Set<Slip>, using generator: inout SeededGenerator
    ) -> [DenseLayer] {
      var own = SeededGenerator(seed: 42)
      return zip(widths, widths.dropFirst()).map { fanIn, fanOut in
        func normal(_ generator: inout SeededGenerator) -> Matrix {
          .normal(
            rows: fanIn, columns: fanOut,
            standardDeviation: deviation(Double(fanIn), Double(fanOut), mistakes),
            using: &generator)
        }
        return DenseLayer(
          weights: mistakes.contains(.ownSeed) ? normal(&own) : normal(&generator),
          biases: Matrix(rows: 1, columns: fanOut))
      }
    }

    private static func deviation(
      _ fanIn: Double, _ fanOut: Double, _ mistakes: Set<Slip>
    ) -> Double {
      if mistakes.contains(.zeroWeights) { return 0 }
      if mistakes.contains(.tinyWeights) { return 0.01 }
      if mistakes.contains(.standardNormalWeights) { return 1 }
      if mistakes.contains(.xavierWeights) { return (2 / (fanIn + fanOut)).squareRoot() }
      return (2 / fanIn).squareRoot()
    }

    // MARK: Training

    mutating func fit(
      _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, learningRate: Double,
      using generator: inout SeededGenerator
    ) -> [Double] {
      let examples = Examples(inputs: inputs, labels: labels)
      if makes(.layersDrawnAnew) {
        let widths = [layers[0].weights.rows] + layers.map(\.biases.columns)
        layers = Self.drawn(widths, making: mistakes, using: &generator)
      }
      trainingData = examples
      var adam = Adam(for: self)
      if makes(.stateKeptAcrossCalls), let kept = adamOfLastCall { adam = kept }
      var losses: [Double] = []
      var order = Array(labels.indices)
      for epoch in 0..<epochs {
        if makes(.stateResetEachEpoch) { adam = Adam(for: self) }
        let batches = batches(&order, of: batchSize, epoch, using: &generator)
        var shuffled = examples
        if makes(.pairsTornApart) { shuffled.labels.shuffle(using: &generator) }
        let batchLosses = batches.map { rows -> Double in
          if makes(.stateResetEachStep) { adam = Adam(for: self) }
          return step(on: shuffled.gathered(rows), &adam, learningRate)
        }
        losses += epochLosses(batchLosses, batches, rows: labels.count)
      }
      adamOfLastCall = adam
      return losses
    }

    /// The loss of an epoch that takes its batches as they are.
    mutating func loss(ofEpoch batches: [[Int]], in training: Training, _ adam: inout Adam)
      -> Double
    {
      let losses = batches.map {
        step(on: training.examples.gathered($0), &adam, training.learningRate)
      }
      return epochLosses(losses, batches, rows: training.examples.labels.count)[0]
    }

    /// What it becomes in a training whose rows come in the order they are in.
    func trained(in training: Training) -> Reference {
      var result = self
      result.isWatched = true
      let rows = training.examples.labels.indices
      let batches = stride(from: 0, to: rows.count, by: training.batchSize).map {
        Array(rows[$0..<min($0 + training.batchSize, rows.count)])
      }
      for _ in 0..<training.calls {
        var adam = Adam(for: self)
        for _ in 0..<training.epochs {
          _ = result.loss(ofEpoch: batches, in: training, &adam)
          result.isFirm = result.isFirm && adam.isFirm
        }
      }
      return result
    }

    /// Whether every pre-activation of ReLU is away from its kink.
    private func isClear(_ activations: [Matrix]) -> Bool {
      zip(activations, layers.dropLast()).allSatisfy { a, layer in
        abs(a.matmul(layer.weights) + layer.biases).min() >= 2e-3
      }
    }

    private func batches(
      _ order: inout [Int], of size: Int, _ epoch: Int, using generator: inout SeededGenerator
    ) -> [[Int]] {
      if makes(.drawnWithReplacement) {
        order = order.indices.map { _ in .random(in: order.indices, using: &generator) }
      } else if !makes(.noShuffle), !makes(.batchesShuffledOnly),
        !makes(.shuffledOnce) || epoch == 0
      {
        order.shuffle(using: &generator)
      }
      let size = makes(.batchSizeIgnored) ? order.count : size
      var batches = stride(from: 0, to: order.count, by: size).map {
        Array(order[$0..<min($0 + size, order.count)])
      }
      if makes(.firstBatchOnly) { batches = [batches[0]] }
      if makes(.lastBatchDropped) { batches.removeAll { $0.count < size } }
      if makes(.batchesShuffledOnly) { batches.shuffle(using: &generator) }
      return batches
    }

    private func epochLosses(_ losses: [Double], _ batches: [[Int]], rows: Int) -> [Double] {
      if makes(.lossOfEveryBatch) { return losses }
      if makes(.lossOfBatchesAveraged) { return [losses.reduce(0, +) / Double(losses.count)] }
      let sum = zip(losses, batches).reduce(0) { $0 + $1.0 * Double($1.1.count) }
      return [makes(.lossSummed) ? sum : sum / Double(rows)]
    }

    /// One batch: its mean loss, and the parameters moved.
    private mutating func step(on batch: Examples, _ adam: inout Adam, _ rate: Double) -> Double {
      let (activations, logits) = forward(batch.inputs)
      let classes = logits.columns
      let targets = Matrix.identity(classes).gather(rows: batch.labels)
      let p = softmax(logits)
      let rows = Double(batch.labels.count)
      if isWatched, isFirm {
        isFirm = isClear(activations) && (p * targets).sum(axis: 1).min() > 1e-4
      }
      let logP =
        makes(.softmaxOverColumns) || makes(.overflowingSoftmax)
        ? log(p) : Mathematics.logSoftmax(logits)
      var delta = p - targets
      if !makes(.gradientSummed) { delta /= rows }
      var gradients: [Matrix] = []
      for (k, layer) in layers.enumerated().reversed() {
        let isFrozen = makes(.lastLayerOnly) && k + 1 < layers.count
        let weights = activations[k].transposed.matmul(delta)
        let biases = delta.sum(axis: 0)
        gradients += [
          makes(.biasesFrozen) || isFrozen ? biases * 0 : biases, isFrozen ? weights * 0 : weights,
        ]
        if k == 0 { break }
        delta = delta.matmul(layer.weights.transposed)
        if !makes(.reluSlopeMissing), !makes(.reluMissing) { delta = delta * (activations[k] .> 0) }
      }
      let moves = adam.moves(along: gradients.reversed(), rate: rate, mistakes)
      for k in layers.indices {
        layers[k].weights += makes(.ascending) ? moves[2 * k] : -moves[2 * k]
        layers[k].biases += makes(.ascending) ? moves[2 * k + 1] : -moves[2 * k + 1]
      }
      return -(targets * logP).sum() / rows
    }

    // MARK: Forward

    /// What goes into each layer, and the logits.
    private func forward(_ inputs: Matrix) -> (activations: [Matrix], logits: Matrix) {
      var activations = [inputs]
      var z = inputs
      for (k, layer) in layers.enumerated() {
        if k > 0 { activations.append(makes(.reluMissing) ? z : Mathematics.relu(z)) }
        let product = activations[k].matmul(layer.weights)
        z = makes(.biasMissing) ? product : product + layer.biases
      }
      return (activations, z)
    }

    private func softmax(_ logits: Matrix) -> Matrix {
      var softmax = Softmax()
      if makes(.overflowingSoftmax) { softmax.shift = .none }
      if makes(.softmaxOverColumns) {
        softmax = Softmax(shift: .columnMaximum, divisor: .columnSums)
      }
      return softmax(logits)
    }

    func predict(_ inputs: Matrix) -> [Int] {
      var logits = forward(inputs).logits
      if makes(.predictWithoutBias) {
        var unbiased = self
        for k in layers.indices { unbiased.layers[k].biases *= 0 }
        logits = unbiased.forward(inputs).logits
      }
      if makes(.softmaxOverColumns) || makes(.overflowingSoftmax) { logits = softmax(logits) }
      return logits.argmax(axis: makes(.argmaxOverColumns) ? 0 : 1)
    }

    func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
      var examples = Examples(inputs: inputs, labels: labels)
      if makes(.accuracyOfTrainingData), let trainingData { examples = trainingData }
      if makes(.comparesProbabilities) {
        let p = softmax(forward(examples.inputs).logits)
        let targets = Matrix.identity(p.columns).gather(rows: examples.labels)
        return Double(zip(p.elements, targets.elements).count { $0.rounded() == $1 })
          / Double(p.count)
      }
      let right = Double(zip(predict(examples.inputs), examples.labels).count { $0 == $1 })
      return (makes(.accuracyInPercent) ? 100 : 1) * right / Double(examples.labels.count)
    }
  }
}

extension MLPSuite.Reference {
  /// Kingma & Ba 2015, algorithm 1, with the defaults.
  struct Adam {
    private var t = 0.0
    private var m: [Matrix]
    private var v: [Matrix]

    /// Whether ε is small beside all of √v̂ that is not 0.
    var isFirm: Bool {
      let least = v.reduce(.infinity) { Swift.min($0, $1.map { $0 == 0 ? .infinity : $0 }.min()) }
      return (least / (1 - pow(0.999, t))).squareRoot() >= 1.5e-3
    }

    init(for network: MLPSuite.Reference) {
      m = network.layers.flatMap { [$0.weights * 0, $0.biases * 0] }
      v = m
    }

    mutating func moves(
      along gradients: [Matrix], rate: Double, _ mistakes: Set<MLPSuite.Slip>
    ) -> [Matrix] {
      if mistakes.contains(.plainGradient) { return gradients.map { rate * $0 } }
      t += 1
      let isCorrected = !mistakes.contains(.noCorrection)
      let first = isCorrected ? 1 - pow(0.9, t) : 1
      let second = isCorrected ? 1 - pow(0.999, t) : 1
      return gradients.enumerated().map { k, g in
        m[k] = 0.9 * m[k] + 0.1 * g
        v[k] = 0.999 * v[k] + 0.001 * g * g
        return rate * (m[k] / first) / (sqrt(v[k] / second) + 1e-8)
      }
    }
  }
}
