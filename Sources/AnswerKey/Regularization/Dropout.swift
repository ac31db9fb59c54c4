package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum DropoutSuite: Suite {
  package typealias Paper = DropoutExam

  package static let kata = Kata(
    Paper.self, title: "inverted dropout: training, test time, and backward",
    track: .regularization, minutes: 10)

  /// What can be said of the runs without regard to which entries were dropped.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let training = DropoutRuns(answer, of: fixture, isTraining: true)
    switch script {
    case .passes:
      let test = DropoutRuns(answer, of: fixture, isTraining: false)
      return training.shapes + training.outputBlocks + training.gradientBlocks
        + training.maskBlocks + test.outputBlocks + training.testTimeBlocks(test)
    case .outputs: return fixture.isLarge ? training.maskBlocks : training.outputBlocks
    case .source: return Samplers.source(of: "masks", seed: fixture.seed, from: answer)
    case .masks: return masks(answer)
    case .twoLayers, .smallerBatch: return answer.map { Block($0, acceptance: .anyNumber) }
    }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: small, to: .passes),
      .ranges("training", on: small, to: .outputs, holds: "every entry is 0 or x/(1 − p)"),
      .ranges(
        "backward", on: small, to: .passes, holds: "the same entries, scaled alike",
        of: DropoutRuns.isOfGradients),
      .ranges(
        "test time", on: small, to: .passes,
        holds: "x as it is, and the gradient stays that of training",
        of: DropoutRuns.isOfTestTime),
      .ranges(
        "every call anew", on: small, to: .passes, holds: "no mask is drawn once for all",
        of: DropoutRuns.isOfMasks),
      .ranges(
        "nothing to drop", on: nothing, to: .passes, holds: "with p = 0 all is kept as it is"),
      .ranges(
        "seldom dropped", on: rarely, to: .outputs, holds: "p is taken as it is, however small"),
      .ranges(
        "seldom kept", on: mostly, to: .outputs, holds: "p is taken as it is, however large"),
      .ranges(
        "every magnitude", on: everyMagnitude, to: .passes,
        holds: "nothing is cut, however large or small", of: { !DropoutRuns.isOfMasks($0) }),
      .ranges(
        "10 000 at p = 0.25", on: seldom, to: .outputs, holds: "as many are kept as should be"),
      .ranges(
        "10 000 at p = 0.5", on: half, to: .outputs, holds: "as many are kept as should be"),
      .ranges(
        "10 000 at p = 0.65", on: often, to: .outputs, holds: "as many are kept as should be"),
      .generator(of: "masks", on: small, to: .source),
      everyEntry,
      twoLayers,
      anotherBatch,
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

  private static let rarely = Case<Fixture>("seldom dropped") { generator in
    .draw(6, 7, p: 0.03 + 0.01 * generator.uniform(), calls: 16, using: &generator)
  }

  private static let mostly = Case<Fixture>("seldom kept") { generator in
    .draw(7, 6, p: 0.93 + 0.01 * generator.uniform(), calls: 16, using: &generator)
  }

  /// Inputs and upstream gradients from 1e-13 to 1e13, as many rows as columns.
  private static let everyMagnitude = Case<Fixture>("every magnitude") { generator in
    var fixture = Fixture.draw(
      6, 6, p: 0.22 + 0.06 * generator.uniform(), calls: 16, using: &generator)
    fixture.x = fixture.x.ofEveryMagnitude(using: &generator)
    fixture.upstream = fixture.upstream.ofEveryMagnitude(using: &generator)
    return fixture
  }

  private static let seldom = Case<Fixture>("10 000 at p = 0.25") { generator in
    .draw(50, 100, p: 0.25, calls: 2, using: &generator)
  }.alone

  /// Rows twice as long as there are rows, so that none follows from the others by chance.
  private static let half = Case<Fixture>("10 000 at p = 0.5") { generator in
    .draw(50, 100, p: 0.5, calls: 2, using: &generator)
  }.alone

  private static let often = Case<Fixture>("10 000 at p = 0.65") { generator in
    .draw(100, 50, p: 0.65, calls: 2, using: &generator)
  }.alone

  // MARK: Checks of more than one layer or batch

  /// Of all masks of a shape, how many keep an entry and how many repeat another; of those of two
  /// entries, how many keep both, one, the other or none.
  private static func masks(_ answer: [Part]) -> [Block] {
    Paper.maskShapes.flatMap { shape in
      let masks = answer.values("output of \(shape)").map { abs($0) .> 0 }
      let entries = Array(0..<shape.rows * shape.columns)
      guard masks.count > 1, masks.allSatisfy({ $0.shape == shape }) else {
        return [Block("calls that keep an entry of \(shape)", .nan)]
      }
      func calls(_ count: (Matrix) -> Bool) -> Double { Double(masks.count(where: count)) }
      let range = Acceptance.between(1...Double(masks.count - 1), noise: 1)
      let kept = Block(
        "calls that keep an entry of \(shape)",
        Matrix(
          rows: shape.rows, columns: shape.columns,
          elements: entries.map { entry in calls { $0.elements[entry] == 1 } }), acceptance: range)
      switch entries.count {
      case 1: return [kept]
      case 2:
        let pairs = [[1.0, 1], [1, 0], [0, 1], [0, 0]]
        return [
          kept,
          Block(
            "calls that keep both entries of \(shape), the first, the second, none",
            pairs.map { pair in calls { $0.elements == pair } }, acceptance: range),
        ]
      default:
        return [
          kept,
          Block(
            "calls with the mask of another call",
            Double(masks.count - Set(masks.map(\.elements)).count),
            acceptance: .between(0...0, noise: 1)),
        ]
      }
    }
  }

  /// In 128 calls no entry is always kept or always dropped, and two are kept and dropped in each of the
  /// four ways, but once in 10¹⁵ times; of 48 entries two masks are the same once in 10¹⁰ times.
  private static let everyEntry = Check<Self>.ranges(
    "every entry", on: small, to: .masks, holds: "each is kept in some calls, dropped in others")

  /// The gradient of a layer is that of its own forward pass, whatever another one does.
  private static let twoLayers = Check<Self>("two layers", on: small, to: .twoLayers) {
    (answered) throws(Finding) in
    let (before, after) = (answered.parts.value("before"), answered.parts.value("after"))
    if let finding = [Block("gradient", after)].finding(against: [Block("gradient", before)]) {
      throw Finding(
        finding.message,
        pattern:
          "The gradient changed because another layer had a forward pass, or because it was drawn again."
      )
    }
    return "another layer in between changes nothing"
  }

  /// The last batch of an epoch is smaller than the others.
  private static let anotherBatch = Check<Self>("another batch", on: small, to: .smallerBatch) {
    (answered) throws(Finding) in
    let (output, rows) = (answered.parts.value("output"), answered.fixture.x.rows)
    guard answered.parts.count == 2 else {
      throw Finding("the output of 3 rows after \(rows) is \(output.shape)")
    }
    let gradient = [Block("gradient", answered.parts.value("gradient"))]
    if let finding = gradient.finding(against: [Block("gradient", output)]) {
      throw Finding(
        finding.message, pattern: "For inputs and upstream of ones the gradient is the output.")
    }
    return "a smaller batch may follow"
  }
}

extension DropoutExam.Fixture {
  /// From here on shares of what is kept are told apart; the rest is asked of small batches.
  var isLarge: Bool { x.count >= 1000 }

  /// No input and no upstream gradient is within 0.1 of 0.
  static func draw(
    _ rows: Int, _ columns: Int, p: Double, calls: Int, using generator: inout FixtureGenerator
  ) -> Self {
    func numbers() -> Matrix {
      let numbers = Matrix.uniform(rows: rows, columns: columns, in: -2...2, using: &generator)
      // −0 and −1 of a mask make numbers of either sign, 0.1 away from 0.
      return numbers + 0.2 * ((numbers .> 0) - 0.5)
    }
    return Self(p: p, x: numbers(), upstream: numbers(), calls: calls, seed: generator.next())
  }
}
