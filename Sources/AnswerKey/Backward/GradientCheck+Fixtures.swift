import Exam
import Grading
import KataKit
import SharedAnswers

extension GradientCheckSuite {
  // MARK: Differences

  /// x³ at 1 with h = 0.1: 3.01; 3.31 from one side, 6.02 without the ½.
  static let cube = Case<Fixture>("cube") { _ in Fixture(loss: .cube, point: [[1]], step: 0.1) }

  /// Steps so long that no other formula gives the same, at a point with zeros and with large entries.
  static let coupled = Case<Fixture>("coupled entries") { generator in
    let sizes = generator.sizes(3, in: 3...5)
    var fixture = Fixture.regression(sizes, using: &generator)
    for column in 0..<sizes[2] {
      fixture.point[column % sizes[1], column] = 0
      fixture.point[(column + 1) % sizes[1], column] *= 3
    }
    // As long as any may be.
    fixture.step = 0.45 + 0.05 * generator.uniform()
    return fixture
  }

  /// Near 0, where the slope of x³ is so small that a step that is longer shows.
  static let smallStep = Case<Fixture>("small step") { generator in
    let point = Matrix.normal(
      rows: 3, columns: 4, standardDeviation: 0.01, using: &generator)
    return Fixture(loss: .cube, point: point, step: 2e-5)
  }

  /// Entries above a hundred, some alike, beside 0 and 1e-9, whose steps are no longer and no shorter than
  /// that of any other.
  static let largeEntries = Case<Fixture>("large entries") { generator in
    var point = Matrix.uniform(rows: 3, columns: 3, in: 125...145, using: &generator)
    point.levelSome()
    point[1, 1] = 1e-9
    // Against the others, so that the loss is no larger than it may be.
    point[1, 0] *= -1
    point[2, 1] *= -1
    return Fixture(loss: .cube, point: point, step: 0.5)
  }

  /// Where rows and columns may be mistaken for each other.
  static let squarePoint = Case<Fixture>("square point") { generator in
    var fixture = Fixture.regression([5, 3, 3], using: &generator)
    fixture.step = 0.2
    return fixture
  }

  static let columnPoint = Case<Fixture>("long column") { generator in
    var fixture = Fixture.regression([5, manyRows, 1], using: &generator)
    fixture.step = 0.2
    return fixture
  }

  static let rowPoint = Case<Fixture>("row of entries") { generator in
    var fixture = Fixture.regression([5, 1, 4], using: &generator)
    fixture.step = 0.2
    return fixture
  }

  // MARK: Verdicts

  static let planted = GradientTrial("planted bugs") {
    .regression(using: &$0)
  } wrong: { fixture in
    let g = fixture.gradient
    let rows = Array(0..<g.rows)
    var swapped = g.gather(rows: rows.reversed())
    if !isFar(swapped, from: g) { swapped = g.gather(rows: rows.dropFirst() + [0]) }
    return [
      GradientClaim("a gradient with the opposite sign", -g),
      GradientClaim("a gradient with a factor 2", 2 * g),
      GradientClaim("a gradient with a factor ½", 0.5 * g),
      GradientClaim("a sum over the batch in place of the mean", Double(Fixture.batch) * g),
      GradientClaim("a gradient of zeros", 0 * g),
      GradientClaim("a gradient with its rows in another order", swapped),
      GradientClaim("a gradient of absolute values", abs(g)),
      GradientClaim("a gradient with opposite errors in two entries", g.withErrors()),
      // Along c = (g + s)/2 with ‖s‖ = ‖g‖ the slope is c·g/‖c‖ = ‖c‖.
      GradientClaim("a gradient that is right along itself only", 0.5 * (g + swapped)),
    ]
  }

  /// One entry wrong, each in its turn, by as much as the whole gradient is long.
  static let entries = GradientTrial("every entry") {
    .regression(using: &$0)
  } wrong: { fixture in
    let g = fixture.gradient
    return g.elements.indices.map { index in
      var claim = g
      let (row, column) = index.quotientAndRemainder(dividingBy: g.columns)
      claim[row, column] += g[row, column] < 0 ? -g.norm : g.norm
      return GradientClaim("a gradient with a wrong entry [\(row)][\(column)]", claim)
    }
  }

