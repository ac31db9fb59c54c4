package import Grading
package import KataKit

extension OneHotSuite {
  package static let mistakes = MistakeCatalogue(
    at: [columns, entry, rows, search, comparison, firstLabel])

  package static func reference(at: Computation<Self>) -> any OneHotKata { FaultyOneHot(at: at) }
}

/// Encoding and decoding that can make any of the mistakes on purpose.
private struct FaultyOneHot: OneHotKata {
  var at = Computation<OneHotSuite>()

  func encode(_ labels: [Int], classes: Int) -> Matrix {
    let columns = at(columns, (labels, classes))
    let elements = labels.flatMap { label in columns.map { at(entry, (label, $0, classes)) } }
    return at(rows, Matrix(rows: labels.count, columns: columns.count, elements: elements))
  }

  func decode(_ scores: Matrix) -> [Int] {
    let search = at(search, scores)
    let isAfter = at(comparison, >)
    return search.lines.map { scores in
      var (place, best) = (0, search.start)
      for (column, score) in scores.enumerated() where isAfter(score, best) {
        (place, best) = (column, score)
      }
      return at(firstLabel, place)
    }
  }
}

// MARK: Encode

/// The label that each column stands for.
private let columns = Site<(labels: [Int], classes: Int), [Int]>("columns") {
  Array(0..<$0.classes)
} mistakes: {
  Mistake(
    "classes-from-largest-label",
    "You counted the classes by the largest label; the last ones need not occur: use `classes`."
  ) { Array(0...($0.labels.max() ?? 0)) }
  Mistake(
    "classes-that-occur",
    "You made columns only for the labels that occur; there is one for every class."
  ) { Set($0.labels).sorted() }
  Mistake(
    "two-classes-in-one-column",
    "You gave two classes one column of zeros and ones; make a column for each class."
  ) { $0.classes == 2 ? [1] : nil }
  Mistake(
    "first-class-dropped", "You left out the column of class 0; every class has its own."
  ) { Array(1..<max(1, $0.classes)) }
  Mistake("counted-from-one", "You put label 1 into the first column; labels count from 0.") {
    Array(1..<$0.classes + 1)
  }
}

private let entry = Site<(label: Int, column: Int, classes: Int), Double>("entries") {
  $0.column == $0.label ? 1 : 0
} mistakes: {
  Mistake("label-for-one", "You wrote the label itself into its column; a 1 belongs there.") {
    $0.column == $0.label ? Double($0.label) : 0
  }
  Mistake(
    "inverted",
    "Your rows have a 0 at the label and 1 elsewhere; it should be the other way around."
  ) { $0.column == $0.label ? 0 : 1 }
  Mistake(
    "cumulative", "Your rows are 1 up to the label's column; only that column is 1."
  ) { $0.column <= $0.label ? 1 : 0 }
  Mistake(
    "smoothed", "You smoothed the labels to 0.9 and a share of 0.1; write exactly 1 and 0."
  ) { $0.column == $0.label ? 0.9 + 0.1 / Double($0.classes) : 0.1 / Double($0.classes) }
  Mistake("plus-and-minus-one", "Your rows are −1 where they should be 0.") {
    $0.column == $0.label ? 1 : -1
  }
}

private let rows = Site<Matrix, Matrix>("rows") {
  $0
} mistakes: {
  Mistake("summed", "You added the rows up into counts; every label has a row of its own.") {
    $0.sum(axis: 0)
  }
  Mistake("transposed", "Your encoding is transposed; it should be labels × classes.") {
    $0.transposed
  }
}

// MARK: Decode

/// In what the greatest is looked for, and what the first of each line has to exceed.
private struct Search {
  var lines: [[Double]]
  var start = -Double.infinity

  init(lines: [[Double]]) { self.lines = lines }

  init(_ scores: Matrix, start: Double = -.infinity) {
    (lines, self.start) = ((0..<scores.rows).map { scores.row($0).elements }, start)
  }
}

private let search = Site<Matrix, Search>("search") {
  Search($0)
} mistakes: {
  Mistake(
    "argmax-of-columns", "You took the argmax down each column; take it along each row."
  ) { Search($0.transposed) }
  Mistake(
    "argmax-of-everything", "You took one argmax over the whole matrix; every row has its own."
  ) { Search(lines: [$0.elements]) }
  Mistake(
    "starts-at-zero",
    "Your search for the greatest score starts at 0, and finds none where all are negative."
  ) { Search($0, start: 0) }
  Mistake(
    "starts-at-a-number",
    "You answer 0 where all scores are very low; start the search at −∞, or at the first score."
  ) { Search($0, start: -1e9) }
  Mistake(
    "looks-for-one",
    "You look for an entry that is exactly 1; scores need not have one: take the greatest."
  ) { Search($0.map { $0 == 1 ? 1 : 0 }) }
  Mistake(
    "over-one-half",
    "You look for an entry above ½; scores need not have one: take the greatest."
  ) { Search($0 .> 0.5) }
  Mistake("argmin", "You took the column of the smallest score; take that of the largest.") {
    Search(-$0)
  }
  Mistake(
    "largest-magnitude", "You took the score of the largest magnitude; −3 is less than 1."
  ) { Search(abs($0)) }
}

private let comparison = Site<(Double, Double) -> Bool, (Double, Double) -> Bool>(
  "last-of-equals", "Of equal scores you took the last (>=); take the first (>)."
) { _ in (>=) }

private let firstLabel = Site<Int, Int>(
  "decoded-from-one", "Your decoded labels count from 1; they count from 0."
) { $0 + 1 }
