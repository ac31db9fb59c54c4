package import Grading
package import KataKit

extension TrainingLoopSuite: SitedSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      affine, activations, probabilities, outputs, times, epochEnds, courses, errors, divisors,
      slopes, weightsBack, steps, updates,
    ])

  package static func reference(at: Computation<Self>) -> any TrainingLoopKata {
    FaultyTrainingLoop(at: at)
  }
}

/// The training loop that can make any of the mistakes on purpose.
private struct FaultyTrainingLoop: TrainingLoopKata {
  var at = Computation<TrainingLoopSuite>()

  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix,
    learningRate: Double, epochs: Int
  ) -> TrainingRun {
    let whole = Batch(x: inputs, y: targets, total: Double(inputs.rows))
    let start = Network(hidden: hidden, output: output)
    var course = Course(start: start, batches: [whole])
    let time = at(times, ())
    var losses: [Double] = []
    while at(epochEnds, (losses, epochs)) {
      course = at(courses, course)
      var loss = 0.0
      for batch in course.batches {
        let pass = forward(batch, through: course.seen ?? course.network)
        let gradients = gradients(of: pass, batch, course.network, rate: learningRate)
        let sum = course.carried.map { gradients + $0 } ?? gradients
        course.latest = sum
        if course.isUpdating {
          let update = Update(
            start: start, network: course.network, gradients: sum, step: at(steps, learningRate))
          (course.network, course.result) = at(updates, update)
        }
        loss += time == .after ? forward(batch, through: course.network).loss : pass.loss
      }
      losses.append(loss)
    }
    if time == .beforeAndAfter { losses.append(forward(whole, through: course.network).loss) }
    let result = course.isForgotten ? start : course.result
    return TrainingRun(hidden: result.hidden, output: result.output, losses: losses)
  }

  private func forward(_ batch: Batch, through network: Network) -> Pass {
    let (hidden, output) = (network.hidden, network.output)
    let z1 = at(affine, (batch.x.matmul(hidden.weights), hidden.biases))
    let (a1, slope) = at(activations, z1)
    let z2 = at(affine, (a1.matmul(output.weights), output.biases))
    let (p, loss) = at(outputs, Output(z: z2, p: at(probabilities, z2), batch: batch))
    return Pass(z1: z1, a1: a1, slope: slope, p: p, loss: loss)
  }

  private func gradients(
    of pass: Pass, _ batch: Batch, _ network: Network, rate: Double
  ) -> Gradients {
    let divisors = at(divisors, Double(batch.y.rows))
    let delta = at(errors, (pass.p - batch.y, pass.p)) / divisors.delta
    let weights = pass.a1.transposed.matmul(delta)
    let w2 = at(weightsBack, (network.output.weights, rate * weights))
    let slope = at(slopes, (pass.z1, pass.a1, pass.slope))
    let hiddenDelta = delta.matmul(w2.transposed) * slope
    return Gradients(
      hidden: (batch.x.transposed.matmul(hiddenDelta), hiddenDelta / divisors.biases),
      output: (weights, delta / divisors.biases))
  }
}

/// Rows of a data set of `total` rows.
private struct Batch {
  let x, y: Matrix
  let total: Double

  var rows: [Batch] {
    (0..<x.rows).map { Batch(x: x.row($0), y: y.row($0), total: total) }
  }
}

private struct Network {
  var hidden, output: DenseLayer
}

private struct Pass {
  let z1, a1, slope, p: Matrix
  let loss: Double
}

/// Of both layers; those of the biases are not summed over the rows yet.
private struct Gradients {
  typealias Layer = (weights: Matrix, biasRows: Matrix)

  let hidden, output: Layer

  static func + (one: Gradients, two: Gradients) -> Gradients {
    func sum(_ one: Layer, _ two: Layer) -> Layer {
      (one.weights + two.weights, one.biasRows + two.biasRows)
    }
    return Gradients(hidden: sum(one.hidden, two.hidden), output: sum(one.output, two.output))
  }
}

// MARK: Forward

private let affine = Site<(product: Matrix, biases: Matrix), Matrix>("affine") {
  $0.product + $0.biases
} mistakes: {
  Mistake("forward-without-bias", "Your forward pass leaves the biases out.") { $0.product }
}

private let activations = Site<Matrix, (a: Matrix, slope: Matrix)>("activation") {
  let a = tanh($0)
  return (a, 1 - a * a)
} mistakes: {
  Mistake("hidden-relu", "Your hidden layer has ReLU; what is asked is tanh.") {
    (Mathematics.relu($0), $0 .> 0)
  }
  Mistake("hidden-sigmoid", "Your hidden layer has a sigmoid; what is asked is tanh.") {
    let a = sigmoid($0)
    return (a, a * (1 - a))
  }
  Mistake("hidden-linear", "Your hidden layer has no tanh.") { ($0, $0 * 0 + 1) }
}

