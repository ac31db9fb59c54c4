import KataKit

/// What wrong numbers have to do with the expected ones: a = y + c·x, or something that is no such line.
enum Relation: Hashable {
  /// c·e.
  case scaled
  /// e + c.
  case moved
  /// e + c·M.
  case plus(String)
  /// c·M.
  case multiple(String)
  /// c·Mᵀ.
  case transposedMultiple(String)
  /// M + c·(e − M): c times as far from M.
  case distance(from: String)
  /// c·M + d·N.
  case sum(String, String)
  /// e, but c where e is beyond c.
  case cut(Side)
  case times(String)
  case over(String)
  case form(Form)
  case arranged(Arrangement)
  case reduced(Reduction)
  /// The same number everywhere.
  case level
  case notANumber, infinite

  /// Beyond a bound: above it, below it, or away from 0 by more.
  enum Side: Hashable, CaseIterable { case above, below, beyond }

  /// A function of the expected entry.
  enum Form: Hashable, CaseIterable {
    case magnitude, negativeMagnitude, square, root, reciprocal, complement, logarithm, exponential
  }

  enum Arrangement: Hashable, CaseIterable {
    case transposed, rowsReversed, columnsReversed, rowsLate, rowsEarly, columnsLate, columnsEarly,
      rowsShuffled
  }

  /// Summed or averaged where it should not be, or not where it should be.
  enum Reduction: Hashable, CaseIterable {
    case rowsSummed, rowsAveraged, columnsSummed, columnsAveraged, allSummed, allAveraged
    case rowsNotSummed, rowsNotAveraged, columnsNotSummed, columnsNotAveraged
  }

  /// What it takes to believe it.
  var cost: Double {
    switch self {
    case .scaled, .level, .notANumber, .infinite: 1
    case .arranged(.transposed): 1
    case .multiple: 1.5
    case .arranged(.rowsShuffled): 3
    case .transposedMultiple, .form, .arranged, .reduced: 2
    case .moved: 2.5
    case .plus, .distance, .times, .over: 3
    // Before a number that stands in places: those beyond the bound.
    case .cut: 2.95
    case .sum: 4
    }
  }

  /// The coefficient with which nothing would be wrong.
  var trivial: Double? {
    switch self {
    case .scaled, .distance: 1
    case .moved, .plus: 0
    default: nil
    }
  }

  /// y and x of a line; nil where it is none, or where the shapes do not fit.
  func line(in o: Observation) -> (y: Matrix, x: Matrix)? {
    let (e, nothing) = (o.expected, o.expected * 0)
    func fitting(_ name: String) -> Matrix? {
      o.matrix(name).flatMap { $0.shape == e.shape ? $0 : nil }
    }
    switch self {
    case .scaled: return (nothing, e)
    case .moved: return (e, nothing + 1)
    case .plus(let name): return fitting(name).map { (e, $0) }
    case .multiple(let name):
      // A level matrix is told as a number.
      return fitting(name).flatMap { $0.isLevel ? nil : (nothing, $0) }
    case .transposedMultiple(let name):
      guard let other = o.matrix(name)?.transposed, other.shape == e.shape,
        min(e.rows, e.columns) > 1
      else { return nil }
      return (nothing, other)
    case .distance(let name): return fitting(name).map { ($0, e - $0) }
    case .level: return (nothing, nothing + 1)
    default: return nil
    }
  }

  /// What it says that the answer is, where it is no line; nil where it says nothing.
  func prediction(in o: Observation) -> Matrix? {
    let e = o.expected
    func fitting(_ name: String) -> Matrix? {
      o.matrix(name).flatMap { $0.shape == e.shape ? $0 : nil }
    }
    switch self {
    case .times(let name): return fitting(name).map { e * $0 }
    case .over(let name): return fitting(name).map { e / $0 }
    case .form(let form): return e.map(form.value)
    case .arranged(let arrangement): return arrangement.applied(to: e, like: o.actual)
    case .reduced(let reduction): return reduction.applied(to: e, like: o.actual)
    case .notANumber: return e.map { _ in .nan }
    case .infinite: return e.map { _ in .infinity }
    default: return nil
    }
  }

  /// Every relation that the block of an observation may have to what is expected.
  static func all(in observation: Observation) -> [Relation] {
    let arranged = Arrangement.allCases.map { Relation.arranged($0) }
    let reduced = Reduction.allCases.map { Relation.reduced($0) }
    guard observation.hasItsShape else { return [.arranged(.transposed)] + reduced }
    let plain: [Relation] = [.scaled, .level, .notANumber, .infinite, .moved]
    let names = observation.matrices.map(\.name)
    let shape = observation.expected.shape
    let others = names.filter { observation.matrix($0)?.shape == shape }.flatMap {
      [.multiple($0), .plus($0), .distance(from: $0), .times($0), .over($0)] as [Relation]
    }
    let turned = names.filter { observation.matrix($0)?.transposed.shape == shape }
    return plain + Form.allCases.map { .form($0) } + arranged + reduced + others
      + turned.map { .transposedMultiple($0) }
  }
}

extension Relation.Form {
  func value(of e: Double) -> Double {
    switch self {
    case .magnitude: abs(e)
    case .negativeMagnitude: -abs(e)
    case .square: e * e
    case .root: e.squareRoot()
    case .reciprocal: 1 / e
    case .complement: 1 - e
    case .logarithm: log(e)
    case .exponential: exp(e)
    }
  }
}

extension Matrix {
  /// Whether all entries are the same.
  var isLevel: Bool { elements.allSatisfy { $0 == elements[0] } }
}
