import Exam
import KataKit

/// Everything in a fixture that wrong numbers may come from, by the names of its fields.
struct FixtureFields {
  private(set) var numbers: [(name: String, value: Double)] = []
  private(set) var matrices: [(name: String, value: Matrix)] = []
  /// How often each name was given, so that none is given twice.
  private var uses: [String: Int] = [:]

  init(of fixture: Any) { read(fixture, path: "") }

  private mutating func read(_ value: Any, path: String) {
    switch value {
    case let matrix as Matrix: append(matrix, path)
    case let list as [Double]: append(Matrix(rows: 1, columns: list.count, elements: list), path)
    case let list as [Int]: read(list.map(Double.init), path: path)
    case let number as Double: numbers.append((unique(Self.word(of: path)), number))
    case let count as Int: numbers.append((unique(Self.word(of: path)), Double(count)))
    default: readChildren(of: value, path: path)
    }
  }

  private mutating func readChildren(of value: Any, path: String) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection:
      for (index, child) in mirror.children.enumerated() {
        read(child.value, path: "\(path)[\(index)]")
      }
    case .optional: for child in mirror.children { read(child.value, path: path) }
    case .struct, .tuple, .enum, .class:
      for child in mirror.children {
        let label = child.label ?? ""
        read(child.value, path: path.isEmpty ? label : "\(path).\(label)")
      }
    default: break
    }
  }

  private mutating func append(_ matrix: Matrix, _ path: String) {
    guard !matrix.isEmpty else { return }
    matrices.append((unique(Self.name(of: path)), matrix))
  }

  private mutating func unique(_ name: String) -> String {
    uses[name, default: 0] += 1
    let count = uses[name, default: 1]
    return count == 1 ? name : "\(name) (\(count))"
  }

  /// "W₁" for "layers[0].weights", and else the last field with its places.
  private static func name(of path: String) -> String {
    let fields = path.split(separator: ".").map(String.init)
    guard let last = fields.last else { return path }
    let symbol: String? =
      switch last {
      case "weights": "W"
      case "biases": "b"
      default: nil
      }
    guard let symbol, let owner = fields.dropLast().last, let place = place(in: owner) else {
      return last
    }
    return (owner.hasPrefix("gradients") ? "d" + symbol : symbol).subscripted(place + 1)
  }

  /// The index at the end of "layers[0]".
  private static func place(in field: String) -> Int? {
    guard field.last == "]", let bracket = field.lastIndex(of: "[") else { return nil }
    return Int(field[field.index(after: bracket)...].dropLast())
  }

  /// "β₁" for "beta1", "learning rate" for "learningRate".
  private static func word(of path: String) -> String {
    let last = path.split(separator: ".").last.map(String.init) ?? path
    let symbols = [
      "beta1": "β₁", "beta2": "β₂", "epsilon": "ε", "lambda": "λ", "gamma": "γ", "beta": "β",
    ]
    if let symbol = symbols[last] { return symbol }
    return last.reduce(into: "") { word, letter in
      word += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }
}
