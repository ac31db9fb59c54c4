import Exam
import Grading
import KataKit
import SharedAnswers

extension BatchNormSuite {
  /// Where every batch has the same number of rows, statistics of rows for columns stop nowhere.
  static let forward = Case<Fixture>("forward") { generator in
    let sizes = generator.sizes(2)
    return .draw(
      features: sizes[1], rows: [sizes[0], sizes[0], sizes[0]], evaluation: sizes[0],
      using: &generator)
  }

  static let uneven = Case<Fixture>("uneven batches") { generator in
    let sizes = generator.sizes(3)
    var fixture = Fixture.draw(
      features: sizes[0], rows: [2, sizes[1], sizes[2]], evaluation: 1, using: &generator)
    (fixture.settings.momentum, fixture.settings.epsilon) = (0.1, 1e-5)
    return fixture
  }

  static let fresh = Case<Fixture>("fresh layer") { generator in
    let sizes = generator.sizes(2)
    return .draw(features: sizes[1], rows: [], evaluation: sizes[0], using: &generator)
  }

  static let constant = Case<Fixture>("constant column") { generator in
    let sizes = generator.sizes(2)
    var fixture = Fixture.draw(
      features: sizes[1], rows: [sizes[0]], evaluation: sizes[0], using: &generator)
    // A quarter, so that the mean is the number itself.
    for row in 0..<sizes[0] { fixture.batches[0][row, 0] = 0.25 }
    // And another column that γ switches off, as at the start of a residual branch.
    fixture.gamma[0, 1] = 0
    fixture.upstream = .normal(rows: sizes[0], columns: sizes[1], using: &generator)
    return fixture
  }

  static let oneFeature = Case<Fixture>("single feature") { generator in
    let rows = generator.size(in: 3...7)
    var fixture = Fixture.draw(
      features: 1, rows: [rows, rows], evaluation: rows, using: &generator)
    fixture.upstream = .normal(rows: rows, columns: 1, using: &generator)
    return fixture
  }

  /// Results follow the parameters and the upstream gradient at any size.
  static let tinyParameters = scaled("tiny parameters", parameters: 1e-7)
  static let hugeParameters = scaled("huge parameters", parameters: 1e9)
  static let tinyUpstream = scaled("tiny upstream", upstream: 1e-7)
  static let hugeUpstream = scaled("huge upstream", upstream: 1e9)

  static func scaled(
    _ name: String, parameters: Double = 1, upstream: Double = 1
  ) -> Case<Fixture> {
    Case(name) { generator in
      var fixture = thereAndBack.fixture(using: &generator)
      fixture.gamma *= parameters
      fixture.beta *= parameters
      fixture.upstream = fixture.upstream.map { $0 * upstream }
      return fixture
    }
  }

  /// Batches of any size are normalized, under an ε that is small beside their variances.
  static let tinyBatches = Case<Fixture>("tiny batches") { generator in
    thereAndBack.fixture(using: &generator).scaled(by: 1e-10, epsilon: 1e-21)
  }

  static let hugeBatches = Case<Fixture>("huge batches") { generator in
    thereAndBack.fixture(using: &generator).scaled(by: 1e8, epsilon: 1e-5)
  }

  /// Some inputs and upstream gradients are alike.
  static let alike = Case<Fixture>("some alike") { generator in
    var fixture = Fixture.draw(features: 5, rows: [6], evaluation: 6, using: &generator)
    fixture.batches[0].levelSome()
    fixture.evaluation.levelSome()
    fixture.beta[0, 1] = 0
    fixture.gamma[0, 2] = 0
    fixture.upstream = .normal(rows: 6, columns: 5, using: &generator)
    fixture.upstream?.levelSome()
    return fixture
  }

  /// Running variances of 1e-18 once a dozen batches have taken the place of the 1 at the start.
  static let quiet = Case<Fixture>("tiny running variances") { generator in
    var fixture = Fixture.draw(
      features: 3, rows: Array(repeating: 4, count: 12), evaluation: 4, using: &generator
    ).scaled(by: 1e-9, epsilon: 1e-21)
    fixture.settings.momentum = 0.99
    return fixture
  }

  /// Two rows for a new layer that keeps nothing of its old statistics.
  static let momentary = Case<Fixture>("momentum of 1") { generator in
    var fixture = Fixture.draw(features: 3, rows: [2], evaluation: 4, using: &generator)
    fixture.settings.momentum = 1
    return fixture
  }

  static let many = Case<Fixture>("fifteen batches") { generator in
    .draw(
      features: 3, rows: Array(repeating: 4, count: 15), evaluation: 4, using: &generator)
  }

  /// One row a thousand spreads away from forty others: x̂ is 6 there, and nothing is clipped.
  static let outlier = Case<Fixture>("outlier") { generator in
    var fixture = Fixture.draw(
      features: 3, rows: [41], evaluation: 4, using: &generator)
    for column in 0..<3 { fixture.batches[0][7, column] = column == 1 ? -1000 : 1000 }
    fixture.upstream = .normal(rows: 41, columns: 3, using: &generator)
    return fixture
  }

  static let far = Case<Fixture>("far from zero") { generator in
    let sizes = generator.sizes(2)
    return .draw(features: sizes[1], rows: [sizes[0]], evaluation: sizes[0], using: &generator)
  }

  static let there = Case<Fixture>("backward") { .drawBackward(rows: nil, using: &$0) }

  static let twoRows = Case<Fixture>("two rows") { .drawBackward(rows: 2, using: &$0) }

  static let thereAndBack = Case<Fixture>("after evaluation") { generator in
    var fixture = Fixture.drawBackward(rows: nil, using: &generator)
    fixture.evaluation = .normal(
      rows: fixture.batches[1].rows, columns: fixture.settings.features, using: &generator)
    return fixture
  }
}

extension BatchNormExam.Fixture {
  /// Columns with means and spreads of their own, γ and β of all signs, and an ε and a momentum that show.
  static func draw(
    features: Int, rows: [Int], evaluation: Int, using generator: inout FixtureGenerator
  ) -> Self {
    let settings = BatchNormExam.Settings(
      features: features, momentum: 0.2 + 0.2 * generator.uniform(),
      epsilon: 0.05 + 0.1 * generator.uniform())
    func row(_ range: ClosedRange<Double>) -> Matrix {
      .uniform(rows: 1, columns: features, in: range, using: &generator)
    }
    let (means, spreads) = (row(-2...2), row(0.5...2))
    var gamma = row(0.5...1.5)
    gamma[0, 0] *= -1
    let beta = row(-1...1)
    func batch(_ rows: Int) -> Matrix {
      // Each batch lies elsewhere, too.
      means + row(-1...1)
        + spreads * Matrix.normal(rows: rows, columns: features, using: &generator)
    }
    return Self(
      settings: settings, gamma: gamma, beta: beta, batches: rows.map(batch),
      evaluation: batch(evaluation))
  }

  fileprivate func scaled(by factor: Double, epsilon: Double) -> Self {
    var fixture = self
    fixture.batches = batches.map { factor * $0 }
    fixture.evaluation = factor * evaluation
    fixture.settings.epsilon = epsilon
    return fixture
  }

  /// Two batches, and a step back from the second.
  static func drawBackward(
    rows: Int?, using generator: inout FixtureGenerator
  ) -> Self {
    let sizes = generator.sizes(2)
    let rows = rows ?? sizes[0]
    var fixture = draw(
      features: sizes[1], rows: [rows, rows], evaluation: rows + 1, using: &generator)
    fixture.upstream = .normal(rows: rows, columns: sizes[1], using: &generator)
    return fixture
  }
}
