import Exam
import Grading
import KataKit

extension MLPSuite {
  /// A classifier that can make any of the mistakes on purpose.
  struct Reference: MLPKata {
    var layers: [DenseLayer]
    private let activations: [LayerActivation]
    private let at: Computation<MLPSuite>
    private var memoryOfLastCall: Memory?
    private var trainingData: Examples?
    /// Whether no ReLU was near its kink, no probability was small enough to be clipped, and where Adam
    /// adds its ε did not matter: then every right implementation goes the same way.
    private(set) var isFirm = true
    private var isWatched = false

    init(
      widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator
    ) {
      self.init(widths: widths, activations: activations, at: Computation(), using: &generator)
    }

    /// With the parameters that `training` begins with.
    init(_ training: MLPExam.Training) { self.init(training.layers, training.activations) }

    init(_ layers: [DenseLayer], _ activations: [LayerActivation]) {
      (self.layers, self.activations, at) = (layers, activations, Computation())
    }

    init(
      widths: [Int], activations: [LayerActivation], at: Computation<MLPSuite>,
      using generator: inout SeededGenerator
    ) {
      self.activations = activations
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
      _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
      learningRate: Double, using generator: inout SeededGenerator
    ) -> [Double] {
      if at(Start.isDrawnAnew, false) {
        let widths = [layers[0].weights.rows] + layers.map(\.biases.columns)
        layers = Self.drawn(widths, at: at, using: &generator)
      }
      let examples = Examples(inputs: inputs, labels: labels)
      trainingData = examples
      var memory = memoryOfLastCall ?? Memory(for: self)
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
            on: shuffled.gathered(indices), &memory, optimizer, learningRate,
            isFirstOfEpoch: batch == 0, isFirst: batch == 0 && epoch == 0)
        }
        losses += at(Course.losses, (ofBatches, rows.batches.map(\.count), labels.count))
      }
      generator = rows.generator
      memoryOfLastCall = memory
      return losses
    }

    /// The loss of an epoch that takes its batches as they are.
    mutating func loss(
      ofEpoch batches: [[Int]], in training: MLPExam.Training, _ memory: inout Memory
    ) -> Double {
      let losses = batches.map {
        step(
          on: training.examples.gathered($0), &memory, training.optimizer, training.learningRate)
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
        var memory = Memory(for: self)
        for _ in 0..<training.epochs {
          _ = result.loss(ofEpoch: batches, in: training, &memory)
          result.isFirm = result.isFirm && memory.isFirm
        }
      }
      return result
    }

    /// Whether every pre-activation of ReLU is away from its kink.
    private func isClear(_ hidden: [Pass.Units]) -> Bool {
      hidden.allSatisfy { $0.activation != .relu || abs($0.z).min() >= 2e-3 }
    }

    /// One batch: its mean loss, and the parameters moved.
    private mutating func step(
      on batch: Examples, _ memory: inout Memory, _ rule: UpdateRule, _ rate: Double,
      isFirstOfEpoch: Bool = false, isFirst: Bool = false
    ) -> Double {
      let pass = forward(batch.inputs)
      let (p, logP, _) = at(Pass.probabilities, pass.logits)
      let targets = Matrix.identity(p.columns).gather(rows: batch.labels)
      let rows = Double(batch.labels.count)
      if isWatched, isFirm {
        isFirm = isClear(pass.hidden) && (p * targets).sum(axis: 1).min() > 1e-4
      }
      let gradients = gradients(of: pass, (p - targets) / at(Pass.divisor, rows))
      let step = Memory.Step(
        gradients: gradients.flatMap { [$0.weights, $0.biases] }, rule: rule, rate: rate,
        memory: memory, network: self, isFirstOfEpoch: isFirstOfEpoch, isFirst: isFirst)
      let moved = at(Pass.step, step)
      memory = moved.memory
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
        let weights = pass.input(of: k).transposed.matmul(delta)
        let gradient = DenseGradient(weights: weights, biases: delta.sum(axis: 0))
        gradients.append(at(Pass.gradient, (gradient, k + 1 == layers.count)))
        if k > 0 {
          let back = delta.matmul(layer.weights.transposed)
          delta = at(Pass.slope, (back, pass.hidden[k - 1]))
        }
      }
      return gradients.reversed()
    }

    // MARK: Forward

    private struct ForwardPass {
      let inputs: Matrix
      var hidden: [Pass.Units] = []
      var logits: Matrix

      /// What goes into layer k.
      func input(of k: Int) -> Matrix { k == 0 ? inputs : hidden[k - 1].a }
    }

    private func forward(_ inputs: Matrix, isPrediction: Bool = false) -> ForwardPass {
      var pass = ForwardPass(inputs: inputs, logits: inputs)
      for (k, layer) in layers.enumerated() {
        if k > 0 {
          let hidden = Pass.Hidden(
            z: pass.logits, index: k - 1, activations: activations, isPrediction: isPrediction)
          pass.hidden.append(at(Pass.activation, hidden))
        }
        let product = pass.input(of: k).matmul(layer.weights)
        pass.logits = at(Pass.affine, (product, layer.biases, isPrediction))
      }
      pass.logits = at(Pass.logits, pass.logits)
      return pass
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
}
