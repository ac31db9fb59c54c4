import KataKit

extension PerceptronSuite {
  /// The perceptron with any of the mistakes on purpose.
  struct Reference: PerceptronKata {
    private var rule: Slip.WrongRule?
    private var ruleInTraining: Slip.WrongRule?
    private var wrongError: Slip.WrongError?
    private var update: Slip.WrongUpdate?
    private var order: Slip.WrongOrder?
    private var wrongEpochs: Slip.WrongEpochs?
    private var start: Slip.WrongStart?

    init() {}

    init(mistakes: Set<Slip>) {
      for case .rule(let wrong, .everywhere) in mistakes { (rule, ruleInTraining) = (wrong, wrong) }
      for mistake in mistakes {
        switch mistake {
        case .rule(let wrong, .calleeOnly): rule = rule ?? wrong
        case .rule(let wrong, .callerOnly): ruleInTraining = wrong
        case .rule(_, .everywhere): break
        case .error(let wrong): wrongError = wrong
        case .update(let wrong): update = wrong
        case .order(let wrong): order = wrong
        case .epochs(let wrong): wrongEpochs = wrong
        case .start(let wrong): start = wrong
        }
      }
    }

    func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
      (0..<inputs.rows).map { row in
        Unit(weights: weights, bias: bias).prediction(for: inputs.row(row).elements, by: rule)
      }
    }

    func train(
      weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
      epochs: Int
    ) -> (weights: [Double], bias: Double) {
      let examples = zip(labels, 0...).map { (x: inputs.row($1).elements, y: Double($0)) }
      let beginning = Unit(
        weights: start == .zeros ? weights.map { _ in 0 } : weights, bias: start == nil ? bias : 0)
      var unit = beginning
      for _ in 0..<count(epochs) {
        if wrongEpochs == .reset { unit = beginning }
        switch order {
        case .reversed: learn(examples.reversed(), rate: learningRate, by: &unit, from: beginning)
        case .lastSkipped:
          learn(examples.dropLast(), rate: learningRate, by: &unit, from: beginning)
        default: learn(examples, rate: learningRate, by: &unit, from: beginning)
        }
      }
      return (unit.weights, unit.bias)
    }

    private func count(_ epochs: Int) -> Int {
      switch wrongEpochs {
      case .one: min(1, epochs)
      case .tooFew: max(0, epochs - 1)
      case .tooMany: epochs + 1
      case .reset, nil: epochs
      }
    }

    private func learn(
      _ examples: [(x: [Double], y: Double)], rate: Double, by unit: inout Unit,
      from beginning: Unit
    ) {
      var batched = unit
      let isBatch = order == .batch || order == .batchMean
      for (x, y) in examples {
        var wrong = error(of: order == .firstWeights ? beginning : unit, on: x, label: y)
        if wrong == 0 {
          if order == .stopsWhenRight { break }
          continue
        }
        if isBatch {
          let share = order == .batchMean ? rate / Double(examples.count) : rate
          for i in 0..<x.count { batched.weights[i] += move(share, wrong, x[i], rate: rate) }
          batched.bias += biasMove(share, wrong, rate: rate, features: x.count)
          continue
        }
        if order == .biasBefore {
          unit.bias += biasMove(rate, wrong, rate: rate, features: x.count)
          wrong = error(of: unit, on: x, label: y)
          for i in 0..<x.count { unit.weights[i] += move(rate, wrong, x[i], rate: rate) }
          continue
        }
        for i in 0..<x.count { unit.weights[i] += move(rate, wrong, x[i], rate: rate) }
        let biasError = order == .biasAfterwards ? error(of: unit, on: x, label: y) : wrong
        unit.bias += biasMove(rate, biasError, rate: rate, features: x.count)
      }
      if isBatch { unit = batched }
    }

    /// y − ŷ.
    private func error(of unit: Unit, on x: [Double], label: Double) -> Double {
      let error =
        switch wrongError {
        case nil: label - Double(unit.prediction(for: x, by: ruleInTraining))
        case .linear: label - unit.z(x, by: ruleInTraining)
        case .logistic: label - 1 / (1 + exp(-unit.z(x, by: ruleInTraining)))
        case .label: label
        case .always: 2 * label - 1
        }
      return switch update {
      case .signFlipped: -error
      case .onlyUp where wrongError != .always: max(error, 0)
      case .onlyDown where wrongError != .always: min(error, 0)
      case .doubled: 2 * error
      case .absolute where wrongError != .label: abs(error)
      default: error
      }
    }

    private func move(_ step: Double, _ error: Double, _ x: Double, rate: Double) -> Double {
      switch update {
      case .withoutRate, .weightsWithoutRate: step / rate * error * x
      case .withoutInput: step * error
      default: step * error * x
      }
    }

    private func biasMove(
      _ step: Double, _ error: Double, rate: Double, features: Int
    ) -> Double {
      switch update {
      case .withoutRate, .biasWithoutRate: step / rate * error
      case .biasFrozen: 0
      case .biasPerFeature: step * error * Double(features)
      default: step * error
      }
    }
  }

  private struct Unit {
    var weights: [Double]
    var bias: Double

    func z(_ x: [Double], by rule: Slip.WrongRule?) -> Double {
      var sum = 0.0
      for i in 0..<x.count { sum += weights[i] * x[i] }
      return switch rule {
      case .biasMissing: sum
      case .biasSubtracted: sum - bias
      default: sum + bias
      }
    }

    func prediction(for x: [Double], by rule: Slip.WrongRule?) -> Int {
      let z = z(x, by: rule)
      return switch rule {
      case .tie: z >= 0 ? 1 : 0
      case .half: z > 0.5 ? 1 : 0
      case .inverted: z < 0 ? 1 : 0
      case .signs: z > 0 ? 1 : -1
      case .biasMissing, .biasSubtracted, nil: z > 0 ? 1 : 0
      }
    }
  }
}
