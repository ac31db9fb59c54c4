import Grading
import KataKit

extension SymmetryBreakingSuite {
  /// What units are told apart by, a row for each unit.
  static let numbers = Site<(layer: DenseLayer, x: Matrix), Matrix>("numbers") {
    activations($0)
  } mistakes: {
    Mistake(
      "parameters-compared",
      "You compared the units' weights and biases; compare what they compute, their columns of A."
    ) {
      let all = $0.layer.weights.elements + $0.layer.biases.elements
      return Matrix(
        rows: $0.layer.weights.rows + 1, columns: $0.layer.weights.columns, elements: all
      ).transposed
    }
    Mistake(
      "pre-activations-compared",
      "You compared the units before tanh; compare their activations: saturated units are alike."
    ) { ($0.x.matmul($0.layer.weights) + $0.layer.biases).transposed }
    Mistake("bias-ignored", "You left out the biases when you compared units.") {
      tanh($0.x.matmul($0.layer.weights)).transposed
    }
    Mistake(
      "examples-compared",
      "You compared the rows of A, which belong to the examples; a unit is a column."
    ) { tanh($0.x.matmul($0.layer.weights) + $0.layer.biases) }
    Mistake(
      "first-example-only",
      "You compared the units on the first example only; compare them on every row of the batch."
    ) { tanh($0.x.row(0).matmul($0.layer.weights) + $0.layer.biases).transposed }
    Mistake(
      "numbers-sorted",
      "You sorted a unit's activations, or put them into a set; compare them row by row."
    ) { Matrix(activations($0).sortedRows) }
    Mistake(
      "norms-compared", "You compared the norms of the units' activations; compare row by row."
    ) {
      let a = activations($0)
      return sqrt((a * a).sum(axis: 1))
    }
    Mistake(
      "sums-compared", "You compared sums of the units' activations; compare row by row."
    ) { activations($0).sum(axis: 1) }
    Mistake(
      "magnitudes-compared", "You compared absolute values; units differ by signs, too."
    ) { abs(tanh($0.x.matmul($0.layer.weights) + $0.layer.biases)).transposed }
  }

  /// 1 where two numbers so far apart count as the same.
  static let equality = Site<Matrix, Matrix>("tolerance") {
    $0 .<= 1e-9
  } mistakes: {
    Mistake(
      "compared-exactly",
      "You count units that are 1e-14 apart as different; that is rounding. Allow 1e-9 or so."
    ) { $0 .<= 0 }
    Mistake("compared-loosely", "Your tolerance is too wide; more than 1e-9 apart is different.") {
      $0 .<= 1e-4
    }
  }

  /// How many units have no copy before them; row by row, the units that each is a copy of.
  static let count = Site<[[Bool]], Int>("count") {
    distinct($0)
  } mistakes: {
    Mistake(
      "units-without-copy",
      "You counted the units that have no copy; every group of copies counts as one, too."
    ) { $0.count { $0.count { $0 } == 1 } }
    Mistake("copies-counted", "You counted the copies; count the different units.") {
      $0.count - distinct($0)
    }
    Mistake(
      "neighbours-only",
      "You compared each unit with its neighbor only; copies may stand anywhere."
    ) { distinct($0) { $0.suffix(1) } }
    Mistake("first-unit-only", "You compared every unit with the first one only.") {
      distinct($0) { $0.prefix(1) }
    }
  }
}

/// What every unit computes, a row for each unit.
private func activations(_ input: (layer: DenseLayer, x: Matrix)) -> Matrix {
  tanh(input.x.matmul(input.layer.weights) + input.layer.biases).transposed
}

extension Matrix {
  fileprivate var sortedRows: [[Double]] { (0..<rows).map { row($0).elements.sorted() } }
}

/// The number of units that are copies of none of the units before them, of which `compared` picks
/// some.
private func distinct(
  _ isSame: [[Bool]], comparedTo compared: (ArraySlice<Bool>) -> ArraySlice<Bool> = { $0 }
) -> Int {
  isSame.indices.count { !compared(isSame[$0][..<$0]).contains(true) }
}
