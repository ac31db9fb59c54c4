package import Exam
package import Grading
import KataKit
package import Numerics

package enum LeakyReLUSuite: Suite {
  package typealias Paper = LeakyReLUExam

  package static let kata = Kata(
    Paper.self, title: "leaky ReLU, its slope, and the step back through it", track: .neuron,
    minutes: 4)

  /// Where z is exactly 0 slope and step back are blanked, as more than one is right there, and any may
  /// come with a mistake elsewhere. What is told of these places is how many are no numbers, and, of what
  /// is right everywhere else, which slope is outside [α, 1].
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let (z, zeros) = (fixture.input.z, fixture.input.zeros)
    guard script == .everything, !zeros.isEmpty else {
      let acceptance: Acceptance = fixture.input.isOfEveryMagnitude ? .each() : .near()
      return answer.map { Block($0, acceptance: acceptance) }
    }
    let slope = Block("slope", answer.value("slope"), axes: "as z")
    let backward = Block("backward", answer.value("backward"), axes: "as z")
    return [Block("value", answer.value("value"), axes: "as z")]
      + [slope.blanked(at: zeros), backward.blanked(at: zeros)]
      + slope.atZero(fixture, times: z.map { _ in 1 })
      + backward.atZero(fixture, times: fixture.input.upstream)
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed, to: .everything),
      .reference("value", on: mixed, to: .value),
      .reference("slope", on: mixed, to: .slope),
      .reference("backward", on: mixed, to: .backward),
      .derivative("numerical gradient", on: mixed, to: .everything, of: "leaky ReLU") {
        let (input, f) = ($0.fixture.input, reference(making: [])($0.fixture.negativeSlope).value)
        return [
          .slope(of: $0.parts, at: input.z, along: f),
          .backward(of: $0.parts, on: input, along: f),
        ]
      }.aside,
      .derivative("of your own value", on: mixed, to: .ownSlope, of: "your value") {
        [.ownSlope(of: $0.parts, at: $0.fixture.input.z)]
      }.aside,
      .inDoublePrecision(on: mixed, to: .everything),
      .property(
        "exact zeros", on: zeros, to: .everything,
        holds: "at z = 0 the slope is in [α, 1], and used as such", comparing: atZero),
      .reference(on: steep, to: .everything),
      .reference(on: faint, to: .everything),
      .reference(on: huge, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: row, to: .everything),
      .reference(on: column, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: entry, to: .everything),
      .reference(on: entryBelow, to: .everything),
      .reference(on: everyMagnitude, to: .everything),
      .reference("after another value", on: mixed, to: .afterAnother),
      twoAtOnce,
      .linearInUpstream(on: mixed, to: .scaledUpstream),
    ]
  }

  // MARK: Fixtures

  private static let mixed = drawn(from: .mixed)
  private static let zeros = drawn(from: .zeros)
  private static let huge = drawn(from: .huge)
  private static let tiny = drawn(from: .tiny)
  private static let square = drawn(from: .square)
  private static let row = drawn(from: .row)
  private static let column = drawn(from: .column)
  private static let many = drawn(from: .many)
  private static let entry = drawn(from: .entry)
  private static let entryBelow = drawn(from: .entryBelow)
  private static let everyMagnitude = drawn(from: .everyMagnitude(upTo: 1e10))

  /// Where a slope that is written into the code, or a bound for it, shows.
  private static let steep = Case<Fixture>("α near 1") { generator in
    Fixture(
      negativeSlope: .random(in: 0.7...0.9, using: &generator),
      input: .draw(using: &generator))
  }

  /// Where a least α shows.
  private static let faint = Case<Fixture>("α near 0") { generator in
    Fixture(
      negativeSlope: 1e-5 * .random(in: 0.5...2, using: &generator),
      input: Case<ActivationFixture>.everyMagnitude(upTo: 1e10).fixture(using: &generator))
  }

  private static func drawn(from inputs: Case<ActivationFixture>) -> Case<Fixture> {
    Case(inputs.name) { generator in
      Fixture(
        negativeSlope: .random(in: 0.05...0.4, using: &generator),
        input: inputs.fixture(using: &generator))
    }
  }

  // MARK: Checks that ask no reference

  /// At exactly 0 any slope in [α, 1] is right, and any step between α times the upstream and it.
  @Sendable private static func atZero(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    let fixture = answered.fixture
    let zeros = fixture.input.zeros
    func block(_ name: String, _ values: [Double]) -> Block {
      Block("\(name) at zeros", values, acceptance: .between(fixture.slopesAtZero, noise: 0))
    }
    func blocks(_ blocks: [Block], _ parts: [Part]) -> [Block] {
      let step = parts.value("backward").gathered(zeros)
      return blocks.prefix(3) + [
        block("slope", parts.value("slope").gathered(zeros)),
        block("backward/upstream", zip(step, fixture.input.upstream.gathered(zeros)).map(/)),
      ]
    }
    return (
      blocks(answered.blocks, answered.parts), blocks(answered.truth, answered.trueParts)
    )
  }

  private static let twoAtOnce = Check<Self>(
    "two at once",
    asking: [Question(on: mixed, to: .twoAtOnce), Question(on: mixed, to: .everything)]
  ) { (answers) throws(Finding) in
    if let finding = answers[0].blocks.finding(against: answers[1].blocks) {
      throw Finding(
        finding.message, pattern: "Two of them with different slopes share what they remember.")
    }
    return "each keeps the slope that it was made with"
  }
}

extension LeakyReLUExam.Fixture {
  /// What the slope may be at z = 0, to within the last bits.
  fileprivate var slopesAtZero: ClosedRange<Double> { (negativeSlope - 1e-9)...(1 + 1e-9) }
}

extension Block {
  fileprivate func blanked(at indices: [Int]) -> Block {
    Block(name, value.blanked(at: indices), axes: axes)
  }

  /// How many entries at z = 0 are no numbers, and the slopes there that are out of bounds, if the other
  /// entries are right.
  fileprivate func atZero(_ fixture: LeakyReLUExam.Fixture, times factor: Matrix) -> [Block] {
    let zeros = fixture.input.zeros
    let entries = value.gathered(zeros)
    let truth = factor * fixture.input.z.map { $0 > 0 ? 1 : fixture.negativeSlope }
    let isRight = blanked(at: zeros).agrees(with: Block(name, truth.blanked(at: zeros)))
    let slopes = zip(entries, factor.gathered(zeros)).map(/).map {
      isRight && $0.isFinite && !fixture.slopesAtZero.contains($0) ? $0 : 1
    }
    return [
      Block("NaNs in \(name) at z = 0", Double(entries.count { !$0.isFinite })),
      Block("slopes in \(name) at z = 0", slopes),
    ]
  }
}