private let probabilities = Site<Matrix, Matrix>("probability") {
  sigmoid($0)
} mistakes: {
  Mistake("sigmoid-overflow", "Your sigmoid is ∞/∞ for a large logit; 1/(1 + exp(−z)) never is.") {
    exp($0) / (exp($0) + 1)
  }
}

private func sigmoid(_ z: Matrix) -> Matrix { z.map { 1 / (1 + exp(-$0)) } }

/// A logit and its probability.
private struct Output {
  let z, p: Matrix
  let batch: Batch

  var y: Matrix { batch.y }
  /// −ln p and −ln(1 − p), from the logit: neither is ever ln 0. Where p is not a number, nor are they.
  var positive: Matrix { maximum(-z, 0) + log(exp(-abs(z)) + 1) + 0 * p }
  var negative: Matrix { positive + z }
  var terms: Matrix { y * positive + (1 - y) * negative }
  var mean: Double { mean(terms) }

  /// −(y·ln p + (1 − y)·ln(1 − p)) as it stands.
  func crossEntropy(_ p: Matrix) -> Matrix { -(y * log(p) + (1 - y) * log(1 - p)) }

  /// What the batch adds to the mean over all rows.
  func mean(_ terms: Matrix) -> Double { terms.sum() / batch.total }
}

/// What the error p − y is taken from, and the loss.
private let outputs = Site<Output, (p: Matrix, loss: Double)>("loss") {
  ($0.p, $0.mean)
} mistakes: {
  Mistake("loss-summed", "You summed the loss over the batch instead of averaging it.") {
    ($0.p, $0.terms.sum())
  }
  Mistake("loss-halved", "You halved the loss; the mean of the cross-entropy has no factor ½.") {
    ($0.p, $0.mean / 2)
  }
  Mistake(
    "loss-parentheses", "Your minus sign covers only y·ln p; it covers (1 − y)·ln(1 − p) as well."
  ) { ($0.p, $0.mean($0.y * $0.positive - (1 - $0.y) * $0.negative)) }
  Mistake("loss-sign", "Your loss lacks its minus sign.") { ($0.p, -$0.mean) }
  Mistake(
    "loss-squared",
    "Your loss is the mean squared error; what is asked is the binary cross-entropy."
  ) { ($0.p, $0.mean(($0.p - $0.y) * ($0.p - $0.y))) }
  Mistake("log-of-zero", "Your loss takes ln 0 where p is 0 or 1; clip p, or work from the logit.")
  { ($0.p, $0.mean($0.crossEntropy($0.p))) }
  Mistake("output-linear", "Your output has no sigmoid; p is sigmoid(A·W₂ + b₂).") {
    ($0.z, $0.mean($0.crossEntropy($0.z)))
  }
}

// MARK: Epochs

private enum Time { case before, after, beforeAndAfter }

/// When the loss is taken.
private let times = Site<Void, Time>("time of the loss") { _ in
  .before
} mistakes: {
  Mistake("loss-after-update", "You took the loss after the update; the curve wants it before.") {
    _ in .after
  }
  Mistake(
    "loss-before-and-after",
    "You kept the loss after the last update, too; there is one an epoch, before its update."
  ) { _ in .beforeAndAfter }
}

/// Whether an epoch follows.
private let epochEnds = Site<(losses: [Double], epochs: Int), Bool>("epochs") {
  $0.losses.count < $0.epochs
} mistakes: {
  Mistake("epoch-too-few", "You stopped one epoch too early.") { $0.losses.count < $0.epochs - 1 }
  Mistake("epoch-too-many", "You went on for one epoch too many.") {
    $0.losses.count < $0.epochs + 1
  }
  Mistake("stops-early", "You stopped once the loss was small; it is `epochs` that says when.") {
    $0.losses.last.map { $0 < 0.01 } ?? false ? false : nil
  }
}

