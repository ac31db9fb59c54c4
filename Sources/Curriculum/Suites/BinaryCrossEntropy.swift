package import Grading
package import KataKit

package enum BinaryCrossEntropySuite: Suite {
  /// Probabilities with targets, and how closely the answers to them can be judged.
  package struct Fixture: Sendable {
    var probabilities: Matrix
    var targets: Matrix
    // 1e-7 inside a logarithm moves loss and gradient by less than 1e-6 where p is in 0.2 … 0.8.
    var loss = Acceptance.near(relative: 1e-5, absolute: 1e-6)
    var gradient = Acceptance.near(relative: 1e-5, absolute: 1e-6)
    /// Whether targets are 0 and 1 and the gradient is judged as it is for a target of 0.
    var isTurned = false
    /// Other probabilities, whose loss is asked right before the gradient; they change nothing.
    var before: Matrix? = nil
  }

  package static let kata = Kata(
    "binary-cross-entropy", type: "BinaryCrossEntropy", requirement: "BinaryCrossEntropyKata",
    title: "loss and gradient of probabilities", track: .loss, minutes: 8)

  package static func subject(of type: any Any.Type) -> (any BinaryCrossEntropyKata)? {
    (type as? any BinaryCrossEntropyKata.Type)?.init()
  }

  package static func answer(
    of subject: any BinaryCrossEntropyKata, to fixture: Fixture
  ) -> [Block] {
    let loss = loss(of: subject, on: fixture)
    if let before = fixture.before {
      _ = subject.loss(probabilities: before, targets: fixture.targets)
    }
    return [loss, gradient(of: subject, on: fixture)]
  }

  private static func loss(of subject: any BinaryCrossEntropyKata, on fixture: Fixture) -> Block {
    Block(
      "loss", subject.loss(probabilities: fixture.probabilities, targets: fixture.targets),
      acceptance: fixture.loss)
  }

  private static func gradient(
    of subject: any BinaryCrossEntropyKata, on fixture: Fixture
  ) -> Block {
    let gradient = subject.gradient(
      probabilities: fixture.probabilities, targets: fixture.targets)
    guard fixture.isTurned, gradient.shape == fixture.targets.shape else {
      return Block(
        "gradient", gradient, axes: "as the probabilities", acceptance: fixture.gradient)
    }
    return Block(
      "gradient·(1 − 2t)", gradient * (1 - 2 * fixture.targets), acceptance: fixture.gradient)
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
      .derivative("numerical gradient", on: mixed, of: "the mean cross-entropy") {
        [derivative(of: $0, on: $1, loss: reference(making: []).loss)]
      },
      .derivative("slope of your loss", on: mixed, of: "your own loss") { subject, fixture in
        [derivative(of: subject, on: fixture, loss: subject.loss)]
      },
      .reference(on: afterAnother),
      .reference(on: column),
      .reference(on: row),
      .reference(on: oneEntry),
      .reference(on: soft),
      .reference(on: unlikely),
      .reference(on: zeros),
      .reference(on: ones),
      .reference(on: wrong),
      .property(
        "classes swapped", on: mixed,
        holds: "1 − p for 1 − t is the same, but for the slope's sign",
        comparing: swapped),
      .repeatable(on: mixed),
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

  private static let soft = Case<Fixture>("soft targets") { generator in
    var fixture = draw(using: &generator)
    fixture.targets = .uniform(
      rows: fixture.targets.rows, columns: fixture.targets.columns, in: 0.1...0.9,
      using: &generator)
    return fixture
  }

  /// The target has a probability of 3e-7, where a clip at 1e-7 does not show, nor much an added 1e-7 (2%
  /// of the loss, a quarter of the gradient), and a clip from 1e-6 on does. By how much is all one.
  private static let unlikely = Case<Fixture>("unlikely targets") { generator in
    var fixture = draw(using: &generator)
    fixture.probabilities = fixture.targets.map { $0 == 1 ? 3e-7 : 1 - 3e-7 }
    let (loss, slope) = (-log(3e-7), 1 / (3e-7 * Double(fixture.targets.count)))
    fixture.loss = .between(0.96 * loss...1.04 * loss, noise: 1)
    fixture.gradient = .between(0.6 * slope...1.4 * slope, noise: 1)
    fixture.isTurned = true
    return fixture
  }

  private static let zeros = Case<Fixture>("0 where right") { right(is: 0, using: &$0) }

  private static let ones = Case<Fixture>("1 where right") { right(is: 1, using: &$0) }

  /// A loss of 0, and slopes of 1, or of 0 where the clipping is differentiated or ε is in a divisor.
  private static func right(
    is target: Double, using generator: inout SeededGenerator
  ) -> Fixture {
    var fixture = draw(using: &generator)
    fixture.targets = fixture.targets * 0 + target
    fixture.probabilities = fixture.targets
    let count = Double(fixture.targets.count)
    fixture.loss = .between(-5e-7...5e-7, noise: 1)
    fixture.gradient = .between(-1e-3 / count...1.5 / count, noise: 1)
    fixture.isTurned = true
    return fixture
  }

  /// A loss of −ln ε and slopes of 1/ε. What else may be wrong with them is no concern of this case.
  private static let wrong = Case<Fixture>("0 and 1 where wrong") { generator in
    var fixture = draw(using: &generator)
    fixture.probabilities = 1 - fixture.targets
    fixture.loss = .between(0.1...1e6, noise: 1)
    fixture.gradient = .between(5e6 / Double(fixture.targets.count)...1e308, noise: 1)
    fixture.isTurned = true
    return fixture
  }

  /// Neither side is twice the other, so that a factor 2 looks like no other divisor.
  private static func draw(using generator: inout SeededGenerator) -> Fixture {
    let sizes = generator.sizes(2, in: 4...7)
    return draw(rows: sizes[0], columns: sizes[1], using: &generator)
  }

  /// Probabilities of 0.2 … 0.8, and targets of which a third are 1.
  private static func draw(
    rows: Int, columns: Int, using generator: inout SeededGenerator
  ) -> Fixture {
    let targets = (0..<rows * columns).map { $0 % 3 == 0 ? 1.0 : 0 }.shuffled(using: &generator)
    return Fixture(
      probabilities: .uniform(rows: rows, columns: columns, in: 0.2...0.8, using: &generator),
      targets: Matrix(rows: rows, columns: columns, elements: targets))
  }

  // MARK: Checks that ask no reference

  private static func derivative(
    of subject: any BinaryCrossEntropyKata, on fixture: Fixture,
    loss: @escaping (Matrix, Matrix) -> Double
  ) -> Derivative {
    Derivative(
      "gradient",
      subject.gradient(probabilities: fixture.probabilities, targets: fixture.targets),
      at: fixture.probabilities, of: { loss($0, fixture.targets) })
  }

  @Sendable private static func swapped(
    _ subject: any BinaryCrossEntropyKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var other = fixture
    other.probabilities = 1 - fixture.probabilities
    other.targets = 1 - fixture.targets
    let (actual, expected) = (answer(of: subject, to: other), answer(of: subject, to: fixture))
    return (
      [actual[0], Block("−gradient", -actual[1].value)],
      [expected[0], Block("−gradient", expected[1].value, acceptance: fixture.gradient)]
    )
  }
}
