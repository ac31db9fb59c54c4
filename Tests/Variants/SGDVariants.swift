import KataKit

extension CorrectAnswers {
  static let sgd = CorrectAnswers(
    kata: "sgd",
    variants: [
      LoopSGD.self, StepEachSGD.self, RunningMeanSGD.self, BufferSGD.self, FlatSGD.self,
      WeightsInRowSGD.self,
    ])
}

/// Nothing but scalars and loops; the sum is divided at the end.
private struct LoopSGD: SGDKata {
  let learningRate: Double

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    for k in parameters.indices {
      for row in 0..<parameters[k].rows {
        for column in 0..<parameters[k].columns {
          parameters[k][row, column] -= learningRate * gradients[k][row, column]
        }
      }
    }
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    var total = 0
    for n in rows { total += n }
    for k in parameters.indices {
      for row in 0..<parameters[k].rows {
        for column in 0..<parameters[k].columns {
          var sum = 0.0
          for i in microBatches.indices {
            sum += Double(rows[i]) * microBatches[i][k][row, column]
          }
          parameters[k][row, column] -= learningRate * sum / Double(total)
        }
      }
    }
  }
}

/// A step for each part, as long as its share of the rows.
private struct StepEachSGD: SGDKata {
  let learningRate: Double

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    parameters = zip(parameters, gradients).map { $0 - learningRate * $1 }
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    let total = rows.reduce(0, +)
    for (part, n) in zip(microBatches, rows) {
      SGDShare(rate: learningRate * Double(n) / Double(total)).move(&parameters, part)
    }
  }

  private struct SGDShare {
    let rate: Double
    func move(_ parameters: inout [Matrix], _ gradients: [Matrix]) {
      for k in parameters.indices { parameters[k] += -rate * gradients[k] }
    }
  }
}

/// A mean that is brought up to date part by part.
private final class RunningMeanSGD: SGDKata {
  private let learningRate: Double

  init(learningRate: Double) { self.learningRate = learningRate }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    step(&parameters, microBatches: [gradients], rows: [5])
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    var mean = microBatches[0]
    var seen = rows[0]
    for (part, n) in zip(microBatches, rows).dropFirst() {
      seen += n
      for k in mean.indices { mean[k] += Double(n) / Double(seen) * (part[k] - mean[k]) }
    }
    for k in parameters.indices { parameters[k] -= mean[k] * learningRate }
  }
}

/// As frameworks do: gradients add up in a buffer, which is cleared after the step.
private struct BufferSGD: SGDKata {
  private let learningRate: Double
  private var buffer: [Matrix]?

  init(learningRate: Double) { self.learningRate = learningRate }

  private mutating func accumulate(_ gradients: [Matrix]) {
    buffer = buffer.map { zip($0, gradients).map { $0 + $1 } } ?? gradients
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    accumulate(gradients)
    for (k, sum) in (buffer ?? []).enumerated() { parameters[k] -= learningRate * sum }
    buffer = nil
  }

  mutating func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    let total = Double(rows.reduce(0, +))
    for (part, n) in zip(microBatches, rows).dropLast() {
      accumulate(part.map { $0 * (Double(n) / total) })
    }
    guard let part = microBatches.last, let n = rows.last else { return }
    step(&parameters, gradients: part.map { $0 * (Double(n) / total) })
  }
}

/// All parameters as one long row, and the parts as the rows of a matrix.
private struct FlatSGD: SGDKata {
  let learningRate: Double

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    step(&parameters, microBatches: [gradients], rows: [1])
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    let parts = Matrix(microBatches.map { $0.flatMap(\.elements) })
    let weights = Matrix([rows.map(Double.init)])
    let moves = (learningRate * weights.matmul(parts) / weights.sum()).elements
    var start = 0
    for k in parameters.indices {
      let end = start + parameters[k].count
      parameters[k] -= Matrix(
        rows: parameters[k].rows, columns: parameters[k].columns,
        elements: Array(moves[start..<end]))
      start = end
    }
  }
}

/// Every part once for each of its rows, and then a plain mean.
private struct WeightsInRowSGD: SGDKata {
  let learningRate: Double

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    for k in gradients.indices.reversed() {
      parameters[k] = parameters[k] - gradients[k] * learningRate
    }
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    let repeated = zip(microBatches, rows).flatMap { Array(repeating: $0, count: $1) }
    let mean = parameters.indices.map { k in
      repeated.map { $0[k] }.reduce(parameters[k] * 0, +) / Double(repeated.count)
    }
    step(&parameters, gradients: mean)
  }
}
