package import Grading
package import KataKit

package enum MeanSquaredErrorSuite: Suite {
  package struct Fixture: Sendable {
    var predictions: Matrix
    var targets: Matrix
    /// Other predictions, whose loss is asked right before the gradient; they change nothing.
    var before: Matrix? = nil
    /// Whether errors are so large that of the gradient only its relative error is judged.
    var isLarge = false
  }

  package static let kata = Kata(
    "mean-squared-error", type: "MeanSquaredError", requirement: "MeanSquaredErrorKata",
    title: "the loss of regression, and its gradient", track: .loss, minutes: 5)

  package static func subject(of type: any Any.Type) -> (any MeanSquaredErrorKata)? {
    (type as? any MeanSquaredErrorKata.Type)?.init()
  }

  package static func answer(
    of subject: any MeanSquaredErrorKata, to fixture: Fixture
  ) -> [Block] {
    let loss = loss(of: subject, on: fixture)
    if let before = fixture.before {
      _ = subject.loss(predictions: before, targets: fixture.targets)
    }
    return [loss, gradient(of: subject, on: fixture)]
  }

  private static func loss(of subject: any MeanSquaredErrorKata, on fixture: Fixture) -> Block {
    Block("loss", subject.loss(predictions: fixture.predictions, targets: fixture.targets))
  }

  private static func gradient(
    of subject: any MeanSquaredErrorKata, on fixture: Fixture
  ) -> Block {
    let gradient = subject.gradient(predictions: fixture.predictions, targets: fixture.targets)
    guard fixture.isLarge, gradient.shape == fixture.targets.shape else {
      return Block("gradient", gradient, axes: "as the predictions")
    }
    let truth = reference(making: []).gradient(
      predictions: fixture.predictions, targets: fixture.targets)
    return Block(
      "relative error of the gradient", abs(gradient - truth).max() / abs(truth).max(),
      acceptance: .between(0...1e-6, noise: 1))
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, columns) = (fixture.targets.rows, fixture.targets.columns)
    return [
      Quantity(rows, "there are \(rows) rows"), Quantity(columns, "there are \(columns) columns"),
      Quantity(rows * columns, "there are \(rows * columns) entries"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed),
      .reference("loss", on: mixed, of: { [loss(of: $0, on: $1)] }),
      .gradient(on: mixed) { gradient(of: $0, on: $1) },
      .derivative("numerical gradient", on: mixed, of: "the mean squared error") {
        [derivative(of: $0, on: $1) { ($0 - $1).map { $0 * $0 }.mean() }]
      },
      .derivative("slope of your loss", on: mixed, of: "your own loss") { subject, fixture in
        [derivative(of: subject, on: fixture, loss: subject.loss)]
      },
      .reference(on: afterAnother),
      .reference(on: column),
      .reference(on: row),
      .reference(on: oneEntry),
      .reference(on: exact),
      .reference(on: large),
      .property(
        "batch twice over", on: mixed, holds: "a doubled batch has the same mean loss",
        comparing: doubled),
      .repeatable(on: mixed),
    ]
  }

  // MARK: Fixtures

  private static let mixed = Case<Fixture>("small and large") { generator in
    draw(using: &generator)
  }

  private static let afterAnother = Case<Fixture>("after another batch") { generator in
    var fixture = draw(using: &generator)
    fixture.before =
      draw(
        rows: fixture.targets.rows, columns: fixture.targets.columns, using: &generator
      ).predictions
    return fixture
  }

  private static let column = Case<Fixture>("single column") { generator in
    draw(rows: generator.sizes(1)[0], columns: 1, using: &generator)
  }

  private static let row = Case<Fixture>("single row") { generator in
    draw(rows: 1, columns: generator.sizes(1)[0], using: &generator)
  }

  private static let oneEntry = Case<Fixture>("single entry") { generator in
    draw(rows: 1, columns: 1, using: &generator)
  }

  /// Every prediction is its target.
  private static let exact = Case<Fixture>("no error") { generator in
    var fixture = draw(using: &generator)
    fixture.predictions = fixture.targets
    return fixture
  }

  private static let large = Case<Fixture>("huge errors") { generator in
    var fixture = draw(using: &generator)
    fixture.predictions *= 1e6
    fixture.isLarge = true
    return fixture
  }

  /// Neither side is twice the other, so that a missing ½ looks like no other divisor.
  private static func draw(using generator: inout SeededGenerator) -> Fixture {
    let sizes = generator.sizes(2, in: 4...7)
    return draw(rows: sizes[0], columns: sizes[1], using: &generator)
  }

  /// Errors of either sign, in turn less than 1 and more.
  private static func draw(
    rows: Int, columns: Int, using generator: inout SeededGenerator
  ) -> Fixture {
    let targets = Matrix.normal(rows: rows, columns: columns, using: &generator)
    var errors = targets
    for (turn, place) in (0..<rows * columns).shuffled(using: &generator).enumerated() {
      let range = turn % 2 == 0 ? 0.2...0.9 : 1.2...3
      let magnitude = Double.random(in: range, using: &generator)
      errors[place / columns, place % columns] = turn / 2 % 3 == 0 ? -magnitude : magnitude
    }
    return Fixture(predictions: targets + errors, targets: targets)
  }

  // MARK: Checks that ask no reference

  private static func derivative(
    of subject: any MeanSquaredErrorKata, on fixture: Fixture,
    loss: @escaping (Matrix, Matrix) -> Double
  ) -> Derivative {
    Derivative(
      "gradient", subject.gradient(predictions: fixture.predictions, targets: fixture.targets),
      at: fixture.predictions, of: { loss($0, fixture.targets) })
  }

  /// Of twice the rows, each has half the gradient.
  @Sendable private static func doubled(
    _ subject: any MeanSquaredErrorKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let singleLoss = loss(of: subject, on: fixture)
    let rows = Array(0..<fixture.targets.rows)
    let twice = Fixture(
      predictions: fixture.predictions.gather(rows: rows + rows),
      targets: fixture.targets.gather(rows: rows + rows))
    let single = gradient(of: subject, on: fixture).value
    let expected = single.rows == rows.count ? single.gather(rows: rows + rows) / 2 : single
    return (answer(of: subject, to: twice), [singleLoss, Block("gradient", expected)])
  }
}
