package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum MeanSquaredErrorSuite: Suite {
  package typealias Paper = MeanSquaredErrorExam

  package static let kata = Kata(
    Paper.self, title: "the loss of regression, and its gradient", track: .loss, minutes: 5)

  /// Where errors are huge only the relative error of the gradient is judged.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    answer.flatMap { (part) -> [Block] in
      guard part.name == "gradient", fixture.isLarge, part.value.shape == fixture.targets.shape
      else { return [Block(part, acceptance: .near(absolute: fixture.isSmall ? 0 : 1e-9))] }
      let truth = reference(making: []).gradient(
        predictions: fixture.predictions, targets: fixture.targets)
      let error = abs(part.value - truth).max() / abs(truth).max()
      // What loses digits does not lose the size, as a bound does.
      return [
        Block(
          "relative error of the gradient", error, acceptance: .between(0...1e-6, noise: 1)),
        Block("tenths by which the gradient is off", (10 * error).rounded(.down)),
      ]
    }
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
      .shapes(on: mixed, to: .everything),
      .reference("loss", on: mixed, to: .loss),
      .gradient(on: mixed, to: .gradient),
      .derivative(
        "numerical gradient", on: mixed, to: .gradient, of: "the mean squared error"
      ) { answered in
        let fixture = answered.fixture
        return [
          Derivative(
            "gradient", answered.parts.value("gradient"), at: fixture.predictions,
            of: { ($0 - fixture.targets).map { $0 * $0 }.mean() })
        ]
      }.aside,
      .derivative(
        "slope of your loss", on: mixed, to: .ownSlope, of: "your own loss"
      ) { answered in
        [
          Derivative(
            "gradient", answered.parts.value("gradient"), at: answered.fixture.predictions,
            values: answered.parts.value("losses around the predictions"))
        ]
      }.aside,
      .inDoublePrecision(on: mixed, to: .everything),
      .reference(on: afterAnother, to: .everything),
      .reference(on: column, to: .everything),
      .reference(on: row, to: .everything),
      .reference(on: oneEntry, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: exact, to: .everything),
      .reference(on: large, to: .everything),
      .reference(on: hugeTargets, to: .everything),
      .reference(on: small, to: .everything),
      .reference(on: square, to: .everything),
      .property(
        "batch twice over",
        asking: [Question(on: mixed, to: .doubled), Question(on: mixed, to: .everything)],
        holds: "a doubled batch has the same mean loss", comparing: doubled),
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

  /// Some predictions and targets are alike.
  private static let many = Case<Fixture>("many rows") { generator in
    var fixture = draw(rows: manyRows, columns: 5, using: &generator)
    fixture.predictions.levelSome()
    fixture.targets.levelSome()
    return fixture
  }

  /// Every prediction is its target.
  private static let exact = Case<Fixture>("no error") { generator in
    var fixture = draw(using: &generator)
    fixture.predictions = fixture.targets
    return fixture
  }

  private static let large = Case<Fixture>("huge errors") { generator in
    var fixture = draw(using: &generator)
    fixture.predictions *= 1e12
    return fixture
  }

  private static let hugeTargets = Case<Fixture>("huge targets") { generator in
    var fixture = draw(using: &generator)
    fixture.predictions *= 1e12
    fixture.targets *= 1e12
    return fixture
  }

  /// Where a cut at a small number shows.
  private static let small = Case<Fixture>("tiny errors") { generator in
    var fixture = draw(using: &generator)
    fixture.predictions *= 1e-12
    fixture.targets *= 1e-12
    return fixture
  }

  /// Where a transpose no longer stops at a shape.
  private static let square = Case<Fixture>("square") { generator in
    draw(rows: 4, columns: 4, using: &generator)
  }

  /// Neither side is twice the other, so that a missing ½ looks like no other divisor.
  private static func draw(using generator: inout FixtureGenerator) -> Fixture {
    let sizes = generator.sizes(2, in: 4...7)
    return draw(rows: sizes[0], columns: sizes[1], using: &generator)
  }

  /// Errors of either sign, in turn less than 1 and more.
  private static func draw(
    rows: Int, columns: Int, using generator: inout FixtureGenerator
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

  /// Of twice the rows, each has half the gradient.
  @Sendable private static func doubled(
    _ answers: [Answered<Self>]
  ) -> (actual: [Block], expected: [Block]) {
    guard answers[1].blocks.count == 2 else { return (answers[1].blocks, answers[1].truth) }
    let (loss, gradient) = (answers[1].blocks[0], answers[1].blocks[1].value)
    let rows = answers[1].fixture.targets.rows
    let expected =
      gradient.rows == rows
      ? gradient.gather(rows: Array(0..<rows) + Array(0..<rows)) / 2 : gradient
    return (answers[0].blocks, [loss, Block("gradient", expected)])
  }
}

extension MeanSquaredErrorExam.Fixture {
  /// Where 0 is exact, and where a floor would hide what is asked for.
  fileprivate var isSmall: Bool { abs(predictions - targets).max() < 1e-9 }

  fileprivate var isLarge: Bool { abs(predictions - targets).max() > 1e3 }
}
