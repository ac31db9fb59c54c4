import KataKit

extension Hypothesis {
  /// "dW₁ is n = 5 times what is expected, in every entry", of the block of an observation.
  func clause(of observation: Observation) -> String {
    let name = observation.name
    guard let relation = relationText(in: observation) else {
      return "\(name) is wrong\(placeText(of: observation, only: true) ?? "")"
    }
    return "\(name) \(relation)" + (placeText(of: observation) ?? everywhere(in: observation))
      + explanation(in: observation)
  }

  /// ", and 0.05 is the learning rate", where that is too long to stand before the number.
  private func explanation(in observation: Observation) -> String {
    guard case .named(let expression) = coefficient, !expression.isShort,
      let value = coefficient?.value(in: observation)
    else { return "" }
    let isMove =
      if case .moved = relation { true } else if case .plus = relation { true } else { false }
    let told = isMove && expression.isNegative ? expression.positive : expression
    return ", and \(Numbers.brief(isMove ? abs(value) : value)) is \(told.text)"
  }

  private func everywhere(in observation: Observation) -> String {
    switch relation {
    case .scaled, .level, .moved, .notANumber, .infinite, .form:
      observation.actual.count > 1 ? ", in every entry" : ""
    default: ""
    }
  }

  // MARK: Where

  func placeText(of observation: Observation, only: Bool = false) -> String? {
    let text: String? =
      switch place {
      case .everywhere: nil
      case .row(let row): "in row \(row)"
      case .lastRow: "in the last row"
      case .column(let column): "in column \(column)"
      case .lastColumn: "in the last column"
      case .notRow(let row): "in every row but row \(row)"
      case .notLastRow: "in every row but the last"
      case .notColumn(let column): "in every column but column \(column)"
      case .notLastColumn: "in every column but the last"
      case .diagonal: "on the diagonal"
      case .offDiagonal: "off the diagonal"
      case .entries(let name, let property):
        "where \(name ?? "what is expected") is \(property.word)"
      }
    return text.map { only ? " only \($0)" : " \($0)" }
  }

  // MARK: What

  func relationText(in observation: Observation) -> String? {
    guard let relation else { return nil }
    let expected = "what is expected"
    switch relation {
    case .scaled:
      switch coefficient {
      case .literal(-1): return "has the opposite sign"
      case .literal(2): return "is twice \(expected)"
      case .literal(0.5): return "is half of \(expected)"
      case .unknown:
        let slope = relation.line(in: observation)
          .flatMap { observation.slope(of: $0, on: place.members(in: observation) ?? []) }
        return "is \(slope.map { Numbers.brief($0) } ?? "?") times \(expected) here, "
          + "and another number of times on other data"
      default: return "is \(times(in: observation, "what is expected"))"
      }
    case .moved:
      let isLess = (coefficient?.value(in: observation) ?? 0) < 0
      return "is \(expected) \(isLess ? "minus" : "plus") \(size(in: observation))"
    case .plus(let name):
      let isLess = (coefficient?.value(in: observation) ?? 0) < 0
      let size = size(in: observation)
      return
        "is \(expected) \(isLess ? "minus" : "plus") \(size == "1" ? "" : "\(size) times ")\(name)"
    case .multiple(let name): return "is \(times(in: observation, name))"
    case .transposedMultiple(let name):
      return "is \(times(in: observation, "the transpose of \(name)"))"
    case .distance(let name):
      return "is \(times(in: observation, "as far from \(name) as it should be"))"
    case .times(let name): return "is \(expected) times \(name), entry by entry"
    case .over(let name): return "is \(expected) divided by \(name), entry by entry"
    case .form(let form): return "is \(form.word)"
    case .arranged(let arrangement): return arrangement.text
    case .reduced(let reduction):
      return observation.hasItsShape ? reduction.spreadText : reduction.text
    case .level: return "is \(size(in: observation, isSigned: true))"
    case .notANumber: return "is not a number"
    case .infinite: return "is infinite"
    }
  }

  private func times(in observation: Observation, _ what: String) -> String {
    let size = size(in: observation, isSigned: true)
    return switch size {
    case "1": what
    case "−1": "−1 times \(what)"
    default:
      coefficient == .unknown
        ? "\(what), times a number that differs from data to data" : "\(size) times \(what)"
    }
  }

  /// "n = 5", or only the number where its name is long.
  private func size(in observation: Observation, isSigned: Bool = false) -> String {
    guard let value = coefficient?.value(in: observation) else { return "?" }
    let number = Numbers.brief(isSigned ? value : abs(value))
    guard case .named(let expression) = coefficient, expression.isShort else { return number }
    let sign = isSigned || !expression.isNegative ? expression.text : expression.positive.text
    return "\(sign) = \(number)"
  }
}

extension Place.Property {
  fileprivate var word: String {
    switch self {
    case .positive: "positive"
    case .negative: "negative"
    case .zero: "0"
    case .nonzero: "not 0"
    case .one: "1"
    }
  }
}

extension Relation.Form {
  fileprivate var word: String {
    switch self {
    case .magnitude: "the absolute value of what is expected"
    case .negativeMagnitude: "minus the absolute value of what is expected"
    case .square: "the square of what is expected"
    case .root: "the square root of what is expected"
    case .reciprocal: "1 divided by what is expected"
    case .complement: "1 minus what is expected"
    case .logarithm: "the logarithm of what is expected"
    case .exponential: "exp of what is expected"
    }
  }
}

extension Relation.Arrangement {
  fileprivate var text: String {
    switch self {
    case .transposed: "is the transpose of what is expected"
    case .rowsReversed: "has its rows in reverse order"
    case .columnsReversed: "has its entries in reverse order within each row"
    case .rowsLate: "has every row one place too late"
    case .rowsEarly: "has every row one place too early"
    case .columnsLate: "has every entry one place too late in its row"
    case .columnsEarly: "has every entry one place too early in its row"
    case .rowsShuffled: "has the right rows in another order"
    }
  }
}

extension Relation.Reduction {
  /// Of a block that has another shape than expected.
  fileprivate var text: String {
    switch self {
    case .rowsSummed: "is summed over the rows, and should not be"
    case .rowsAveraged: "is averaged over the rows, and should not be"
    case .columnsSummed: "is summed over the columns, and should not be"
    case .columnsAveraged: "is averaged over the columns, and should not be"
    case .allSummed: "is the sum of all entries that are expected"
    case .allAveraged: "is the mean of all entries that are expected"
    case .rowsNotSummed: "is not summed over the rows: its rows add up to what is expected"
    case .rowsNotAveraged: "is not averaged over the rows: their mean is what is expected"
    case .columnsNotSummed: "is not summed over the columns: they add up to what is expected"
    case .columnsNotAveraged: "is not averaged over the columns: their mean is what is expected"
    }
  }

  /// Of a block that has its shape.
  fileprivate var spreadText: String {
    switch self {
    case .rowsSummed: "has the sum of all expected rows in every row"
    case .rowsAveraged: "has the mean of all expected rows in every row"
    case .columnsSummed: "has the sum of each expected row in all of that row"
    case .columnsAveraged: "has the mean of each expected row in all of that row"
    case .allSummed: "has the sum of all expected entries in every entry"
    case .allAveraged: "has the mean of all expected entries in every entry"
    default: text
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
