package import Grading
import KataKit
import SharedAnswers

extension NeuronSuite {
  package static let mistakes = MistakeCatalogue(at: [sums, biases, activations, batches])

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyNeuron(weights: $0, bias: $1, activation: $2, at: at) }
  }
}

/// A neuron that can make any of the mistakes on purpose.
private struct FaultyNeuron: NeuronKata {
  private let weights: [Double]
  private let bias: Double
  private let activation: Activation
  private let parts: Parts
  private let at: Computation<NeuronSuite>

  init(weights: [Double], bias: Double, activation: @escaping (Double) -> Double) {
    self.init(weights: weights, bias: bias, activation: activation, at: Computation())
  }

  init(
    weights: [Double], bias: Double, activation: @escaping (Double) -> Double,
    at: Computation<NeuronSuite>
  ) {
    (self.weights, self.bias, self.activation) = (weights, bias, activation)
    parts = at(sums, at(biases, at(activations, Parts())))
    self.at = at
  }

  func output(for example: [Double]) -> Double { output(for: example, by: .callee) }

  func outputs(for batch: Matrix) -> Matrix {
    let isFitting = batch.columns == weights.count
    return at(
      batches,
      Batch(
        examples: batch, neuron: { output(for: $0, by: .caller) },
        unsummed: isFitting ? (batch * Matrix([weights]) + bias).map(activation) : nil))
  }

  /// f(Σᵢ wᵢxᵢ + b), or what one method makes of it.
  private func output(for x: [Double], by role: Role) -> Double {
    let f = parts.activation[role]((activation, bias))
    let sum = parts.sum[role]((weights, x, f.ofTerm))
    if f.hasBias { return sum }
    let z = parts.bias[role]((sum, bias, Double(x.count)))
    return f.ofSum(z.inside) + z.outside
  }
}

private typealias Activation = (Double) -> Double

private struct Parts {
  var sum = Shared<Terms, Double> { weightedTerms($0).reduce(0, +) }
  /// What is inside the activation, and what is added outside.
  var bias = Shared<Biased, (inside: Double, outside: Double)> { ($0.sum + $0.bias, 0) }
  var activation = Shared<(f: Activation, bias: Double), Applied> { Applied(ofSum: $0.f) }
}

private typealias Terms = (weights: [Double], x: [Double], ofTerm: Activation)
private typealias Biased = (sum: Double, bias: Double, inputs: Double)

private struct Applied {
  var ofTerm: Activation = { $0 }
  var ofSum: Activation = { $0 }
  /// Whether the bias is in the terms already.
  var hasBias = false
}

private func weightedTerms(_ terms: Terms) -> [Double] {
  zip(terms.weights, terms.x).map { terms.ofTerm($0 * $1) }
}

/// How the sentences start.
private let subjects = (both: "You ", callee: "For one example you ", caller: "For a batch you ")

private let sums = Site<Parts, Parts>("sum") {
  $0
} mistakes: {
  wrongSums.inBoth
  wrongSums.inOne
}

private let wrongSums = SharedMistakes<Parts, Terms, Double>(of: \.sum, or: "batch", subjects) {
  SharedMistake(
    "unweighted", "summed the inputs without their weights; the sum is Σ wᵢxᵢ."
  ) { $0.x.map($0.ofTerm).reduce(0, +) }
  SharedMistake(
    "weights-reversed", "took the weights from the last to the first; weight i belongs to input i."
  ) { zip($0.weights.reversed(), $0.x).map(*).map($0.ofTerm).reduce(0, +) }
  SharedMistake("last-input-skipped", "left the last input out of the sum.") {
    weightedTerms($0).dropLast().reduce(0, +)
  }
  SharedMistake("first-input-skipped", "left the first input out of the sum.") {
    weightedTerms($0).dropFirst().reduce(0, +)
  }
  SharedMistake(
    "mean-for-sum",
    "divided the weighted sum by the number of inputs; leave it a sum."
  ) { weightedTerms($0).reduce(0, +) / Double($0.x.count) }
  SharedMistake(
    "weights-added", "added each weight to its input; multiply them: Σ wᵢxᵢ."
  ) { zip($0.weights, $0.x).map(+).map($0.ofTerm).reduce(0, +) }
}

private let biases = Site<Parts, Parts>("bias") {
  $0
} mistakes: {
  wrongBiases.inBoth
  wrongBiases.inOne
}

