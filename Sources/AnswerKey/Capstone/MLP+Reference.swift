import Exam
import Grading
import KataKit

extension MLPSuite {
  /// A classifier that can make any of the mistakes on purpose.
  struct Reference: MLPKata {
    var layers: [DenseLayer]
    private let at: Computation<MLPSuite>
    private var adamOfLastCall: Adam?
    private var trainingData: Examples?
    /// Whether no ReLU was near its kink, no probability was small enough to be clipped, and where Adam
    /// adds its ε did not matter: then every right implementation goes the same way.
    private(set) var isFirm = true
    private var isWatched = false

    init(widths: [Int], using generator: inout SeededGenerator) {
      self.init(widths: widths, at: Computation(), using: &generator)
    }

    init(_ layers: [DenseLayer]) { (self.layers, at) = (layers, Computation()) }

    init(widths: [Int], at: Computation<MLPSuite>, using generator: inout SeededGenerator) {
      self.at = at
      layers = Self.drawn(widths, at: at, using: &generator)
    }

    private static func drawn(
      _ widths: [Int], at: Computation<MLPSuite>, using generator: inout SeededGenerator
    ) -> [DenseLayer] {
      func draw(using generator: inout SeededGenerator) -> [DenseLayer] {
        zip(widths, widths.dropFirst()).map { fanIn, fanOut in
          let deviation = at(Start.deviation, (Double(fanIn), Double(fanOut)))
          return DenseLayer(
            weights: .normal(
              rows: fanIn, columns: fanOut, standardDeviation: deviation, using: &generator),
            biases: Matrix(rows: 1, columns: fanOut))
        }
      }
      return at(Start.source, (draw(using: &generator), draw))
    }

    // MARK: Training

    mutating func fit(
      _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, learningRate: Double,
      using generator: inout SeededGenerator
    ) -> [Double] {
      if at(Start.isDrawnAnew, false) {
        let widths = [layers[0].weights.rows] + layers.map(\.biases.columns)
        layers = Self.drawn(widths, at: at, using: &generator)
      }
      let examples = Examples(inputs: inputs, labels: labels)
      trainingData = examples
      var adam = adamOfLastCall ?? Adam(for: self)
      var losses: [Double] = []
      var rows = Rows(labels: labels, generator: generator) { [at] in
        at(Course.batches, ($0, batchSize))
      }
      for epoch in 0..<epochs {
        rows.begin(epoch, labels: labels)
        rows = at(Course.order, rows)
        let shuffled = Examples(inputs: inputs, labels: rows.labels)
        let ofBatches = rows.batches.enumerated().map { batch, indices in
          step(
            on: shuffled.gathered(indices), &adam, learningRate,
            isFirstOfEpoch: batch == 0, isFirst: batch == 0 && epoch == 0)
        }
        losses += at(Course.losses, (ofBatches, rows.batches.map(\.count), labels.count))
      }
      generator = rows.generator
      adamOfLastCall = adam
      return losses
    }

    /// The loss of an epoch that takes its batches as they are.
    mutating func loss(ofEpoch batches: [[Int]], in training: MLPExam.Training, _ adam: inout Adam)
      -> Double
    {
      let losses = batches.map {
        step(on: training.examples.gathered($0), &adam, training.learningRate)
      }
      return at(
        Course.losses, (losses, batches.map(\.count), training.examples.labels.count))[0]
    }

    /// What it becomes in a training whose rows come in the order they are in.
    func trained(in training: MLPExam.Training) -> Reference {
      var result = self
      result.isWatched = true
      let batches = Course.cut(Array(training.examples.labels.indices), training.batchSize)
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

    /// One batch: its mean loss, and the parameters moved.
    private mutating func step(
      on batch: Examples, _ adam: inout Adam, _ rate: Double, isFirstOfEpoch: Bool = false,
      isFirst: Bool = false
    ) -> Double {
      let pass = forward(batch.inputs)
      let (p, logP, _) = at(Pass.probabilities, pass.logits)
      let targets = Matrix.identity(p.columns).gather(rows: batch.labels)
      let rows = Double(batch.labels.count)
      if isWatched, isFirm {
        isFirm = isClear(pass.activations) && (p * targets).sum(axis: 1).min() > 1e-4
      }
      let gradients = gradients(of: pass, (p - targets) / at(Pass.divisor, rows))
      let step = Adam.Step(
        gradients: gradients.flatMap { [$0.weights, $0.biases] }, rate: rate, adam: adam,
        network: self, isFirstOfEpoch: isFirstOfEpoch, isFirst: isFirst)
      let moved = at(Pass.step, step)
      adam = moved.adam
      for k in layers.indices {
        layers[k].weights -= at(Pass.direction, moved.moves[2 * k])
        layers[k].biases -= at(Pass.direction, moved.moves[2 * k + 1])
      }
      return -(targets * logP).sum() / rows
    }

    /// From ∂L/∂Z of the last layer.
    private func gradients(of pass: ForwardPass, _ upstream: Matrix) -> [DenseGradient] {
      var delta = upstream
      var gradients: [DenseGradient] = []
      for (k, layer) in layers.enumerated().reversed() {
        let weights = pass.activations[k].transposed.matmul(delta)
        let gradient = DenseGradient(weights: weights, biases: delta.sum(axis: 0))
        gradients.append(at(Pass.gradient, (gradient, k + 1 == layers.count)))
        if k > 0 {
          let back = delta.matmul(layer.weights.transposed)
          delta = at(Pass.slope, (back, pass.slopes[k - 1]))
        }
      }
      return gradients.reversed()
    }

    // MARK: Forward

    /// What goes into each layer, the slopes between them, and the logits.
    private typealias ForwardPass = (activations: [Matrix], slopes: [Matrix], logits: Matrix)

    private func forward(_ inputs: Matrix, isPrediction: Bool = false) -> ForwardPass {
      var (activations, slopes, z): ForwardPass = ([inputs], [], inputs)
      for (k, layer) in layers.enumerated() {
        if k > 0 {
          let (a, slope) = at(Pass.activation, z)
          activations.append(a)
          slopes.append(slope)
        }
        z = at(
          Pass.affine, (activations[k].matmul(layer.weights), layer.biases, isPrediction))
      }
      return (activations, slopes, at(Pass.logits, z))
    }

    func predict(_ inputs: Matrix) -> [Int] {
      let logits = forward(inputs, isPrediction: true).logits
      return at(Score.classes, at(Pass.probabilities, logits).scores)
    }

    func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
      let asked = Examples(inputs: inputs, labels: labels)
      let examples = at(Score.examples, (asked, trainingData))
      let p = at(Pass.probabilities, forward(examples.inputs).logits).p
      return at(Score.accuracy, (predict(examples.inputs), examples.labels, p))
    }
  }

