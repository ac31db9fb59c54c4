import KataKit

extension CorrectAnswers {
  static let meanSquaredError = CorrectAnswers(
    kata: "mean-squared-error",
    variants: [
      LoopSquaredError.self, RunningSquaredError.self, MeanOfMeansSquaredError.self,
      ExpandedSquaredError.self, ProductSquaredError.self, PowerSquaredError.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    var sum = 0.0
    for row in 0..<predictions.rows {
      for column in 0..<predictions.columns {
        let error = predictions[row, column] - targets[row, column]
        sum += error * error
      }
    }
    return sum / Double(predictions.rows * predictions.columns)
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    var gradient = predictions
    let scale = 2 / Double(predictions.rows * predictions.columns)
    for row in 0..<predictions.rows {
      for column in 0..<predictions.columns {
        gradient[row, column] = scale * (predictions[row, column] - targets[row, column])
      }
    }
    return gradient
  }
}

/// A running mean over the elements.
private final class RunningSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    var mean = 0.0
    for (index, pair) in zip(predictions.elements, targets.elements).enumerated() {
      let error = pair.0 - pair.1
      mean += (error * error - mean) / Double(index + 1)
    }
    return mean
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    let elements = zip(predictions.elements, targets.elements).map {
      -2 * ($1 - $0) / Double(predictions.count)
    }
    return Matrix(rows: predictions.rows, columns: predictions.columns, elements: elements)
  }
}

/// The mean of the rows' means.
private struct MeanOfMeansSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    pow(targets - predictions, 2).mean(axis: 1).mean(axis: 0)[0, 0]
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    (predictions - targets) / Double(targets.rows) * 2 / Double(targets.columns)
  }
}

/// (y² − 2yt + t²), and the slope of each term.
private struct ExpandedSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    let squares = predictions * predictions - 2 * predictions * targets + targets * targets
    return squares.sum() / Double(squares.count)
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    2 * predictions / Double(targets.count) - 2 * targets / Double(targets.count)
  }
}

/// The squared length by matrix products.
private struct ProductSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    let error = predictions - targets
    let row = Matrix(rows: 1, columns: error.count, elements: error.elements)
    return row.matmul(row.transposed)[0, 0] / Double(error.count)
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    let error = predictions - targets
    return (error + error) * (1 / Double(error.count))
  }
}

/// |d|², and its slope 2·|d|·sign(d).
private struct PowerSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    abs(predictions - targets).map { pow($0, 2) }.mean()
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    (predictions - targets).map { 2 * abs($0) * ($0 < 0 ? -1 : 1) } / Double(predictions.count)
  }
}
