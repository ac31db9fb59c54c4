import KataKit

extension CorrectAnswers {
  static let perceptron = CorrectAnswers(
    kata: "perceptron",
    variants: [
      LoopPerceptron.self, BranchingPerceptron.self, MatrixPerceptron.self,
      EarlyPerceptron.self, AugmentedPerceptron.self, RecursivePerceptron.self,
    ])
}

private struct LoopPerceptron: PerceptronKata {
  private func fires(_ x: [Double], _ weights: [Double], _ bias: Double) -> Bool {
    var z = 0.0
    for i in x.indices { z += weights[i] * x[i] }
    return z + bias > 0
  }

  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    var result: [Int] = []
    for row in 0..<inputs.rows {
      result.append(fires(inputs.row(row).elements, weights, bias) ? 1 : 0)
    }
    return result
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    var w = weights
    var b = bias
    for _ in 0..<epochs {
      for row in 0..<inputs.rows {
        let x = inputs.row(row).elements
        let error = Double(labels[row] - (fires(x, w, b) ? 1 : 0))
        for i in x.indices { w[i] = w[i] + learningRate * error * x[i] }
        b = b + learningRate * error
      }
    }
    return (w, b)
  }
}

/// Only the wrong ones are looked at: x is added for a missed 1, and taken off for a false one.
private struct BranchingPerceptron: PerceptronKata {
  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    (0..<inputs.rows).map { row in
      weights.indices.reduce(bias) { $0 + weights[$1] * inputs[row, $1] } <= 0 ? 0 : 1
    }
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    var result = (weights: weights, bias: bias)
    for step in 0..<epochs * inputs.rows {
      let row = step % inputs.rows
      let x = inputs.row(row)
      let prediction = predictions(for: x, weights: result.weights, bias: result.bias)[0]
      if prediction == labels[row] { continue }
      let sign: Double = labels[row] == 1 ? 1 : -1
      result.weights = result.weights.enumerated().map {
        $0.element + sign * learningRate * x[0, $0.offset]
      }
      result.bias += sign * learningRate
    }
    return result
  }
}

/// Weights as a column, and moves as matrices.
private final class MatrixPerceptron: PerceptronKata {
  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    let column = Matrix(weights.map { [$0] })
    return (inputs.matmul(column) + bias .> 0).elements.map { Int($0) }
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    var w = Matrix(weights.map { [$0] })
    var b = bias
    for _ in 0..<epochs {
      for (row, label) in labels.enumerated() {
        let x = inputs.row(row)
        let z = x.matmul(w)[0, 0] + b
        let delta = Double(label) - (z > 0 ? 1 : 0)
        w += learningRate * delta * x.transposed
        b += learningRate * delta
      }
    }
    return (w.elements, b)
  }
}

/// Ends with the first epoch that had no error, after which nothing moves anymore.
private struct EarlyPerceptron: PerceptronKata {
  private func prediction(_ x: Matrix, _ weights: [Double], _ bias: Double) -> Int {
    let row = Matrix(rows: 1, columns: weights.count, elements: weights)
    return (row * x).sum() > -bias ? 1 : 0
  }

  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    (0..<inputs.rows).map { prediction(inputs.row($0), weights, bias) }
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    var (w, b, epoch, errors) = (weights, bias, 0, 1)
    while epoch < epochs, errors > 0 {
      (epoch, errors) = (epoch + 1, 0)
      for (row, label) in labels.enumerated() {
        let error = label - prediction(inputs.row(row), w, b)
        errors += abs(error)
        b += learningRate * Double(error)
        for i in w.indices { w[i] += learningRate * Double(error) * inputs[row, i] }
      }
    }
    return (w, b)
  }
}

/// The bias as the weight of an input that is always 1.
private struct AugmentedPerceptron: PerceptronKata {
  private func prediction(_ x: [Double], _ weights: [Double]) -> Int {
    zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } > 0 ? 1 : 0
  }

  private func augmented(_ inputs: Matrix) -> [[Double]] {
    (0..<inputs.rows).map { inputs.row($0).elements + [1] }
  }

  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    augmented(inputs).map { prediction($0, weights + [bias]) }
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    var all = weights + [bias]
    let examples = augmented(inputs)
    for _ in 0..<epochs {
      for (x, y) in zip(examples, labels) {
        let step = Double(y - prediction(x, all)) * learningRate
        all = zip(all, x).map { $0 + step * $1 }
      }
    }
    return (Array(all.dropLast()), all[all.count - 1])
  }
}

private struct RecursivePerceptron: PerceptronKata {
  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    let z = (inputs * Matrix([weights])).sum(axis: 1) + bias
    return z.elements.map { $0.isLessThanOrEqualTo(0) ? 0 : 1 }
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    guard epochs > 0 else { return (weights, bias) }
    let (w, b) = labels.indices.reduce((weights, bias)) { state, row in
      let x = inputs.row(row)
      let error = labels[row] - predictions(for: x, weights: state.0, bias: state.1)[0]
      let move = x * (learningRate * Double(error))
      return ((Matrix([state.0]) + move).elements, state.1 + learningRate * Double(error))
    }
    return train(
      weights: w, bias: b, inputs: inputs, labels: labels, learningRate: learningRate,
      epochs: epochs - 1)
  }
}