  static let slightly = GradientTrial("small error") {
    .regression(using: &$0)
  } wrong: { fixture in
    let g = fixture.gradient
    var claim = g
    claim[1, 2] += 0.055 * g.norm
    return [
      GradientClaim("a gradient with one entry off by 5%", claim),
      GradientClaim("a gradient that is 6% too long", 1.06 * g),
    ]
  }

  /// A hundred entries that are all so small that an absolute error of 1e-8 is 5% of each.
  static let large = GradientTrial("many small entries") { generator in
    let sizes = generator.sizes(2, in: 9...12)
    var fixture = Fixture.slope(sizes[0], sizes[1], in: 0.9...1.1, using: &generator)
    if case .parabola(let curvature, let minimum) = fixture.loss {
      // One curvature for all, so that no entry is much larger than the others.
      let size = 2 * (fixture.point - minimum).norm
      fixture.loss = .parabola(curvature: 0 * curvature + 1.2e-6 / size, minimum: minimum)
    }
    return fixture
  } wrong: { fixture in
    let g = fixture.gradient
    var last = g
    last[g.rows - 1, g.columns - 1] += g.norm
    return [
      GradientClaim("a small gradient that is 5.5% too long", 1.055 * g),
      GradientClaim("a gradient with a wrong last entry of many", last),
    ]
  }

  static let row = thin("point of one row", rows: 1, columns: 5)
  static let column = thin("point of one column", rows: 5, columns: 1)
  static let entry = thin("point of one entry", rows: 1, columns: 1)

  private static func thin(_ name: String, rows: Int, columns: Int) -> GradientTrial {
    GradientTrial(name) {
      .slope(rows, columns, in: 0.5...1, using: &$0)
    } wrong: {
      [
        GradientClaim("a gradient with the opposite sign", -$0.gradient),
        GradientClaim("a gradient with a factor 2", 2 * $0.gradient),
      ]
    }
  }

  static let transposed = GradientTrial("transposed") { generator in
    while true {
      let fixture = Fixture.regression([5, 3, 3], using: &generator)
      if isFar(fixture.gradient.transposed, from: fixture.gradient) { return fixture }
    }
  } wrong: {
    [GradientClaim("the transposed gradient", $0.gradient.transposed)]
  }

  /// A loss to which the point makes no difference.
  static let level = GradientTrial("zero gradient", right: "the right gradient, all zeros,") {
    Fixture(
      loss: .constant(1 + $0.uniform()), point: .normal(rows: 3, columns: 4, using: &$0))
  } wrong: {
    [
      GradientClaim("a gradient of a loss that never changes", $0.point),
      GradientClaim(
        "a small gradient of a loss that never changes", 2e-6 / $0.point.norm * $0.point),
    ]
  }

  /// Where one input is always 0, as behind a dead unit, its weights make no difference.
  static let unused = GradientTrial("unused entries") { generator in
    var fixture = Fixture.regression(using: &generator)
    if case .regression(var inputs, let targets, let factor) = fixture.loss {
      for row in 0..<inputs.rows { inputs[row, 1] = 0 }
      fixture.loss = .regression(inputs: inputs, targets: targets, factor: factor)
    }
    return fixture
  } wrong: {
    var claim = $0.gradient
    claim[1, 2] = claim.norm
    return [GradientClaim("a gradient of an entry that makes no difference", claim)]
  }

  static let notANumber = GradientTrial("not a number") {
    .regression(using: &$0)
  } wrong: {
    var claim = $0.gradient
    claim[claim.rows - 1, 0] = .nan
    return [
      GradientClaim("a gradient with an entry that is NaN", claim),
      GradientClaim("a gradient of NaN", claim * .nan),
    ]
  }

  static let tiny = scaled("gradient of 1e-6", to: 2e-6)
  static let huge = scaled("gradient of 1e6", to: 5e5)

