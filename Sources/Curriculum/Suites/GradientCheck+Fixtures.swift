import Grading
import KataKit

extension GradientCheckSuite {
  /// x³ at 1 with h = 0.1: 3.01; 3.31 from one side, 6.02 without the ½.
  static let cube = Case<Fixture>("cube") { _ in
    Fixture(loss: { $0.map { $0 * $0 * $0 }.sum() }, point: [[1]], step: 0.1)
  }

  /// Steps so long that no other formula gives the same, at a point with zeros and with large entries.
  static let coupled = Case<Fixture>("coupled entries") { generator in
    let sizes = generator.sizes(3, in: 3...5)
    var regression = Regression(sizes: sizes, using: &generator)
    for column in 0..<sizes[2] {
      regression.weights[column % sizes[1], column] = 0
      regression.weights[(column + 1) % sizes[1], column] *= 3
    }
    let step = 0.1 + 0.2 * generator.uniform()
    return Fixture(loss: regression.loss, point: regression.weights, step: step)
  }

  static let smallStep = Case<Fixture>("small step") { generator in
    let regression = Regression(using: &generator)
    return Fixture(loss: regression.loss, point: regression.weights, step: 1e-5)
  }

  /// Where rows and columns may be mistaken for each other.
  static let squarePoint = Case<Fixture>("square point") { generator in
    let regression = Regression(sizes: [5, 3, 3], using: &generator)
    return Fixture(loss: regression.loss, point: regression.weights, step: 0.2)
  }

  static let planted = Case<Fixture>("planted bugs") { generator in
    let regression = Regression(using: &generator)
    let g = regression.gradient
    let rows = Array(0..<g.rows)
    var swapped = g.gather(rows: rows.reversed())
    if !isFar(swapped, from: g) { swapped = g.gather(rows: rows.dropFirst() + [0]) }
    return regression.fixture([
      Claim(words: "a gradient with the opposite sign", gradient: -g),
      Claim(words: "a gradient with a factor 2", gradient: 2 * g),
      Claim(words: "a gradient with a factor ½", gradient: 0.5 * g),
      Claim(
        words: "a sum over the batch in place of the mean",
        gradient: Double(regression.inputs.rows) * g),
      Claim(words: "a gradient of zeros", gradient: 0 * g),
      Claim(words: "a gradient with its rows in another order", gradient: swapped),
      Claim(words: "a gradient of absolute values", gradient: abs(g)),
      Claim(words: "a gradient with opposite errors in two entries", gradient: g.withErrors()),
    ])
  }

  /// One entry wrong, each in its turn, by as much as the whole gradient is long.
  static let entries = Case<Fixture>("every entry") { generator in
    let regression = Regression(using: &generator)
    let g = regression.gradient
    return regression.fixture(
      g.elements.indices.map { index in
        var claim = g
        let (row, column) = (index / g.columns, index % g.columns)
        claim[row, column] += g[row, column] < 0 ? -g.norm : g.norm
        return Claim(words: "a gradient with a wrong entry [\(row)][\(column)]", gradient: claim)
      })
  }

  static let slightly = Case<Fixture>("small error") { generator in
    let regression = Regression(using: &generator)
    var claim = regression.gradient
    let row = Int.random(in: 0..<claim.rows, using: &generator)
    claim[row, row % claim.columns] += 0.055 * claim.norm
    return regression.fixture([
      Claim(words: "a gradient with one entry off by 5%", gradient: claim),
      Claim(words: "a gradient that is 6% too long", gradient: 1.06 * regression.gradient),
    ])
  }

  static let transposed = Case<Fixture>("transposed") { generator in
    while true {
      let regression = Regression(sizes: [5, 3, 3], using: &generator)
      let claim = regression.gradient.transposed
      guard isFar(claim, from: regression.gradient) else { continue }
      return regression.fixture([Claim(words: "the transposed gradient", gradient: claim)])
    }
  }

  /// A loss to which the point makes no difference.
  static let level = Case<Fixture>("zero gradient") { generator in
    let point = Matrix.normal(rows: 3, columns: 4, using: &generator)
    let value = 1 + generator.uniform()
    return Fixture(
      loss: { _ in value }, point: point,
      claims: [
        Claim(words: "the right gradient, all zeros,", gradient: 0 * point, isRight: true),
        Claim(words: "a gradient of a loss that never changes", gradient: point),
        Claim(
          words: "a small gradient of a loss that never changes",
          gradient: 2e-6 / point.norm * point),
      ])
  }

  /// Where one input is always 0, as behind a dead unit, its weights make no difference.
  static let unused = Case<Fixture>("unused entries") { generator in
    var regression = Regression(using: &generator)
    for row in 0..<regression.inputs.rows { regression.inputs[row, 1] = 0 }
    var claim = regression.gradient
    claim[1, 2] = claim.norm
    return regression.fixture([
      Claim(words: "a gradient of an entry that makes no difference", gradient: claim)
    ])
  }

  static let notANumber = Case<Fixture>("not a number") { generator in
    let regression = Regression(using: &generator)
    var claim = regression.gradient
    claim[claim.rows - 1, 0] = .nan
    return regression.fixture([
      Claim(words: "a gradient with an entry that is NaN", gradient: claim),
      Claim(words: "a gradient of NaN", gradient: claim * .nan),
    ])
  }

