import KataKit

/// The number c in a relation, as it may be told.
enum Coefficient: Hashable {
  /// The same number on every draw.
  case literal(Double)
  /// Quantities of the fixture, whatever their values.
  case named(Expression)
  /// Another number on every draw, which nothing is known to explain.
  case unknown

  /// What it takes to believe it.
  var cost: Double {
    switch self {
    case .literal(let value): value.plain == nil ? 3.5 : 0
    case .named(let expression): expression.cost
    case .unknown: 4
    }
  }

  /// Whether it is a number that nobody would write.
  var isOdd: Bool { if case .literal(let value) = self { value.plain == nil } else { false } }

  /// Its value, where that is known.
  func value(in observation: Observation) -> Double? {
    switch self {
    case .literal(let value): value
    case .named(let expression): expression.value(in: observation)
    case .unknown: nil
    }
  }
}

/// A quantity of the fixture, or what little can be made of two.
struct Expression: Hashable {
  let form: Form
  let names: [String]
  var isNegative = false

  enum Form: Hashable, CaseIterable {
    case plain, inverse
    case complement, inverseComplement, square, inverseSquare, root, inverseRoot
    case less, more, overLess, lessOver, twice, half, twiceInverse
    case product, quotient, inverseProduct, complementProduct
  }

  var cost: Double {
    let sign = isNegative ? 0.5 : 0
    return switch form {
    case .plain, .inverse: 1 + sign
    case .product, .quotient, .inverseProduct, .complementProduct: 3 + sign
    default: 2 + sign
    }
  }

  func value(in observation: Observation) -> Double? {
    let values = names.compactMap { name in
      observation.numbers.first { $0.name == name }?.value
    }
    guard values.count == names.count else { return nil }
    return value(of: values)
  }

  /// The value where the quantities have these.
  func value(of q: [Double]) -> Double {
    let value =
      switch form {
      case .plain: q[0]
      case .inverse: 1 / q[0]
      case .complement: 1 - q[0]
      case .inverseComplement: 1 / (1 - q[0])
      case .square: q[0] * q[0]
      case .inverseSquare: 1 / (q[0] * q[0])
      case .root: q[0].squareRoot()
      case .inverseRoot: 1 / q[0].squareRoot()
      case .less: q[0] - 1
      case .more: q[0] + 1
      case .overLess: q[0] / (q[0] - 1)
      case .lessOver: (q[0] - 1) / q[0]
      case .twice: 2 * q[0]
      case .half: q[0] / 2
      case .twiceInverse: 2 / q[0]
      case .product: q[0] * q[1]
      case .quotient: q[0] / q[1]
      case .inverseProduct: 1 / (q[0] * q[1])
      case .complementProduct: (1 - q[0]) * q[1]
      }
    return isNegative ? -value : value
  }

  static func forms(of count: Int) -> [Form] {
    let two: [Form] = [.product, .quotient, .inverseProduct, .complementProduct]
    return count == 2 ? two : Form.allCases.filter { !two.contains($0) }
  }
}

extension Double {
  /// The number that somebody would have written, 2, −1, 0.5 or 0.01, where it is near one.
  var plain: Double? {
    let size = abs(self)
    guard size > 1e-12 else { return 0 }
    let candidates = [size.rounded(), (size * 100).rounded() / 100, 1 / (1 / size).rounded()]
    guard size <= 1000, 1 / size <= 1000, let near = candidates.first(where: size.isNear) else {
      return nil
    }
    return self < 0 ? -near : near
  }

  func isNear(_ other: Double) -> Bool {
    other.isFinite && abs(self - other) <= 1e-7 * max(abs(self), abs(other))
  }
}