  private static func scaled(_ name: String, to size: Double) -> GradientTrial {
    GradientTrial(name) { generator in
      var fixture = Fixture.regression(using: &generator)
      if case .regression(let inputs, let targets, _) = fixture.loss {
        fixture.loss = .regression(
          inputs: inputs, targets: targets, factor: size / fixture.gradient.norm)
      }
      return fixture
    } wrong: {
      [
        GradientClaim("a gradient with the opposite sign", -$0.gradient),
        GradientClaim("a gradient with a factor 2", 2 * $0.gradient),
        GradientClaim("a gradient of zeros", 0 * $0.gradient),
      ]
    }
  }

  /// 5e-4 beside a minimum, where the slope is small beside the curvature: central differences are
  /// exact, and one-sided ones off by h/1e-3 of the slope.
  static let valley = GradientTrial("near a minimum") { generator in
    .parabola(offset: Matrix(rows: 3, columns: 4) + 5e-4, using: &generator)
  } wrong: {
    [
      GradientClaim("a gradient with the opposite sign", -$0.gradient),
      GradientClaim("a gradient of zeros", 0 * $0.gradient),
    ]
  }

  /// Where the largest entry is negative, and no size.
  static let negative = GradientTrial("negative gradient") { generator in
    let offset = -Matrix.uniform(rows: 3, columns: 4, in: 0.5...1, using: &generator)
    return .parabola(offset: offset, using: &generator)
  } wrong: {
    [
      GradientClaim("a negative gradient with a factor 2", 2 * $0.gradient),
      GradientClaim("a negative gradient with a factor ½", 0.5 * $0.gradient),
    ]
  }

  private static func isFar(_ claim: Matrix, from gradient: Matrix) -> Bool {
    (claim - gradient).norm > 0.6 * gradient.norm
  }
}

extension GradientCheckExam.Fixture {
  /// The rows that the loss of a regression is a mean over.
  static let batch = 5

  static func regression(using generator: inout FixtureGenerator) -> Self {
    regression([batch] + generator.sizes(2, in: 3...4), using: &generator)
  }

  /// Rows, inputs and outputs; drawn until no entry of the gradient is below 0.1 of the largest, and one
  /// of them is negative.
  static func regression(_ sizes: [Int], using generator: inout FixtureGenerator) -> Self {
    while true {
      let fixture = Self(
        loss: .regression(
          inputs: .normal(rows: sizes[0], columns: sizes[1], using: &generator),
          targets: .uniform(rows: sizes[0], columns: sizes[2], in: 0...1, using: &generator),
          factor: 1),
        point: .normal(rows: sizes[1], columns: sizes[2], using: &generator))
      let g = fixture.gradient
      if abs(g).min() >= 0.1 * abs(g).max(), g.min() <= 0 { return fixture }
    }
  }

  /// At these distances from a minimum in every entry, on either side.
  static func slope(
    _ rows: Int, _ columns: Int, in distances: ClosedRange<Double>,
    using generator: inout FixtureGenerator
  ) -> Self {
    let distance = Matrix.uniform(rows: rows, columns: columns, in: distances, using: &generator)
    let offset = distance.map { generator.next() % 2 == 0 ? $0 : -$0 }
    return parabola(offset: offset, using: &generator)
  }

  /// At an offset from the minimum.
  static func parabola(offset: Matrix, using generator: inout FixtureGenerator) -> Self {
    let (rows, columns) = (offset.rows, offset.columns)
    let curvature = Matrix.uniform(rows: rows, columns: columns, in: 0.5...2, using: &generator)
    let minimum = Matrix.normal(rows: rows, columns: columns, using: &generator)
    return Self(
      loss: .parabola(curvature: curvature, minimum: minimum), point: minimum + offset)
  }

  /// Of the loss at the point.
  var gradient: Matrix {
    switch loss {
    case .constant: return 0 * point
    case .cube: return 3 * point * point
    case .parabola(let curvature, let minimum): return 2 * curvature * (point - minimum)
    case .regression(let inputs, let targets, let factor):
      let p = 1 / (1 + exp(-inputs.matmul(point)))
      return factor * inputs.transposed.matmul(p - targets) / Double(inputs.rows)
    }
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
