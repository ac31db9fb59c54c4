package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum BinaryCrossEntropySuite: Suite {
  package typealias Paper = BinaryCrossEntropyExam

  package static let kata = Kata(
    Paper.self, title: "loss and gradient of probabilities", track: .loss, minutes: 8)

  /// Beyond moderate probabilities the gradient is judged as it is for a target of 0.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let judgment = fixture.judgment
    return answer.map { part in
      guard part.name == "gradient" else { return Block(part, acceptance: judgment.loss) }
      guard judgment.isTurned, part.value.shape == fixture.targets.shape else {
        return Block(part, acceptance: judgment.gradient)
      }
      return Block(
        "gradient·(1 − 2t)", part.value * (1 - 2 * fixture.targets),
        acceptance: judgment.gradient)
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
        "numerical gradient", on: mixed, to: .gradient, of: "the mean cross-entropy"
      ) { answered in
        let (fixture, truth) = (answered.fixture, reference(making: []))
        return [
          Derivative(
            "gradient", answered.parts.value("gradient"), at: fixture.probabilities,
            of: { truth.loss(probabilities: $0, targets: fixture.targets) })
        ]
      }.aside,
      .derivative(
        "slope of your loss", on: mixed, to: .ownSlope, of: "your own loss"
      ) { answered in
        [
          Derivative(
            "gradient", answered.parts.value("gradient"), at: answered.fixture.probabilities,
            values: answered.parts.value("losses around the probabilities"))
        ]
      }.aside,
      .reference(on: afterAnother, to: .everything),
      .reference(on: column, to: .everything),
      .reference(on: row, to: .everything),
      .reference(on: oneEntry, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: soft, to: .everything),
      .reference(on: unlikely, to: .everything),
      .reference(on: zeros, to: .everything),
      .reference(on: ones, to: .everything),
      .reference(on: wrong, to: .everything),
      .property(
        "classes swapped",
        asking: [Question(on: mixed, to: .swapped), Question(on: mixed, to: .everything)],
        holds: "1 − p for 1 − t is the same, but for the slope's sign"
      ) { answers in
        let (other, own) = (answers[0].blocks, answers[1].blocks)
        guard other.count == 2, own.count == 2 else { return (other, answers[0].truth) }
        return (
          [other[0], Block("−gradient", -other[1].value)],
          [own[0], Block("−gradient", own[1].value, acceptance: own[1].acceptance)]
        )
      },
    ]
  }

  // MARK: Fixtures

  private static let mixed = Case<Fixture>("many columns") { draw(using: &$0) }

  private static let afterAnother = Case<Fixture>("after another batch") { generator in
    var fixture = draw(using: &generator)
    fixture.before = .uniform(
      rows: fixture.targets.rows, columns: fixture.targets.columns, in: 0.2...0.8,
      using: &generator)
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

  private static let many = Case<Fixture>("many rows") { generator in
    draw(rows: manyRows, columns: 5, using: &generator)
  }

  private static let soft = Case<Fixture>("soft targets") { generator in
    var fixture = draw(using: &generator)
    fixture.targets = .uniform(
      rows: fixture.targets.rows, columns: fixture.targets.columns, in: 0.1...0.9,
      using: &generator)
    return fixture
  }

  private static let unlikely = Case<Fixture>("unlikely targets") { generator in
    var fixture = draw(using: &generator)
    fixture.probabilities = fixture.targets.map { $0 == 1 ? 3e-7 : 1 - 3e-7 }
    return fixture
  }

  private static let zeros = Case<Fixture>("0 where right") { right(is: 0, using: &$0) }

  private static let ones = Case<Fixture>("1 where right") { right(is: 1, using: &$0) }

  private static func right(
    is target: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    var fixture = draw(using: &generator)
    fixture.targets = fixture.targets * 0 + target
    fixture.probabilities = fixture.targets
    return fixture
  }

  private static let wrong = Case<Fixture>("0 and 1 where wrong") { generator in
    var fixture = draw(using: &generator)
    fixture.probabilities = 1 - fixture.targets
    return fixture
  }

  /// Neither side is twice the other, so that a factor 2 looks like no other divisor.
  private static func draw(using generator: inout FixtureGenerator) -> Fixture {
    let sizes = generator.sizes(2, in: 4...7)
    return draw(rows: sizes[0], columns: sizes[1], using: &generator)
  }

  /// Probabilities of 0.2 … 0.8, and targets of which a third are 1.
  private static func draw(
    rows: Int, columns: Int, using generator: inout FixtureGenerator
  ) -> Fixture {
    let targets = (0..<rows * columns).map { $0 % 3 == 0 ? 1.0 : 0 }.shuffled(using: &generator)
    return Fixture(
      probabilities: .uniform(rows: rows, columns: columns, in: 0.2...0.8, using: &generator),
      targets: Matrix(rows: rows, columns: columns, elements: targets))
  }
}

// MARK: How closely an answer can be judged

private struct Judgment {
  // 1e-7 inside a logarithm moves loss and gradient by less than 1e-6 where p is in 0.2 … 0.8.
  var loss = Acceptance.near(relative: 1e-5, absolute: 1e-6)
  var gradient = Acceptance.near(relative: 1e-5, absolute: 1e-6)
  /// Whether targets are 0 and 1 and the gradient is judged as it is for a target of 0.
  var isTurned = false
}

extension BinaryCrossEntropyExam.Fixture {
  fileprivate var judgment: Judgment {
    let (chance, count) = (leastChance, Double(targets.count))
    switch chance {
    // A loss of −ln ε and slopes of 1/ε. What else may be wrong with them is no concern here.
    case 0:
      return Judgment(
        loss: .between(0.1...1e6, noise: 1), gradient: .between(5e6 / count...1e308, noise: 1),
        isTurned: true)
    // A loss of 0, and slopes of 1, or of 0 where the clipping is differentiated or ε is in a divisor.
    case 1:
      return Judgment(
        loss: .between(-5e-7...5e-7, noise: 1),
        gradient: .between(-1e-3 / count...1.5 / count, noise: 1), isTurned: true)
    // Of 3e-7, where a clip at 1e-7 does not show, nor much an added 1e-7 (2% of the loss, a quarter of
    // the gradient), and a clip from 1e-6 on does. By how much is all one.
    case ..<1e-3:
      let (loss, slope) = (-log(chance), 1 / (chance * count))
      return Judgment(
        loss: .between(0.96 * loss...1.04 * loss, noise: 1),
        gradient: .between(0.6 * slope...1.4 * slope, noise: 1), isTurned: true)
    default: return Judgment()
    }
  }

  /// How likely the least likely target is.
  private var leastChance: Double {
    (targets * probabilities + (1 - targets) * (1 - probabilities)).min()
  }
}
