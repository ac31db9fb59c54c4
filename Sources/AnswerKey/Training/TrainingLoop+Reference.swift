import Grading
import KataKit

extension TrainingLoopSuite {
  /// The training loop that can make any of the mistakes on purpose.
  struct Reference: TrainingLoopKata {
    var at = Computation<TrainingLoopSuite>()

    func train(
      hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix,
      learningRate: Double, epochs: Int
    ) -> TrainingRun {
      let whole = Batch(x: inputs, y: targets, total: Double(inputs.rows))
      let start = Network(hidden: hidden, output: output)
      var course = Course(start: start, batches: [whole])
      let time = at(Sites.times, ())
      var losses: [Double] = []
      while at(Sites.epochEnds, (losses, epochs)) {
        course = at(Sites.courses, course)
        let before = course.isLossFirst ? forward(whole, through: course.network).loss : nil
        var loss = 0.0
        for batch in course.batches {
          let pass = forward(batch, through: course.seen ?? course.network)
          let gradients = gradients(of: pass, batch, course.network, rate: learningRate)
          let sum = course.carried.map { gradients + $0 } ?? gradients
          course.latest = sum
          if course.isUpdating {
            let update = Update(
              start: start, network: course.network, gradients: sum,
              step: at(Sites.steps, learningRate))
            (course.network, course.result) = at(Sites.updates, update)
          }
          loss += time == .after ? forward(batch, through: course.network).loss : pass.loss
        }
        losses.append(before ?? loss)
      }
      if time == .beforeAndAfter { losses.append(forward(whole, through: course.network).loss) }
      let result = course.isForgotten ? start : course.result
      return TrainingRun(hidden: result.hidden, output: result.output, losses: losses)
    }

    private func forward(_ batch: Batch, through network: Network) -> Pass {
      let (hidden, output) = (network.hidden, network.output)
      let z1 = at(Sites.affine, (batch.x.matmul(hidden.weights), hidden.biases))
      let (a1, slope) = at(Sites.activations, z1)
      let z2 = at(Sites.affine, (a1.matmul(output.weights), output.biases))
      let (p, loss) = at(
        Sites.outputs, Output(z: z2, batch: batch, at(Sites.probabilities, z2)))
      return Pass(z1: z1, a1: a1, slope: slope, p: p, loss: loss)
    }

    private func gradients(
      of pass: Pass, _ batch: Batch, _ network: Network, rate: Double
    ) -> Gradients {
      let divisors = at(Sites.divisors, Double(batch.y.rows))
      let delta = at(Sites.errors, (pass.p - batch.y, pass.p)) / divisors.delta
      let weights = pass.a1.transposed.matmul(delta)
      let w2 = at(Sites.weightsBack, (network.output.weights, weights, rate))
      let slope = at(Sites.slopes, (pass.z1, pass.a1, pass.slope))
      let hiddenDelta = delta.matmul(w2.transposed) * slope
      return Gradients(
        hidden: (
          batch.x.transposed.matmul(hiddenDelta) / divisors.hidden, hiddenDelta / divisors.hidden
        ),
        output: (weights, delta), biasDivisor: divisors.biases)
    }
  }

  /// When the loss is taken.
  enum Time { case before, after, beforeAndAfter }

  /// Rows of a data set of `total` rows.
  struct Batch {
    let x, y: Matrix
    let total: Double

    var rows: [Batch] {
      (0..<x.rows).map { Batch(x: x.row($0), y: y.row($0), total: total) }
    }
  }

  struct Network {
    var hidden, output: DenseLayer
  }

  struct Pass {
    let z1, a1, slope, p: Matrix
    let loss: Double
  }

  /// Of the weights of both layers, and the rows of delta whose sums are those of the biases.
  struct Gradients {
    typealias Layer = (weights: Matrix, delta: Matrix)

    let hidden, output: Layer
    let biasDivisor: Double

    static func + (one: Gradients, two: Gradients) -> Gradients {
      func sum(_ one: Layer, _ two: Layer) -> Layer {
        (one.weights + two.weights, one.delta + two.delta)
      }
      return Gradients(
        hidden: sum(one.hidden, two.hidden), output: sum(one.output, two.output),
        biasDivisor: one.biasDivisor)
    }
  }

  typealias Probabilities = (p: Matrix, isClipped: Bool)

  /// Logits and their probabilities.
  struct Output {
    let z, p: Matrix
    let batch: Batch
    /// −ln p and −ln(1 − p): unless p is clipped, from the logit, and never ln 0. Where p is not a
    /// number, nor are they.
    let positive, negative: Matrix

    init(z: Matrix, batch: Batch, _ probabilities: Probabilities) {
      (self.z, p, self.batch) = (z, probabilities.p, batch)
      if probabilities.isClipped {
        (positive, negative) = (-log(p), -log(1 - p))
      } else {
        positive = maximum(-z, 0) + log(exp(-abs(z)) + 1) + 0 * p
        negative = positive + z
      }
    }

    var y: Matrix { batch.y }
    var terms: Matrix { y * positive + (1 - y) * negative }
    var mean: Double { mean(terms) }

    /// −(y·ln p + (1 − y)·ln(1 − p)) as it stands.
    func crossEntropy(_ p: Matrix) -> Matrix { -(y * log(p) + (1 - y) * log(1 - p)) }

    /// What the batch adds to the mean over all rows.
    func mean(_ terms: Matrix) -> Double { terms.sum() / batch.total }
  }

  /// Where the training stands, and how its epochs go.
  struct Course {
    let start: Network
    var batches: [Batch]
    var network: Network
    /// What is returned once all epochs are over.
    var result: Network
    /// What the forward pass goes through, where it is not the network of the time.
    var seen: Network?
    var latest: Gradients?
    /// What is added to the next ones.
    var carried: Gradients?
    var isUpdating = true
    /// Whether the loss is that of all rows before any batch.
    var isLossFirst = false
    /// Whether `start` is returned.
    var isForgotten = false

    init(start: Network, batches: [Batch]) {
      (self.start, self.batches, network, result) = (start, batches, start, start)
    }

    func with<Value>(_ path: WritableKeyPath<Self, Value>, _ value: Value) -> Self {
      var course = self
      course[keyPath: path] = value
      return course
    }
  }

  /// One step of gradient descent.
  struct Update {
    let start, network: Network
    let gradients: Gradients
    let step: Double

    typealias Outcome = (network: Network, result: Network)

    func moved(summing: Bool = true) -> Network {
      let divisor = gradients.biasDivisor
      func moved(_ layer: DenseLayer, _ gradient: Gradients.Layer) -> DenseLayer {
        let biases = (summing ? gradient.delta.sum(axis: 0) : gradient.delta) / divisor
        return DenseLayer(
          weights: layer.weights - step * gradient.weights, biases: layer.biases - step * biases)
      }
      return Network(
        hidden: moved(network.hidden, gradients.hidden),
        output: moved(network.output, gradients.output))
    }

    /// Leaves some parameters where they are.
    func freezing(_ parameters: WritableKeyPath<Network, Matrix>...) -> Outcome {
      var next = moved()
      for parameter in parameters { next[keyPath: parameter] = network[keyPath: parameter] }
      return (next, next)
    }

    func returningInitial(_ layer: WritableKeyPath<Network, DenseLayer>) -> Outcome {
      let next = moved()
      var result = next
      result[keyPath: layer] = start[keyPath: layer]
      return (next, result)
    }
  }
}
