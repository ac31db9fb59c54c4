import KataKit

struct OneHot: OneHotKata {
  func encode(_ labels: [Int], classes: Int) -> Matrix {
    // solution:begin
    // The labels of one batch do not reveal the number of classes: the last may not occur.
    // bug classes-from-largest-label: var oneHot = Matrix(rows: labels.count, columns: (labels.max() ?? -1) + 1)
    var oneHot = Matrix(rows: labels.count, columns: classes)
    // bug label-for-one: for (row, label) in labels.enumerated() { oneHot[row, label] = Double(label) }
    for (row, label) in labels.enumerated() { oneHot[row, label] = 1 }
    return oneHot
    // solution:end
  }

  func decode(_ scores: Matrix) -> [Int] {
    // solution:begin
    // bug argmax-of-columns: scores.argmax(axis: 0)
    // bug largest-magnitude: abs(scores).argmax(axis: 1)
    // bug decoded-from-one: scores.argmax(axis: 1).map { $0 + 1 }
    scores.argmax(axis: 1)
    // solution:end
  }
}
