import KataKit

extension CorrectAnswers {
  static let dropout = CorrectAnswers(
    kata: "dropout",
    variants: [
      LoopedDropout.self, ColumnMajorDropout.self, BitsDropout.self, SkippingDropout.self,
      ListedDropout.self, BernoulliDropout.self, ClosureDropout.self,
    ])
}

/// A flag for every entry.
private struct LoopedDropout: DropoutKata {
  let p: Double
  var isKept: [Bool]?

  init(dropProbability: Double) { p = dropProbability }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    guard isTraining else { return x }
    var (output, flags) = (x, [Bool]())
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        let keeps = generator.uniform() >= p
        flags.append(keeps)
        output[row, column] = keeps ? x[row, column] / (1 - p) : 0
      }
    }
    isKept = flags
    return output
  }

  func backward(upstream: Matrix) -> Matrix {
    guard let isKept else { return upstream }
    let elements = zip(upstream.elements, isKept).map { $1 ? $0 / (1 - p) : 0 }
    return Matrix(rows: upstream.rows, columns: upstream.columns, elements: elements)
  }
}

/// Drawn column after column, kept where the draw is below 1 − p.
private final class ColumnMajorDropout: DropoutKata {
  let keep: Double
  var mask = Matrix(rows: 0, columns: 0)

  init(dropProbability: Double) { keep = 1 - dropProbability }

  func forward(_ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator) -> Matrix {
    guard isTraining else { return x }
    mask = Matrix(rows: x.rows, columns: x.columns, repeating: 1)
    for column in 0..<x.columns {
      for row in 0..<x.rows where !(Double.random(in: 0..<1, using: &generator) < keep) {
        mask[row, column] = 0
      }
    }
    mask /= keep
    return mask * x
  }

  func backward(upstream: Matrix) -> Matrix { mask * upstream }
}

/// Thirty-two random bits an entry, two entries a draw.
private struct BitsDropout: DropoutKata {
  let p: Double
  var factors = Matrix(rows: 0, columns: 0)

  init(dropProbability: Double) { p = dropProbability }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    guard isTraining else { return x }
    let (p, scale) = (p, 1 / (1 - p))
    var (bits, left) = (0 as UInt64, 0)
    factors = x.map { _ in
      if left == 0 { (bits, left) = (generator.next(), 2) }
      let draw = Double(bits & 0xffff_ffff) / 4_294_967_296
      (bits, left) = (bits >> 32, left - 1)
      return draw < p ? 0 : scale
    }
    return x * factors
  }

  func backward(upstream: Matrix) -> Matrix { upstream * factors }
}

/// Draws how many entries are kept until the next is dropped.
private struct SkippingDropout: DropoutKata {
  let p: Double
  var dropped: [Int] = []
  var scale = 1.0

  init(dropProbability: Double) { p = dropProbability }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    guard isTraining else { return x }
    (dropped, scale) = ([], 1 / (1 - p))
    guard p > 0 else { return x }
    var place = -1
    while true {
      place += 1 + Int(min(1e9, log(1 - generator.uniform()) / log(1 - p)))
      if place >= x.count { break }
      dropped.append(place)
    }
    return without(x)
  }

  func backward(upstream: Matrix) -> Matrix { without(upstream) }

  private func without(_ matrix: Matrix) -> Matrix {
    var elements = matrix.elements.map { $0 * scale }
    for place in dropped { elements[place] = 0 }
    return Matrix(rows: matrix.rows, columns: matrix.columns, elements: elements)
  }
}

/// The places that are dropped in a set, drawn from the last to the first.
private struct ListedDropout: DropoutKata {
  let p: Double
  var dropped: Set<Int> = []

  init(dropProbability: Double) { p = dropProbability }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    guard isTraining else { return x }
    dropped = []
    for place in (0..<x.count).reversed() where generator.uniform() < p { dropped.insert(place) }
    return masked(x)
  }

  func backward(upstream: Matrix) -> Matrix { masked(upstream) }

  private func masked(_ matrix: Matrix) -> Matrix {
    let elements = matrix.elements.enumerated().map { dropped.contains($0) ? 0 : $1 / (1 - p) }
    return Matrix(rows: matrix.rows, columns: matrix.columns, elements: elements)
  }
}

/// Negated draws, at test time too, where they are thrown away.
private struct BernoulliDropout: DropoutKata {
  let p: Double
  var mask: Matrix?

  init(dropProbability: Double) { p = dropProbability }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    let draws = Matrix.uniform(rows: x.columns, columns: x.rows, in: -1...0, using: &generator)
    guard isTraining else { return x }
    mask = (draws .< -p).transposed * pow(1 - p, -1)
    return x * (mask ?? x)
  }

  func backward(upstream: Matrix) -> Matrix { mask.map { upstream * $0 } ?? upstream }
}

/// The way back is a closure that the way forward leaves behind.
private struct ClosureDropout: DropoutKata {
  let p: Double
  var back: (Matrix) -> Matrix = { $0 }

  init(dropProbability: Double) { p = dropProbability }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    guard isTraining else { return x }
    var child = SeededGenerator(seed: generator.next())
    let p = p
    let mask = (0..<x.rows).map { _ in
      (0..<x.columns).map { _ in child.uniform() < p ? 0 : 1 / (1 - p) }
    }
    back = { Matrix(mask) * $0 }
    return back(x)
  }

  mutating func backward(upstream: Matrix) -> Matrix { back(upstream) }
}