  /// The order in which an epoch takes the rows.
  struct Rows {
    private(set) var order: [Int]
    /// Of each row.
    var labels: [Int]
    var batches: [[Int]] = []
    private(set) var epoch = 0
    private(set) var generator: SeededGenerator
    private let cut: ([Int]) -> [[Int]]

    init(labels: [Int], generator: SeededGenerator, cut: @escaping ([Int]) -> [[Int]]) {
      order = Array(labels.indices)
      (self.labels, self.generator, self.cut) = (labels, generator, cut)
    }

    /// The rows in the order of the epoch before.
    mutating func begin(_ epoch: Int, labels: [Int]) {
      (self.epoch, self.labels, batches) = (epoch, labels, cut(order))
    }

    func shuffled() -> Rows {
      var rows = self
      rows.order = order.shuffled(using: &rows.generator)
      rows.batches = cut(rows.order)
      return rows
    }

    func shuffled<Element>(_ list: WritableKeyPath<Rows, [Element]>) -> Rows {
      var rows = self
      rows[keyPath: list] = rows[keyPath: list].shuffled(using: &rows.generator)
      return rows
    }

    func redrawn() -> Rows {
      var rows = self
      for row in order.indices {
        rows.order[row] = .random(in: order.indices, using: &rows.generator)
      }
      rows.batches = cut(rows.order)
      return rows
    }
  }
}

extension MLPSuite.Reference {
  /// Kingma & Ba 2015, algorithm 1, with the defaults.
  struct Adam {
    private var t = 0.0
    private var m: [Matrix]
    private var v: [Matrix]
    private let epsilon: Double

    init(for network: MLPSuite.Reference, epsilon: Double = 1e-8) {
      self.epsilon = epsilon
      m = network.layers.flatMap { [$0.weights * 0, $0.biases * 0] }
      v = m
    }

    /// Whether ε is small beside all of √v̂ that is not 0.
    var isFirm: Bool {
      let least = v.reduce(.infinity) { Swift.min($0, $1.map { $0 == 0 ? .infinity : $0 }.min()) }
      return (least / (1 - pow(0.999, t))).squareRoot() >= 1.5e-3
    }

    /// What a step knows.
    struct Step {
      let gradients: [Matrix]
      let rate: Double
      let adam: Adam
      let network: MLPSuite.Reference
      let isFirstOfEpoch: Bool
      /// Whether it is the first of this call of `fit`.
      let isFirst: Bool

      /// Adam before any step.
      var fresh: Adam { Adam(for: network) }
    }

    func moves(
      _ step: Step, correcting: Bool = true, betas: (m: Double, v: Double) = (0.9, 0.999),
      takesRoot: Bool = true, isCounted: Bool = true
    ) -> (moves: [Matrix], adam: Adam) {
      var adam = self
      if isCounted { adam.t += 1 }
      let first = correcting ? 1 - pow(betas.m, adam.t) : 1
      let second = correcting ? 1 - pow(betas.v, adam.t) : 1
      let moves = step.gradients.enumerated().map { k, g in
        adam.m[k] = betas.m * m[k] + (1 - betas.m) * g
        adam.v[k] = betas.v * v[k] + (1 - betas.v) * g * g
        let size = adam.v[k] / second
        let divisor = takesRoot ? sqrt(size) : size
        return step.rate * (adam.m[k] / first) / (divisor + epsilon)
      }
      return (moves, adam)
    }
  }
}
