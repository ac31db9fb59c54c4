import KataKit

extension Hypothesis {
  /// "dW₁ is n = 5 times what is expected, in every entry", of the block of an observation.
  func clause(of observation: Observation) -> String {
    let name = observation.name
    guard let relation = relationText(in: observation) else {
      return "\(name) \("is wrong".agreeing(with: name))"
        + (placeText(of: observation, only: true) ?? "")
    }
    let place = placeText(of: observation)
    // What stands in commas needs the second of them.
    let comma = place != nil && relation.contains(", the ") ? "," : ""
    return "\(name) \(relation)" + comma + (place ?? everywhere(in: observation))
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
      case .row(let row): "in the \(FieldName.ordinal(row)) row"
      case .lastRow: "in the last row"
      case .column(let column): "in the \(FieldName.ordinal(column)) column"
      case .lastColumn: "in the last column"
      case .notRow(let row): "in every row but the \(FieldName.ordinal(row))"
      case .notLastRow: "in every row but the last"
      case .notColumn(let column): "in every column but the \(FieldName.ordinal(column))"
      case .notLastColumn: "in every column but the last"
      case .diagonal: "on the diagonal"
      case .offDiagonal: "off the diagonal"
      case .entries(nil, let property): "where \(Observation.itself) is \(property.word)"
      case .entries(.some(let name), let property):
        "where \(name) " + "is \(property.word)".agreeing(with: name)
      }
    return text.map { only ? " only \($0)" : " \($0)" }
  }

  // MARK: What

  /// "is n = 5 times what is expected".
  func relationText(in observation: Observation) -> String? {
    predicate(in: observation)?.agreeing(with: observation.name)
  }

  private func predicate(in observation: Observation) -> String? {
    guard let relation else { return nil }
    let expected = Observation.itself
    let amount = coefficient?.amount(in: observation)
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
          + "and another multiple of it on other data"
      default: return "is \(times(amount, expected))"
      }
    case .moved: return "is \(expected)\(more(amount))"
    case .plus(let name): return "is \(expected)\(more(amount, of: name))"
    case .sum(let one, let other):
      let further = second?.amount(in: observation)
      return "is \(times(amount, one))\(more(further, of: other))"
    case .cut(let side):
      let bound = amount?.signed ?? "a bound"
      return "is \(expected), but no entry is \(side.word)\(bound)"
    case .multiple(let name): return "is \(times(amount, name))"
    case .transposedMultiple(let name):
      return "is \(times(amount, "the transpose of \(name)"))"
    case .distance(let name) where name == observation.name: return moved(amount)
    case .distance(let name):
      let ratio = amount?.inBrackets ?? "another number of"
      return "is \(ratio) times as far from \(name) as it should be"
    case .times(let name): return "is \(expected) times \(name), entry by entry"
    case .over(let name): return "is \(expected) divided by \(name), entry by entry"
    case .form(let form): return "is \(form.word)"
    case .arranged(let arrangement): return arrangement.text
    case .reduced(let reduction):
      return observation.hasItsShape ? reduction.spreadText : reduction.text
    case .level: return "is \(amount?.signed ?? "?")"
    case .notANumber: return "is not a number"
    case .infinite: return "is infinite"
    }
  }

  /// Of a block that is compared with what it was before.
  private func moved(_ amount: Amount?) -> String {
    switch coefficient {
    case .literal(-1): return "has moved as far as it should have, in the opposite direction"
    case .literal(2): return "has moved twice as far as it should have"
    case .literal(0.5): return "has moved half as far as it should have"
    default:
      let ratio = amount?.inBrackets ?? "another number of"
      return "has moved \(ratio) times as far as it should have"
    }
  }

  /// "n = 5 times W₁", "W₁ times 0.6918, the momentum".
  private func times(_ amount: Amount?, _ what: String) -> String {
    guard let amount else { return "\(what) times a number that changes with the data" }
    if amount.isOne { return amount.isNegative ? "minus \(what)" : what }
    return amount.isInWords ? "\(what) times \(amount.signed)" : "\(amount.signed) times \(what)"
  }

  /// " plus 0.05, the learning rate", " minus 2 times W₁".
  private func more(_ amount: Amount?, of name: String? = nil) -> String {
    guard let amount else { return " plus a number that changes with the data" }
    let sign = amount.isNegative ? " minus " : " plus "
    guard let name else { return sign + amount.unsigned }
    if amount.isOne { return sign + name }
    return sign
      + (amount.isInWords ? "\(name) times \(amount.unsigned)" : "\(amount.unsigned) times \(name)")
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

extension Relation.Side {
  fileprivate var word: String {
    switch self {
    case .above: "above "
    case .below: "below "
    case .beyond: "beyond ±"
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