private let wrongBiases = SharedMistakes<Parts, Biased, (inside: Double, outside: Double)>(
  of: \.bias, or: "batch", subjects
) {
  SharedMistake("bias-missing", "left the bias out; add it to the weighted sum.") {
    ($0.sum, 0)
  }
  SharedMistake("bias-subtracted", "subtracted the bias; add it.") { ($0.sum - $0.bias, 0) }
  SharedMistake("bias-per-input", "added the bias once for each input; add it once.") {
    ($0.sum + $0.inputs * $0.bias, 0)
  }
  SharedMistake("bias-doubled", "added the bias twice; add it once.") {
    ($0.sum + 2 * $0.bias, 0)
  }
  SharedMistake("bias-multiplied", "multiplied by the bias; add it.") {
    ($0.sum * $0.bias, 0)
  }
  SharedMistake(
    "bias-after-activation", "added the bias after the activation; add it before."
  ) { ($0.sum, $0.bias) }
}

private let activations = Site<Parts, Parts>("activation") {
  $0
} mistakes: {
  wrongActivations.inBoth
  wrongActivations.inOne
}

private let wrongActivations = SharedMistakes<Parts, (f: Activation, bias: Double), Applied>(
  of: \.activation, or: "batch", subjects
) {
  SharedMistake("activation-missing", "left the activation out.") { _ in Applied() }
  SharedMistake("activation-twice", "applied the activation twice.") { input in
    Applied(ofSum: { input.f(input.f($0)) })
  }
  SharedMistake(
    "activation-per-input",
    "applied the activation to each wᵢxᵢ; apply it once, to their sum with the bias."
  ) { Applied(ofTerm: $0.f) }
  SharedMistake(
    "activation-per-input-and-bias",
    "applied the activation to each wᵢxᵢ + b; apply it once, to Σ wᵢxᵢ + b."
  ) { input in Applied(ofTerm: { input.f($0 + input.bias) }, hasBias: true) }
  SharedMistake(
    "activation-fixed-step",
    "returned 1 or 0, as a perceptron does; apply the activation passed to the initializer."
  ) { _ in Applied(ofSum: { $0 > 0 ? 1 : 0 }) }
  SharedMistake(
    "activation-times-sum", "multiplied the activation by z, as SiLU does; return f(z) alone."
  ) { input in Applied(ofSum: { $0 * input.f($0) }) }
  SharedMistake(
    "activation-fixed-relu",
    "took ReLU for the activation; apply the function passed to the initializer."
  ) { _ in Applied(ofSum: { max(0, $0) }) }
  SharedMistake(
    "activation-fixed-sigmoid",
    "took the sigmoid for the activation; apply the function passed to the initializer."
  ) { _ in Applied(ofSum: { 1 / (1 + exp(-$0)) }) }
  SharedMistake(
    "activation-fixed-tanh",
    "took tanh for the activation; apply the function passed to the initializer."
  ) { _ in Applied(ofSum: { tanh($0) }) }
}

/// What only a batch can go wrong in.
private struct Batch {
  var examples: Matrix
  let neuron: ([Double]) -> Double
  /// f(wᵢxᵢ + b) of every input, where the weights fit.
  let unsummed: Matrix?

  var outputs: [Double] { (0..<examples.rows).map { neuron(examples.row($0).elements) } }
  var sum: Double { outputs.reduce(0, +) }

  /// One output a row.
  var column: Matrix { Matrix(rows: examples.rows, columns: 1, elements: outputs) }
}

private let batches = Site<Batch, Matrix>("batch") {
  $0.column
} mistakes: {
  Mistake("batch-as-row", "Your batch comes back as one row, 1 × n; return a column, n × 1.") {
    $0.column.transposed
  }
  Mistake("batch-summed", "You summed over the batch; every row has an output of its own.") {
    Matrix([[$0.sum]])
  }
  Mistake("batch-mean", "You averaged over the batch; every row has an output of its own.") {
    Matrix([[$0.sum / Double($0.examples.rows)]])
  }
  Mistake("first-row-for-all", "Every output of your batch is that of the first row.") { batch in
    batch.column.map { _ in batch.neuron(batch.examples.row(0).elements) }
  }
  Mistake(
    "columns-for-rows",
    "You took the columns of the batch for the examples; the rows are the examples."
  ) {
    guard $0.examples.rows == $0.examples.columns else { return nil }
    return Batch(
      examples: $0.examples.transposed, neuron: $0.neuron, unsummed: $0.unsummed
    ).column
  }
  Mistake(
    "batch-not-summed",
    "You did not sum over the inputs of your batch; every row has one output."
  ) { $0.unsummed }
}
