package import Grading
package import KataKit

package enum DropoutSuite: Suite {
  /// Makes a layer with a drop probability.
  package typealias Subject = (Double) -> any DropoutKata

  /// What goes through a layer, `calls` times in training and as often at test time.
  package struct Fixture: Sendable {
    var p: Double
    var x: Matrix
    var upstream: Matrix
    var calls: Int
    var seed: UInt64
  }

  package static let kata = Kata(
    "dropout", type: "Dropout", requirement: "DropoutKata",
    title: "inverted dropout: training, test time and the way back", track: .regularisation,
    minutes: 10)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any DropoutKata.Type else { return nil }
    return { type.init(dropProbability: $0) }
  }

  /// Shapes, then what can be said of the runs without regard to which entries were dropped.
  package static func answer(of subject: Subject, to fixture: Fixture) -> [Block] {
    let (training, test) = runs(of: subject, fixture)
    if fixture.isLarge { return training.maskBlocks }
    return training.shapes + training.outputBlocks + training.gradientBlocks + training.maskBlocks
      + test.outputBlocks + test.gradientBlocks + source(of: subject, fixture)
  }

  /// Passes in training and, of small batches, as many at test time, by turns.
  private static func runs(
    of subject: Subject, _ fixture: Fixture, andBack: Bool = true
  ) -> (training: DropoutRuns, test: DropoutRuns) {
    let andBack = andBack && !fixture.isLarge
    var layer = subject(fixture.p)
    var generator = SeededGenerator(seed: fixture.seed)
    var training = DropoutRuns(of: fixture, keeping: 1 - fixture.p)
    var test = DropoutRuns(of: fixture, keeping: 1, "at test time, ")
    for _ in 0..<fixture.calls {
      training.add(&layer, isTraining: true, andBack: andBack, using: &generator)
      if andBack { test.add(&layer, isTraining: false, andBack: true, using: &generator) }
    }
    return (training, test)
  }

  private static func source(of subject: Subject, _ fixture: Fixture) -> [Block] {
    guard fixture.p > 0 else { return [] }
    // So many layers that no two seeds give the same, even if each layer draws but once.
    let ones = Matrix(rows: 4, columns: 4, repeating: 1)
    return Samplers.source(of: "masks", seed: fixture.seed) { generator in
      (0..<32).map { _ in
        var layer = subject(0.5)
        return layer.forward(ones, isTraining: true, using: &generator)
      }
    }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: small),
      .ranges("training", on: small, holds: "every entry is 0 or x/(1 − p)") {
        runs(of: $0, $1, andBack: false).training.outputBlocks
      },
      .ranges("backward", on: small, holds: "the same entries, scaled alike") {
        runs(of: $0, $1).training.gradientBlocks
      },
      .ranges("test time", on: small, holds: "x as it is, and its gradient, too") {
        let test = runs(of: $0, $1).test
        return test.outputBlocks + test.gradientBlocks
      },
      .ranges("every call anew", on: small, holds: "no mask is drawn once for all") {
        runs(of: $0, $1).training.maskBlocks
      },
      .ranges("nothing to drop", on: nothing, holds: "with p = 0 all is kept as it is"),
      .ranges(
        "10 000 at p = 0.25", on: seldom, and: [small],
        holds: "as many are kept as should be"),
      .ranges(
        "10 000 at p = 0.65", on: often, and: [small],
        holds: "as many are kept as should be"),
      .generator(of: "masks", on: small, source: source),
      everyEntry,
      twoLayers,
      anotherBatch,
      .repeatable(on: small),
    ]
  }

  // MARK: Fixtures

  /// Two of five inputs are exactly 0, as behind a ReLU.
  private static let small = Case<Fixture>("small batch") { generator in
    let sizes = generator.sizes(2, in: 5...9)
    var fixture = Fixture.draw(
      sizes[0], sizes[1], p: 0.22 + 0.06 * generator.uniform(), calls: 16, using: &generator)
    for place in (0..<fixture.x.count).shuffled(using: &generator).prefix(fixture.x.count * 2 / 5) {
      let (row, column) = place.quotientAndRemainder(dividingBy: sizes[1])
      fixture.x[row, column] = 0
    }
    return fixture
  }

  private static let nothing = Case<Fixture>("nothing to drop") { generator in
    .draw(4, 6, p: 0, calls: 2, using: &generator)
  }

  private static let seldom = Case<Fixture>("10 000 at p = 0.25") { generator in
    .draw(50, 100, p: 0.25, calls: 2, using: &generator)
  }

  private static let often = Case<Fixture>("10 000 at p = 0.65") { generator in
    .draw(100, 50, p: 0.65, calls: 2, using: &generator)
  }

  // MARK: Checks of more than one layer or batch

  /// In 64 calls none of twelve entries is always kept, or always dropped, but once in 10¹⁸ times.
  private static let everyEntry = Check<Self>("every entry", on: [small]) {
    (subject, seed) throws(Finding) in
    var generator = SeededGenerator(seed: seed)
    let ones = Matrix(rows: 4, columns: 3, repeating: 1)
    var layer = subject(0.5)
    var kept = ones * 0
    for _ in 0..<64 {
      let output = layer.forward(ones, isTraining: true, using: &generator)
      guard output.shape == ones.shape else {
        throw Finding("the output of 4×3 is \(output.shape)")
      }
      kept += (abs(output) .> 0)
    }
    if let place = kept.elements.firstIndex(where: { $0 == 0 || $0 == 64 }) {
      let entry = "[\(place / 3)][\(place % 3)]"
      throw Finding("with p = 0.5, \(entry) is kept in \(Int(kept.elements[place])) of 64 calls")
    }
    return "each is kept in some calls, dropped in others"
  }

  /// The gradient of a layer is that of its own forward pass, whatever another one does.
  private static let twoLayers = Check<Self>("two layers", on: [small]) {
    (subject, seed) throws(Finding) in
    let fixture = small.fixture(seed: seed)
    var generator = SeededGenerator(seed: fixture.seed)
    var (one, other) = (subject(fixture.p), subject(fixture.p))
    let ones = fixture.x * 0 + 1
    _ = one.forward(ones, isTraining: true, using: &generator)
    let before = [Block("gradient", one.backward(upstream: ones))]
    _ = other.forward(ones, isTraining: true, using: &generator)
    if let finding = [Block("gradient", one.backward(upstream: ones))].finding(against: before) {
      throw Finding(
        finding.message,
        pattern: "It is another one since another layer has had a forward pass, or been drawn anew."
      )
    }
    return "another layer in between changes nothing"
  }

  /// The last batch of an epoch is smaller than the others.
  private static let anotherBatch = Check<Self>("another batch", on: [small]) {
    (subject, seed) throws(Finding) in
    let fixture = small.fixture(seed: seed)
    var generator = SeededGenerator(seed: fixture.seed)
    var layer = subject(fixture.p)
    let ones = fixture.x * 0 + 1
    _ = layer.forward(ones, isTraining: true, using: &generator)
    let fewer = ones.slice(rows: 0..<3)
    let output = layer.forward(fewer, isTraining: true, using: &generator)
    guard output.shape == fewer.shape else {
      throw Finding("the output of 3 rows after \(ones.rows) is \(output.shape)")
    }
    let gradient = layer.backward(upstream: fewer)
    if let finding = [Block("gradient", gradient)].finding(against: [Block("gradient", output)]) {
      throw Finding(
        finding.message, pattern: "For inputs and upstream of ones the gradient is the output.")
    }
    return "a smaller batch may follow"
  }
}

extension DropoutSuite.Fixture {
  /// From here on shares of what is kept are told apart; the rest is asked of small batches.
  var isLarge: Bool { x.count >= 1000 }

  /// No input and no upstream gradient is within 0.1 of 0.
  static func draw(
    _ rows: Int, _ columns: Int, p: Double, calls: Int, using generator: inout SeededGenerator
  ) -> Self {
    func numbers() -> Matrix {
      let numbers = Matrix.uniform(rows: rows, columns: columns, in: -2...2, using: &generator)
      // −0 and −1 of a mask make numbers of either sign, 0.1 away from 0.
      return numbers + 0.2 * ((numbers .> 0) - 0.5)
    }
    return Self(p: p, x: numbers(), upstream: numbers(), calls: calls, seed: generator.next())
  }
}
