import Grading
import KataKit
import SharedAnswers

extension PerceptronSuite {
  /// The perceptron with any of the mistakes on purpose.
  struct Reference: PerceptronKata {
    var parts = Parts()

    func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
      let (unit, rule) = (Unit(weights: weights, bias: bias), parts.rule[.callee])
      return (0..<inputs.rows).map { rule(unit.input(for: inputs.row($0).elements)).prediction }
    }

    func train(
      weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
      epochs: Int
    ) -> (weights: [Double], bias: Double) {
      let examples = parts.examples(
        zip(labels, 0...).map { Example(x: inputs.row($1).elements, y: Double($0)) })
      let beginning = parts.start(Unit(weights: weights, bias: bias))
      var unit = beginning
      for _ in 0..<parts.epochs(epochs) {
        if parts.resets { unit = beginning }
        learn(examples, of: labels.count, rate: learningRate, by: &unit, from: beginning)
      }
      return (unit.weights, unit.bias)
    }

    private func learn(
      _ examples: [Example], of count: Int, rate: Double, by unit: inout Unit, from beginning: Unit
    ) {
      var moved = unit
      let rate: Rate = (rate, share: parts.procedure == .batchMean ? 1 / Double(count) : 1)
      for (turn, example) in examples.enumerated() {
        let error =
          switch parts.procedure {
          case .firstWeights: error(of: beginning, on: example)
          case .batch, .batchMean: error(of: unit, on: example)
          default: error(of: moved, on: example)
          }
        if parts.procedure == .biasPerEpoch {
          moveWeights(of: &moved, by: error, on: example, rate)
          if turn == examples.count - 1 { moveBias(of: &moved, by: error, on: example, rate) }
          continue
        }
        if error == 0 {
          if parts.procedure == .stopsWhenRight { break }
          continue
        }
        if parts.procedure == .biasBefore {
          moveBias(of: &moved, by: error, on: example, rate)
          moveWeights(of: &moved, by: self.error(of: moved, on: example), on: example, rate)
        } else {
          moveWeights(of: &moved, by: error, on: example, rate)
          let isAgain = parts.procedure == .biasAfterward
          let ofBias = isAgain ? self.error(of: moved, on: example) : error
          moveBias(of: &moved, by: ofBias, on: example, rate)
        }
      }
      unit = moved
    }

    private func moveWeights(
      of unit: inout Unit, by error: Double, on example: Example, _ rate: Rate
    ) {
      let step = parts.weightStep((rate.given, error)) * rate.share
      for i in 0..<example.x.count {
        unit.weights[i] += parts.usesInput ? step * example.x[i] : step
      }
    }

    private func moveBias(
      of unit: inout Unit, by error: Double, on example: Example, _ rate: Rate
    ) {
      unit.bias += parts.biasStep((rate.given, error, example.x.count)) * rate.share
    }

    /// y − ŷ.
    private func error(of unit: Unit, on example: Example) -> Double {
      let outcome = parts.rule[.caller](unit.input(for: example.x))
      return parts.sign((parts.error((example.y, outcome)), parts.movesAlways))
    }
  }

  struct Parts {
    var rule = Shared<NetInput, Outcome> { Outcome(z: $0.z) }
    var error: Code<(y: Double, outcome: Outcome), Double> = {
      $0.y - Double($0.outcome.prediction)
    }
    /// Whether the error is none of the prediction, but 1 or −1 by the label.
    var movesAlways = false
    var sign: Code<(error: Double, movesAlways: Bool), Double> = { $0.error }
    /// What each input is multiplied by.
    var weightStep: Code<(rate: Double, error: Double), Double> = { $0.rate * $0.error }
    var usesInput = true
    var biasStep: Code<(rate: Double, error: Double, features: Int), Double> = {
      $0.rate * $0.error
    }
    var examples: Code<[Example], [Example]> = { $0 }
    var procedure = Procedure.afterEach
    var epochs: Code<Int, Int> = { $0 }
    /// Whether every epoch begins where the first did.
    var resets = false
    var start: Code<Unit, Unit> = { $0 }
  }

  /// The learning rate, and the share of it that one example has.
  typealias Rate = (given: Double, share: Double)

  struct Example {
    let x: [Double]
    let y: Double
  }

  struct Unit {
    var weights: [Double]
    var bias: Double

    func input(for x: [Double]) -> NetInput {
      var sum = 0.0
      for i in 0..<x.count { sum += weights[i] * x[i] }
      return NetInput(sum: sum, bias: bias)
    }
  }

  struct NetInput {
    let sum, bias: Double

    var z: Double { sum + bias }
  }

  struct Outcome {
    let z: Double
    let prediction: Int

    init(z: Double, prediction: Int) { (self.z, self.prediction) = (z, prediction) }

    init(z: Double) { self.init(z: z, prediction: z > 0 ? 1 : 0) }
  }

  /// When weights and bias move, and what predicts before.
  enum Procedure {
    case afterEach, batch, batchMean, stopsWhenRight, biasAfterward, biasBefore, biasPerEpoch,
      firstWeights
  }
}
