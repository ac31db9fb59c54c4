import Exam
import KataKit

/// Everything in a fixture that wrong numbers may come from, by the names that a sentence has for it.
struct FixtureFields {
  private(set) var numbers: [(name: String, value: Double)] = []
  private(set) var matrices: [(name: String, value: Matrix)] = []
  /// Of two things with one name the second is not told.
  private var names: Set<String> = []

  init(of fixture: Any) {
    for (path, value) in FixtureLeaves(of: fixture).all {
      let name = FieldName(path: path)
      switch value {
      case .matrix(let matrix): append(matrix, name.ofMatrix)
      case .list(let list):
        append(Matrix(rows: 1, columns: list.count, elements: list), name.ofMatrix)
      case .number(let number): append(number, name.ofNumber)
      case .count(let count): append(Double(count), name.ofNumber)
      case .seed: break
      }
    }
  }

  private mutating func append(_ matrix: Matrix, _ name: String) {
    guard !matrix.isEmpty, names.insert(name).inserted else { return }
    matrices.append((name, matrix))
  }

  private mutating func append(_ number: Double, _ name: String) {
    guard names.insert(name).inserted else { return }
    numbers.append((name, number))
  }
}
