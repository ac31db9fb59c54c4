import KataKit

/// Anything that a question is made of, as far as it can be shown and written as Swift.
indirect enum FixtureValue {
  case matrix(Matrix)
  /// A number, a word or a case, as Swift has it.
  case literal(String)
  case list([FixtureValue])
  /// The parts of a value; `type` is its name where it is one of KataKit's.
  case fields([(name: String, value: FixtureValue)], type: String?)

  init(_ value: Any) {
    let mirror = Mirror(reflecting: value)
    switch value {
    case let matrix as Matrix: self = .matrix(matrix)
    case let number as Double: self = .literal(Self.literal(number))
    case let bits as UInt64: self = .literal("\(bits) as UInt64")
    case let range as ClosedRange<Double>:
      self = .literal("\(range.lowerBound)...\(range.upperBound)")
    default:
      switch mirror.displayStyle {
      case .optional:
        self = mirror.children.first.map { FixtureValue($0.value) } ?? .literal(Self.absent)
      case .collection: self = .list(mirror.children.map { FixtureValue($0.value) })
      case .struct, .tuple:
        let isPublic = String(reflecting: Swift.type(of: value)).hasPrefix("KataKit.")
        self = .fields(
          mirror.children.compactMap { child in
            child.label.map { ($0, FixtureValue(child.value)) }
          }, type: isPublic ? "\(Swift.type(of: value))" : nil)
      case .enum where String(reflecting: value).hasPrefix("KataKit."):
        self = .literal("\(Swift.type(of: value)).\(value)")
      // What a case holds says which it is; one that holds nothing has its name.
      case .enum:
        self = mirror.children.first.map { FixtureValue($0.value) } ?? .literal("\"\(value)\"")
      default: self = .literal("\(value)")
      }
    }
  }

  /// A matrix that is not there.
  private static let absent = "Matrix?.none"

  /// A number as Swift reads it back, every bit of it.
  static func literal(_ number: Double) -> String {
    if number.isNaN { return "Double.nan" }
    if number.isInfinite { return number < 0 ? "-Double.infinity" : "Double.infinity" }
    return "\(number)"
  }

  /// What it holds, each under its path: "layers[0].weights".
  func leaves(_ path: String) -> [(path: String, value: FixtureValue)] {
    switch self {
    case .matrix, .literal: return [(path, self)]
    case .list(let values):
      if values.allSatisfy(\.isLiteral) { return [(path, self)] }
      return values.enumerated().flatMap { $0.element.leaves("\(path)[\($0.offset)]") }
    case .fields(let fields, _):
      return fields.flatMap { $0.value.leaves(path.isEmpty ? $0.name : "\(path).\($0.name)") }
    }
  }

  private var isLiteral: Bool {
    if case .literal = self { true } else { false }
  }
}

// MARK: As Swift

extension FixtureValue {
  /// The value as an expression.
  var swift: String {
    switch self {
    case .matrix(let matrix): Self.swift(matrix)
    case .literal(let text): text
    case .list(let values) where values.isEmpty: "[Double]()"
    case .fields(let fields, nil) where fields.count == 1: fields[0].value.swift
    case .list(let values): "[\(values.map(\.swift).joined(separator: ", "))]"
    case .fields(let fields, let type):
      "\(type ?? "")(\(fields.map { "\($0.name): \($0.value.swift)" }.joined(separator: ", ")))"
    }
  }

  /// "[[1.0, 2.0], [3.0, 4.0]] as Matrix".
  static func swift(_ matrix: Matrix) -> String {
    guard matrix.count > 0 else {
      return "Matrix(rows: \(matrix.rows), columns: \(matrix.columns))"
    }
    let rows = (0..<matrix.rows).map { row in
      "[\((0..<matrix.columns).map { literal(matrix[row, $0]) }.joined(separator: ", "))]"
    }
    return "[\(rows.joined(separator: ", "))] as Matrix"
  }

  /// One declaration for each field.
  var declarations: [String] {
    guard case .fields(let fields, _) = self else { return ["let fixture = \(swift)"] }
    return fields.map { "let \($0.name) = \($0.value.swift)" }
  }
}