/// The way through the epochs.
private struct Course {
  let start: Network
  var batches: [Batch]
  var network: Network
  /// What is returned once all epochs are over.
  var result: Network
  /// What the forward pass goes through, where it is not the network of the time.
  var seen: Network?
  var latest: Gradients?
  /// What is added to new gradients.
  var carried: Gradients?
  var isUpdating = true
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

// To come back to the start every time and to return it is to update nothing.
private let courses = Site<Course, Course>("epoch") {
  $0
} mistakes: {
  Mistake(
    "gradients-accumulate",
    "Your gradients add up from epoch to epoch; each epoch starts them anew."
  ) { $0.with(\.carried, $0.latest) }
  Mistake("row-by-row", "You updated after every row; a full batch makes one update an epoch.") {
    $0.with(\.batches, $0.batches.flatMap(\.rows))
  }
  Mistake(
    "starts-over", "Every epoch starts from the given parameters; go on from the updated ones."
  ) { $0.with(\.network, $0.start) }
  Mistake(
    "forward-once",
    "You ran the forward pass once, before the loop; every epoch has new parameters."
  ) { $0.with(\.seen, $0.start) }
  Mistake("never-updated", "You never updated the parameters.") { $0.with(\.isUpdating, false) }
  Mistake(
    "returns-initial", "You returned the parameters that you were given, not the trained ones."
  ) { $0.with(\.isForgotten, true) }
}

// MARK: Backward

private let errors = Site<(error: Matrix, p: Matrix), Matrix>("error") {
  $0.error
} mistakes: {
  Mistake(
    "sigmoid-slope-on-top",
    "You multiplied p − y by the sigmoid's slope; in p − y it has cancelled already."
  ) { $0.error * $0.p * (1 - $0.p) }
}

/// What p − y is divided by, and the bias gradients once more.
private let divisors = Site<Double, (delta: Double, biases: Double)>("scale") {
  ($0, 1)
} mistakes: {
  Mistake(
    "gradient-summed",
    "You summed the gradient over the batch; the loss is a mean, and so is its gradient."
  ) { _ in (1, 1) }
  Mistake("batch-mean-twice", "You divided the gradient by the batch size twice.") { ($0 * $0, 1) }
  Mistake(
    "bias-mean-twice",
    "You averaged the bias gradients over the batch although delta is averaged already."
  ) { ($0, $0) }
}

private let slopes = Site<(z: Matrix, a: Matrix, slope: Matrix), Matrix>("slope") {
  $0.slope
} mistakes: {
  Mistake("tanh-slope-missing", "You did not multiply by the slope of tanh on the way back.") {
    $0.z * 0 + 1
  }
  Mistake(
    "slope-of-activation",
    "You took tanh a second time for its slope; with A = tanh(Z) it is 1 − A²."
  ) { 1 - tanh($0.a) * tanh($0.a) }
  Mistake("slope-of-pre-activation", "You took 1 − Z² for the slope of tanh; it is 1 − A².") {
    1 - $0.z * $0.z
  }
  Mistake("slope-of-sigmoid", "You took A·(1 − A), the sigmoid's, for the slope of tanh: 1 − A².") {
    $0.a * (1 - $0.a)
  }
}

/// The weights that delta goes back through.
private let weightsBack = Site<(weights: Matrix, move: Matrix), Matrix>("weights back") {
  $0.weights
} mistakes: {
  Mistake(
    "updates-too-early",
    "You went back through W₂ when it was updated already; take all gradients first."
  ) { $0.weights - $0.move }
}

// MARK: Update

private let steps = Site<Double, Double>("step") {
  $0
} mistakes: {
  Mistake("ascending", "You added the gradient; to descend, subtract it.") { -$0 }
  Mistake("learning-rate-missing", "You did not multiply the gradient by the learning rate.") { _ in
    1
  }
}

private struct Update {
  let start, network: Network
  let gradients: Gradients
  let step: Double

  typealias Outcome = (network: Network, result: Network)

  func moved(summing: Bool = true) -> Network {
    func moved(_ layer: DenseLayer, _ gradient: Gradients.Layer) -> DenseLayer {
      let biases = summing ? gradient.biasRows.sum(axis: 0) : gradient.biasRows
      return DenseLayer(
        weights: layer.weights - step * gradient.weights, biases: layer.biases - step * biases)
    }
    return Network(
      hidden: moved(network.hidden, gradients.hidden),
      output: moved(network.output, gradients.output))
  }

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

/// The network from here on, and what is returned of it.
private let updates = Site<Update, Update.Outcome>("parameters") {
  $0.freezing()
} mistakes: {
  Mistake("bias-not-summed", "You did not sum the bias gradients over the rows of the batch.") {
    let next = $0.moved(summing: false)
    return (next, next)
  }
  Mistake("hidden-frozen", "You never updated the hidden layer, W₁ and b₁.") {
    $0.freezing(\.hidden.weights, \.hidden.biases)
  }
  Mistake("output-frozen", "You never updated the output layer, W₂ and b₂.") {
    $0.freezing(\.output.weights, \.output.biases)
  }
  Mistake("weights-frozen", "You never updated the weights.") {
    $0.freezing(\.hidden.weights, \.output.weights)
  }
  Mistake("hidden-weights-frozen", "You never updated W₁.") { $0.freezing(\.hidden.weights) }
  Mistake("output-weights-frozen", "You never updated W₂.") { $0.freezing(\.output.weights) }
  Mistake("biases-frozen", "You never updated the biases.") {
    $0.freezing(\.hidden.biases, \.output.biases)
  }
  Mistake("hidden-bias-frozen", "You never updated b₁.") { $0.freezing(\.hidden.biases) }
  Mistake("output-bias-frozen", "You never updated b₂.") { $0.freezing(\.output.biases) }
  Mistake(
    "returns-initial-hidden",
    "You returned the hidden layer that you were given, not the trained one."
  ) { $0.returningInitial(\.hidden) }
  Mistake(
    "returns-initial-output",
    "You returned the output layer that you were given, not the trained one."
  ) { $0.returningInitial(\.output) }
}
