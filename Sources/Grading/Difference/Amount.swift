/// The number in a relation as it is told, with the name of what it is.
struct Amount {
  private let value: Double
  /// Nil for a number that is nothing but that.
  private let expression: Expression?

  fileprivate init(_ value: Double, _ expression: Expression?) {
    (self.value, self.expression) = (value, expression)
  }

  var isNegative: Bool { value < 0 }

  /// Whether it is 1 or −1, and nothing but that.
  var isOne: Bool { expression == nil && abs(value) == 1 }

  /// Whether its name is no symbol, and so stands behind it.
  var isInWords: Bool { expression.map { !$0.isShort } ?? false }

  /// "−0.05", "n = 5", "0.6918, the momentum".
  var signed: String { text(value, expression) }

  /// The same without its sign.
  var unsigned: String {
    let positive = expression.map { $0.isNegative ? $0.positive : $0 }
    return text(abs(value), positive)
  }

  /// "0.6918 (the momentum)".
  var inBrackets: String {
    guard let expression, isInWords else { return signed }
    return "\(Numbers.brief(value)) (\(expression.text))"
  }

  private func text(_ value: Double, _ expression: Expression?) -> String {
    let number = Numbers.brief(value)
    guard let expression else { return number }
    return expression.isShort ? "\(expression.text) = \(number)" : "\(number), \(expression.text)"
  }
}

extension Coefficient {
  /// Nil where it is another number on every draw.
  func amount(in observation: Observation) -> Amount? {
    switch self {
    case .literal(let value): Amount(value, nil)
    case .named(let expression): expression.value(in: observation).map { Amount($0, expression) }
    case .unknown: nil
    }
  }
}

extension Expression {
  /// Whether it is made of symbols.
  fileprivate var isShort: Bool { names.allSatisfy { $0.count <= 2 } }

  fileprivate var positive: Expression { Expression(form: form, names: names) }

  /// "1 − μ", "n/(n − 1)".
  var text: String {
    let q = names
    let text =
      switch form {
      case .plain: q[0]
      case .inverse: "1/\(factor(0))"
      case .complement: "1 − \(q[0])"
      case .inverseComplement: "1/(1 − \(q[0]))"
      case .square: "\(factor(0))²"
      case .inverseSquare: "1/\(factor(0))²"
      case .root: "√\(factor(0))"
      case .inverseRoot: "1/√\(factor(0))"
      case .less: "\(q[0]) − 1"
      case .more: "\(q[0]) + 1"
      case .overLess: "\(factor(0))/(\(q[0]) − 1)"
      case .lessOver: "(\(q[0]) − 1)/\(factor(0))"
      case .twice: "2·\(factor(0))"
      case .half: "\(factor(0))/2"
      case .twiceInverse: "2/\(factor(0))"
      case .product: "\(factor(0))·\(factor(1))"
      case .quotient: "\(factor(0))/\(factor(1))"
      case .inverseProduct: "1/(\(factor(0))·\(factor(1)))"
      case .complementProduct: "(1 − \(q[0]))·\(factor(1))"
      }
    guard isNegative else { return text }
    return [.complement, .less, .more].contains(form) ? "−(\(text))" : "−\(text)"
  }

  /// The name as a factor: several words in brackets.
  private func factor(_ place: Int) -> String {
    names[place].contains(" ") ? "(\(names[place]))" : names[place]
  }
}
