import Grading
import KataKit

extension OneHotSuite {
  package enum Slip: String, ListedMistake {
    case classesFromLargestLabel = "classes-from-largest-label"
    case classesThatOccur = "classes-that-occur"
    case firstClassDropped = "first-class-dropped"
    case countedFromOne = "counted-from-one"
    case labelForOne = "label-for-one"
    case inverted
    case cumulative
    case plusAndMinusOne = "plus-and-minus-one"
    case summed
    case transposed
    case argmaxOfColumns = "argmax-of-columns"
    case argmaxOfEverything = "argmax-of-everything"
    case startsAtZero = "starts-at-zero"
    case startsAtNumber = "starts-at-a-number"
    case looksForOne = "looks-for-one"
    case overOneHalf = "over-one-half"
    case argmin
    case largestMagnitude = "largest-magnitude"
    case lastOfEquals = "last-of-equals"
    case decodedFromOne = "decoded-from-one"

    package var sentence: String {
      switch self {
      case .classesFromLargestLabel:
        "You counted the classes by the largest label; the last ones need not occur: use `classes`."
      case .classesThatOccur:
        "You made columns only for the labels that occur; there is one for every class."
      case .firstClassDropped: "You left out the column of class 0; every class has its own."
      case .countedFromOne: "You put label 1 into the first column; labels count from 0."
      case .labelForOne: "You wrote the label itself into its column; a 1 belongs there."
      case .inverted: "Your rows have a 0 at the label and 1 elsewhere; it is the other way round."
      case .cumulative: "Your rows are 1 up to the label's column; only that column is 1."
      case .plusAndMinusOne: "Your rows are −1 where they should be 0."
      case .summed: "You added the rows up into counts; every label has a row of its own."
      case .transposed: "Your encoding is transposed; it is labels × classes."
      case .argmaxOfColumns:
        "You took the argmax down each column; it goes along each row."
      case .argmaxOfEverything:
        "You took one argmax over the whole matrix; every row has its own."
      case .startsAtZero:
        "Your search for the greatest score starts at 0, and finds none where all are negative."
      case .startsAtNumber:
        "Your search starts at a number that scores can be below; start at −∞, or at the first score."
      case .looksForOne:
        "You look for an entry that is exactly 1; scores need not have one: take the greatest."
      case .overOneHalf:
        "You look for an entry above ½; scores need not have one: take the greatest."
      case .argmin: "You took the column of the least score; it is that of the greatest."
      case .largestMagnitude:
        "You took the score of the largest magnitude; −3 is less than 1."
      case .lastOfEquals: "Of equal scores you took the last (>=); it is the first (>)."
      case .decodedFromOne: "Your decoded labels count from 1; they count from 0."
      }
    }

    package var site: String {
      switch self {
      case .classesFromLargestLabel, .classesThatOccur, .firstClassDropped, .countedFromOne:
        "columns"
      case .labelForOne, .inverted, .cumulative, .plusAndMinusOne: "entries"
      case .summed, .transposed: "rows"
      case .argmaxOfColumns, .argmaxOfEverything, .startsAtZero, .startsAtNumber, .looksForOne,
        .overOneHalf,
        .argmin, .largestMagnitude:
        "search"
      default: rawValue
      }
    }
  }

  /// Encoding and decoding that can make any of the mistakes on purpose.
  struct Reference: OneHotKata {
    let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func encode(_ labels: [Int], classes: Int) -> Matrix {
      let columns = columns(labels, classes)
      let rows = labels.map { label in columns.map { entry(label, $0) } }
      let encoded = Matrix(rows: rows.count, columns: columns.count, elements: rows.flatMap { $0 })
      if makes(.summed) { return encoded.sum(axis: 0) }
      return makes(.transposed) ? encoded.transposed : encoded
    }

    /// The label that each column stands for.
    private func columns(_ labels: [Int], _ classes: Int) -> [Int] {
      if makes(.classesFromLargestLabel) { return Array(0...(labels.max() ?? 0)) }
      if makes(.classesThatOccur) { return Set(labels).sorted() }
      if makes(.firstClassDropped) { return Array(1..<max(1, classes)) }
      return makes(.countedFromOne) ? Array(1...classes) : Array(0..<classes)
    }

    private func entry(_ label: Int, _ column: Int) -> Double {
      if makes(.labelForOne) { return column == label ? Double(label) : 0 }
      if makes(.inverted) { return column == label ? 0 : 1 }
      if makes(.cumulative) { return column <= label ? 1 : 0 }
      return column == label ? 1 : makes(.plusAndMinusOne) ? -1 : 0
    }

    func decode(_ scores: Matrix) -> [Int] {
      var lines = (0..<scores.rows).map { scores.row($0).elements }
      if makes(.argmaxOfColumns) { lines = (0..<scores.columns).map { scores.column($0).elements } }
      if makes(.argmaxOfEverything) { lines = [scores.elements] }
      return lines.map { place(of: $0) + (makes(.decodedFromOne) ? 1 : 0) }
    }

    private func place(of scores: [Double]) -> Int {
      let isAfter: (Double, Double) -> Bool = makes(.lastOfEquals) ? (>=) : (>)
      var best = makes(.startsAtZero) ? 0 : makes(.startsAtNumber) ? -1e9 : -Double.infinity
      var place = 0
      for (column, score) in scores.enumerated() {
        let value =
          if makes(.looksForOne) {
            score == 1 ? 1.0 : 0
          } else if makes(.overOneHalf) {
            score > 0.5 ? 1.0 : 0
          } else if makes(.argmin) {
            -score
          } else {
            makes(.largestMagnitude) ? abs(score) : score
          }
        if isAfter(value, best) { (best, place) = (value, column) }
      }
      return place
    }
  }
}
