import KataKit

extension CorrectAnswers {
  static let oneHot = CorrectAnswers(
    kata: "one-hot",
    variants: [
      LoopOneHot.self, IdentityOneHot.self, ComparingOneHot.self, FlatOneHot.self,
      SortingOneHot.self, RecursiveOneHot.self,
    ])
}

/// Every entry compared, and a running maximum.
private struct LoopOneHot: OneHotKata {
  func encode(_ labels: [Int], classes: Int) -> Matrix {
    var result = Matrix(rows: labels.count, columns: classes)
    for row in 0..<labels.count {
      for column in 0..<classes { result[row, column] = labels[row] == column ? 1 : 0 }
    }
    return result
  }

  func decode(_ scores: Matrix) -> [Int] {
    var labels: [Int] = []
    for row in 0..<scores.rows {
      var best = 0
      for column in 1..<max(1, scores.columns) where scores[row, column] > scores[row, best] {
        best = column
      }
      labels.append(best)
    }
    return labels
  }
}

/// `np.eye(classes)[labels]`.
private final class IdentityOneHot: OneHotKata {
  func encode(_ labels: [Int], classes: Int) -> Matrix {
    Matrix.identity(classes).gather(rows: labels)
  }

  func decode(_ scores: Matrix) -> [Int] { scores.transposed.argmax(axis: 0) }
}

/// Rows of literals, and where the maximum first is.
private struct ComparingOneHot: OneHotKata {
  func encode(_ labels: [Int], classes: Int) -> Matrix {
    Matrix(labels.map { label in (0..<classes).map { $0 == label ? 1 : 0 } })
  }

  func decode(_ scores: Matrix) -> [Int] {
    (0..<scores.rows).map { row in
      let scores = scores.row(row).elements
      let largest = scores.max() ?? 0
      return scores.firstIndex(of: largest) ?? 0
    }
  }
}

/// Into the flat elements.
private enum FlatOneHot: OneHotKata {
  case only

  init() { self = .only }

  func encode(_ labels: [Int], classes: Int) -> Matrix {
    var elements = [Double](repeating: 0, count: labels.count * classes)
    for (row, label) in labels.enumerated() { elements[row * classes + label] = 1 }
    return Matrix(rows: labels.count, columns: classes, elements: elements)
  }

  func decode(_ scores: Matrix) -> [Int] {
    let (all, width) = (scores.elements, scores.columns)
    return stride(from: 0, to: all.count, by: width).map { start in
      // The last of equals, read from the right.
      (0..<width).reversed().reduce(width - 1) { all[start + $1] >= all[start + $0] ? $1 : $0 }
    }
  }
}

/// Sorted by score, and by column among equals.
private struct SortingOneHot: OneHotKata {
  func encode(_ labels: [Int], classes: Int) -> Matrix {
    let columns = Matrix([(0..<classes).map(Double.init)])
    let wanted = Matrix(rows: labels.count, columns: 1, elements: labels.map(Double.init))
    return abs(columns - wanted) .< 0.5
  }

  func decode(_ scores: Matrix) -> [Int] {
    (0..<scores.rows).map { row in
      let order = (0..<scores.columns).sorted {
        (-scores[row, $0], $0) < (-scores[row, $1], $1)
      }
      return order[0]
    }
  }
}

/// One label after the other.
private struct RecursiveOneHot: OneHotKata {
  func encode(_ labels: [Int], classes: Int) -> Matrix {
    var rows: [[Double]] = []
    func append(_ rest: ArraySlice<Int>) {
      guard let label = rest.first else { return }
      var row = [Double](repeating: 0, count: classes)
      row[label] += 1
      rows.append(row)
      append(rest.dropFirst())
    }
    append(labels[...])
    return Matrix(rows)
  }

  func decode(_ scores: Matrix) -> [Int] {
    let isLargest = (scores - scores.max(axis: 1)) .>= 0
    return (0..<scores.rows).map { row in
      (0..<scores.columns).first { isLargest[row, $0] == 1 } ?? 0
    }
  }
}
