import Grading
import KataKit

extension NeuronSuite {
  package enum Slip: ComposedMistake {
    /// `outputs(for:)` may call `output(for:)`.
    case sum(WrongSum, Place)
    case bias(WrongBias, Place)
    case activation(WrongActivation, Place)
    case batch(WrongBatch)

    /// What stands for Σᵢ wᵢxᵢ.
    package enum WrongSum: String, CaseIterable, Sendable {
      case unweighted
      case lastSkipped = "last-input-skipped"
      case firstSkipped = "first-input-skipped"
      case mean = "mean-for-sum"
      case added = "weights-added"
    }

    /// What stands for + b.
    package enum WrongBias: String, CaseIterable, Sendable {
      case missing = "bias-missing"
      case subtracted = "bias-subtracted"
      case perInput = "bias-per-input"
      case doubled = "bias-doubled"
      case multiplied = "bias-multiplied"
      case afterActivation = "bias-after-activation"
    }

    /// What stands for f of all of it.
    package enum WrongActivation: String, CaseIterable, Sendable {
      case missing = "activation-missing"
      case twice = "activation-twice"
      case perInput = "activation-per-input"
      case perInputAndBias = "activation-per-input-and-bias"
      case relu = "activation-fixed-relu"
      case sigmoid = "activation-fixed-sigmoid"
      case tanh = "activation-fixed-tanh"
    }

    /// What only a batch can go wrong in.
    package enum WrongBatch: String, CaseIterable, Sendable {
      case row = "batch-as-row"
      case summed = "batch-summed"
      case mean = "batch-mean"
      case firstRow = "first-row-for-all"
      case columns = "columns-for-rows"
      case notSummed = "batch-not-summed"
    }

    package static let allCases: [Slip] =
      WrongSum.allCases.flatMap { wrong in Place.allCases.map { .sum(wrong, $0) } }
      + WrongBias.allCases.flatMap { wrong in Place.allCases.map { .bias(wrong, $0) } }
      + WrongActivation.allCases.flatMap { wrong in Place.allCases.map { .activation(wrong, $0) } }
      + WrongBatch.allCases.map(Slip.batch)

    package var rawValue: String {
      switch self {
      case .sum(let wrong, let place): wrong.rawValue + place.suffix("batch")
      case .bias(let wrong, let place): wrong.rawValue + place.suffix("batch")
      case .activation(let wrong, let place): wrong.rawValue + place.suffix("batch")
      case .batch(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .sum(let wrong, let place): place.words + wrong.words
      case .bias(let wrong, let place): place.words + wrong.words
      case .activation(let wrong, let place): place.words + wrong.words
      case .batch(let wrong): wrong.words
      }
    }

    package var site: String {
      switch self {
      case .sum: "sum"
      case .bias: "bias"
      case .activation: "activation"
      case .batch: "batch"
      }
    }
  }

  /// A neuron that can make any of the mistakes on purpose.
  struct Reference: NeuronKata {
    /// f(Σᵢ wᵢxᵢ + b), or what one method makes of it.
    private struct Computation {
      var sum: Slip.WrongSum?
      var bias: Slip.WrongBias?
      var activation: Slip.WrongActivation?
    }

    private let weights: [Double]
    private let bias: Double
    private let activation: (Double) -> Double
    private var single = Computation()
    private var batched = Computation()
    private var wrongBatch: Slip.WrongBatch?

    init(weights: [Double], bias: Double, activation: @escaping (Double) -> Double) {
      self.init(weights: weights, bias: bias, activation: activation, making: [])
    }

    init(
      weights: [Double], bias: Double, activation: @escaping (Double) -> Double,
      making mistakes: Set<Slip>
    ) {
      (self.weights, self.bias, self.activation) = (weights, bias, activation)
      for mistake in mistakes {
        switch mistake {
        case .sum(let wrong, let place):
          if place != .callerOnly { single.sum = wrong }
          if place != .calleeOnly { batched.sum = wrong }
        case .bias(let wrong, let place):
          if place != .callerOnly { single.bias = wrong }
          if place != .calleeOnly { batched.bias = wrong }
        case .activation(let wrong, let place):
          if place != .callerOnly { single.activation = wrong }
          if place != .calleeOnly { batched.activation = wrong }
        case .batch(let wrong): wrongBatch = wrong
        }
      }
    }

    func output(for example: [Double]) -> Double { evaluated(single, at: example) }

    func outputs(for batch: Matrix) -> Matrix {
      if wrongBatch == .notSummed, batch.columns == weights.count {
        return (batch * Matrix([weights]) + bias).map(activation)
      }
      let isTurned = wrongBatch == .columns && batch.rows == batch.columns
      let examples = isTurned ? batch.transposed : batch
      var outputs = (0..<batch.rows).map { row in
        evaluated(batched, at: examples.row(wrongBatch == .firstRow ? 0 : row).elements)
      }
      if wrongBatch == .summed { outputs = [outputs.reduce(0, +)] }
      if wrongBatch == .mean { outputs = [outputs.reduce(0, +) / Double(batch.rows)] }
      let isRow = wrongBatch == .row
      return Matrix(
        rows: isRow ? 1 : outputs.count, columns: isRow ? outputs.count : 1, elements: outputs)
    }

    private func evaluated(_ computation: Computation, at x: [Double]) -> Double {
      let f = computation.activation.map { $0.evaluated(activation) } ?? activation
      let inputs = Double(x.count)
      var terms =
        switch computation.sum {
        case nil, .lastSkipped, .firstSkipped, .mean: zip(weights, x).map(*)
        case .unweighted: x
        case .added: zip(weights, x).map(+)
        }
      switch computation.activation {
      case .perInput: terms = terms.map(activation)
      case .perInputAndBias: return terms.map { activation($0 + bias) }.reduce(0, +)
      default: break
      }
      var z =
        switch computation.sum {
        case .lastSkipped: terms.dropLast().reduce(0, +)
        case .firstSkipped: terms.dropFirst().reduce(0, +)
        case .mean: terms.reduce(0, +) / inputs
        default: terms.reduce(0, +)
        }
      switch computation.bias {
      case nil: z += bias
      case .missing: break
      case .subtracted: z -= bias
      case .perInput: z += inputs * bias
      case .doubled: z += 2 * bias
      case .multiplied: z *= bias
      case .afterActivation: return f(z) + bias
      }
      return f(z)
    }
  }
}

extension Place {
  fileprivate var words: String {
    switch self {
    case .everywhere: "You "
    case .calleeOnly: "For one example you "
    case .callerOnly: "For a batch you "
    }
  }
}

extension NeuronSuite.Slip.WrongSum {
  fileprivate var words: String {
    switch self {
    case .unweighted: "summed the inputs without their weights; the sum is Σ wᵢxᵢ."
    case .lastSkipped: "left the last input out of the sum."
    case .firstSkipped: "left the first input out of the sum."
    case .mean: "divided the weighted sum by the number of inputs; it is a sum, not a mean."
    case .added: "added each weight to its input; they are multiplied: Σ wᵢxᵢ."
    }
  }
}

extension NeuronSuite.Slip.WrongBias {
  fileprivate var words: String {
    switch self {
    case .missing: "left the bias out; it is added to the weighted sum."
    case .subtracted: "subtracted the bias; it is added."
    case .perInput: "added the bias once for each input; it is added once."
    case .doubled: "added the bias twice; it is added once."
    case .multiplied: "multiplied by the bias; it is added."
    case .afterActivation: "added the bias after the activation; it is added before."
    }
  }
}

extension NeuronSuite.Slip.WrongActivation {
  fileprivate var words: String {
    switch self {
    case .missing: "left the activation out."
    case .twice: "applied the activation twice."
    case .perInput:
      "applied the activation to each wᵢxᵢ; it is applied once, to their sum with the bias."
    case .perInputAndBias:
      "applied the activation to each wᵢxᵢ + b; it is applied once, to Σ wᵢxᵢ + b."
    case .relu: "took ReLU for the activation; it is the function handed in."
    case .sigmoid: "took the sigmoid for the activation; it is the function handed in."
    case .tanh: "took tanh for the activation; it is the function handed in."
    }
  }

  fileprivate func evaluated(_ activation: @escaping (Double) -> Double) -> (Double) -> Double {
    switch self {
    case .missing, .perInput, .perInputAndBias: { $0 }
    case .twice: { activation(activation($0)) }
    case .relu: { max(0, $0) }
    case .sigmoid: { 1 / (1 + exp(-$0)) }
    case .tanh: { KataKit.tanh($0) }
    }
  }
}

extension NeuronSuite.Slip.WrongBatch {
  fileprivate var words: String {
    switch self {
    case .row: "Your batch comes back as one row, 1 × n; it is a column, n × 1."
    case .summed: "You summed over the batch; every row has an output of its own."
    case .mean: "You averaged over the batch; every row has an output of its own."
    case .firstRow: "Every output of your batch is that of the first row."
    case .notSummed:
      "You did not sum over the inputs of your batch; every row has one output."
    case .columns: "You took the columns of the batch for the examples; they are the rows."
    }
  }
}
