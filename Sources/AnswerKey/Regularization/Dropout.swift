package import Exam
package import Grading
import KataKit

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
        "10 000 at p = 0.25", on: seldom, to: .outputs, holds: "as many are kept as should be"),
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

  private static let seldom = Case<Fixture>("10 000 at p = 0.25") { generator in
    .draw(50, 100, p: 0.25, calls: 2, using: &generator)
  }.alone

  private static let often = Case<Fixture>("10 000 at p = 0.65") { generator in
    .draw(100, 50, p: 0.65, calls: 2, using: &generator)
  }.alone

  // MARK: Checks of more than one layer or batch

  private static func masks(_ answer: [Part]) -> [Block] {
    let kept = answer.reduce(Matrix(rows: 4, columns: 3)) { sum, part in
      part.value.shape == sum.shape ? sum + (abs(part.value) .> 0) : sum * .nan
    }
    return [Block("calls that keep an entry", kept, acceptance: .between(1...63, noise: 1))]
  }

  /// In 64 calls none of twelve entries is always kept, or always dropped, but once in 10¹⁸ times.
  private static let everyEntry = Check<Self>("every entry", on: small, to: .masks) {
    (answered) throws(Finding) in
    if let odd = answered.parts.first(where: { $0.value.shape != Shape(rows: 4, columns: 3) }) {
      throw Finding("the output of 4×3 is \(odd.value.shape)")
    }
    let kept = answered.blocks[0].value
    if let place = kept.elements.firstIndex(where: { $0 == 0 || $0 == 64 }) {
      let entry = "[\(place / 3)][\(place % 3)]"
      throw Finding("with p = 0.5, \(entry) is kept in \(Int(kept.elements[place])) of 64 calls")
    }
    return "each is kept in some calls, dropped in others"
  }

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