  static let tiny = Case<Fixture>("gradient of 1e-6") { generator in
    scaled(to: 2e-6, using: &generator)
  }

  static let huge = Case<Fixture>("gradient of 1e6") { generator in
    scaled(to: 5e5, using: &generator)
  }

  private static func scaled(
    to size: Double, using generator: inout SeededGenerator
  ) -> Fixture {
    var regression = Regression(using: &generator)
    regression.factor = size / regression.gradient.norm
    let g = regression.gradient
    return regression.fixture([
      Claim(words: "a gradient with the opposite sign", gradient: -g),
      Claim(words: "a gradient with a factor 2", gradient: 2 * g),
      Claim(words: "a gradient of zeros", gradient: 0 * g),
    ])
  }

  /// Σ c(w − m)², 5e-4 beside its minimum, where the slope is small beside the curvature: central
  /// differences are exact, and one-sided ones off by h/1e-3 of the slope.
  static let valley = Case<Fixture>("near a minimum") { generator in
    parabola(offset: Matrix(rows: 3, columns: 4) + 5e-4, using: &generator) {
      [
        Claim(words: "a gradient with the opposite sign", gradient: -$0),
        Claim(words: "a gradient of zeros", gradient: 0 * $0),
      ]
    }
  }

  /// Where the largest entry is negative, and no size.
  static let negative = Case<Fixture>("negative gradient") { generator in
    let offset = -Matrix.uniform(rows: 3, columns: 4, in: 0.5...1, using: &generator)
    return parabola(offset: offset, using: &generator) {
      [
        Claim(words: "a negative gradient with a factor 2", gradient: 2 * $0),
        Claim(words: "a negative gradient with a factor ½", gradient: 0.5 * $0),
      ]
    }
  }

  /// Σ c(w − m)² at an offset from its minimum m.
  private static func parabola(
    offset: Matrix, using generator: inout SeededGenerator, wrong: (Matrix) -> [Claim]
  ) -> Fixture {
    let (rows, columns) = (offset.rows, offset.columns)
    let curvature = Matrix.uniform(rows: rows, columns: columns, in: 0.5...2, using: &generator)
    let minimum = Matrix.normal(rows: rows, columns: columns, using: &generator)
    let point = minimum + offset
    let g = 2 * curvature * (point - minimum)
    return Fixture(
      loss: { (curvature * ($0 - minimum) * ($0 - minimum)).sum() }, point: point,
      claims: [Claim(words: "the right gradient", gradient: g, isRight: true)] + wrong(g))
  }

  /// Both questions at once.
  static let both = Case<Fixture>("both") { generator in
    let regression = Regression(using: &generator)
    var fixture = regression.fixture([
      Claim(words: "a gradient with a factor 2", gradient: 2 * regression.gradient)
    ])
    fixture.step = 0.1
    return fixture
  }

  private static func isFar(_ claim: Matrix, from gradient: Matrix) -> Bool {
    (claim - gradient).norm > 0.6 * gradient.norm
  }
}

/// Logistic regression with several outputs: the mean over the rows of Σ ln(1 + e^z) − t·z, Z = X·W.
private struct Regression: Sendable {
  var inputs: Matrix
  var targets: Matrix
  var weights: Matrix
  var factor = 1.0

  /// Rows, inputs and outputs; drawn until no entry of the gradient is below 0.1 of the largest.
  init(sizes: [Int], using generator: inout SeededGenerator) {
    repeat {
      inputs = .normal(rows: sizes[0], columns: sizes[1], using: &generator)
      targets = .uniform(rows: sizes[0], columns: sizes[2], in: 0...1, using: &generator)
      weights = .normal(rows: sizes[1], columns: sizes[2], using: &generator)
    } while abs(gradient).min() < 0.1 * abs(gradient).max() || gradient.min() > 0
  }

  init(using generator: inout SeededGenerator) {
    self.init(sizes: [5] + generator.sizes(2, in: 3...4), using: &generator)
  }

  var loss: @Sendable (Matrix) -> Double {
    let (inputs, targets, factor) = (inputs, targets, factor)
    return { weights in
      let z = inputs.matmul(weights)
      let terms = maximum(z, 0) + log(1 + exp(-abs(z))) - targets * z
      return factor * terms.sum() / Double(inputs.rows)
    }
  }

  var gradient: Matrix {
    let p = 1 / (1 + exp(-inputs.matmul(weights)))
    return factor * inputs.transposed.matmul(p - targets) / Double(inputs.rows)
  }

  /// The right gradient and wrong ones.
  func fixture(_ wrong: [GradientCheckSuite.Claim]) -> GradientCheckSuite.Fixture {
    GradientCheckSuite.Fixture(
      loss: loss, point: weights,
      claims: [.init(words: "the right gradient", gradient: gradient, isRight: true)] + wrong)
  }
}

extension Matrix {
  /// The root of the sum of the squares.
  fileprivate var norm: Double { (self * self).sum().squareRoot() }

  /// Off by as much as it is long, in two entries with opposite signs.
  fileprivate func withErrors() -> Matrix {
    var result = self
    result[0, 1] += norm
    result[rows - 1, 0] -= norm
    return result
  }
}
