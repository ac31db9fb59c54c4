package import Grading
package import KataKit

/// The layer that is asked for, and the seed of the generator that is handed in.
package struct InitFixture: Sendable {
  let fanIn: Int
  let fanOut: Int
  let seed: UInt64

  /// From here on a sample tells distributions apart.
  var isLarge: Bool { fanIn * fanOut >= 10_000 }
}

package enum HeInitSuite: Suite {
  package static let kata = Kata(
    "he-init", type: "HeInit", requirement: "HeInitKata",
    title: "weights that keep the signal's size through ReLU", track: .initialisation, minutes: 5)

  package static func subject(of type: any Any.Type) -> (any HeInitKata)? {
    (type as? any HeInitKata.Type)?.init()
  }

  package static func reference(making mistakes: Set<Slip>) -> any HeInitKata {
    Reference(mistakes: mistakes)
  }

  /// What can be said of the layer without regard to the order of its draws: in a large one how they
  /// are distributed, in a small one where they come from.
  package static func answer(of subject: any HeInitKata, to fixture: InitFixture) -> [Block] {
    var generator = SeededGenerator(seed: fixture.seed)
    let layer = subject.layer(fanIn: fixture.fanIn, fanOut: fixture.fanOut, using: &generator)
    let sample = Sample(layer.weights.elements)
    let copies = copies(in: layer.weights, sample)
    let biases = size(ofBiases: layer.biases)
    if fixture.isLarge {
      return [
        Block("number of rows", Double(layer.weights.rows)),
        Block("number of columns", Double(layer.weights.columns)),
      ] + copies + distribution(of: layer.weights, sample, fanIn: fixture.fanIn) + biases
    }
    let anyNumber = Acceptance.between(-.infinity ... .infinity, noise: 0)
    return [
      Block("weights", layer.weights, axes: "inputs × outputs", acceptance: anyNumber),
      Block("biases", layer.biases, axes: "1 × outputs", acceptance: anyNumber),
    ] + biases + copies + source(of: subject, fixture, sample, after: generator)
      + [roughSpread(of: layer, sample, fixture)]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: small),
      .property(
        "single output", on: single, holds: "weights n×1, bias 1×1", comparing: singleOutput),
      .property("biases", on: small, holds: "all zero", comparing: biasesAndZeros),
      .property(
        "independent draws", on: small, holds: "no weight, row or column is a copy",
        comparing: copiesAndNone),
      generatorCheck,
      statisticsCheck(on: wide),
      statisticsCheck(on: tall),
      .repeatable(on: small),
    ]
  }

  // MARK: Fixtures

  private static let small = Case<InitFixture>("small layer") { generator in
    let sizes = generator.sizes(2, in: 24...40)
    return InitFixture(fanIn: sizes[0], fanOut: sizes[1], seed: generator.next())
  }

  private static let single = Case<InitFixture>("single output") { generator in
    InitFixture(fanIn: generator.sizes(1, in: 24...40)[0], fanOut: 1, seed: generator.next())
  }

  // 30 000 draws each. From one to the other fanIn and fanOut change places in size, so that no wrong
  // fan gives the same ratios twice.

  private static let wide = Case<InitFixture>("300 × 100") {
    InitFixture(fanIn: 300, fanOut: 100, seed: $0.next())
  }

  private static let tall = Case<InitFixture>("120 × 250") {
    InitFixture(fanIn: 120, fanOut: 250, seed: $0.next())
  }

  // MARK: Checks

  private static func layer(of subject: any HeInitKata, for fixture: InitFixture) -> DenseLayer {
    var generator = SeededGenerator(seed: fixture.seed)
    return subject.layer(fanIn: fixture.fanIn, fanOut: fixture.fanOut, using: &generator)
  }

  @Sendable private static func singleOutput(
    _ subject: any HeInitKata, _ fixture: InitFixture
  ) -> (actual: [Block], expected: [Block]) {
    (Array(answer(of: subject, to: fixture).prefix(2)), Array(truth(of: fixture).prefix(2)))
  }

  @Sendable private static func biasesAndZeros(
    _ subject: any HeInitKata, _ fixture: InitFixture
  ) -> (actual: [Block], expected: [Block]) {
    let biases = layer(of: subject, for: fixture).biases
    let zeros = Matrix(rows: biases.rows, columns: biases.columns)
    return ([Block("b", biases)], [Block("b", zeros)])
  }

  @Sendable private static func copiesAndNone(
    _ subject: any HeInitKata, _ fixture: InitFixture
  ) -> (actual: [Block], expected: [Block]) {
    func copies(_ subject: any HeInitKata) -> [Block] {
      let weights = layer(of: subject, for: fixture).weights
      return self.copies(in: weights, Sample(weights.elements))
    }
    return (copies(subject), copies(reference(making: [])))
  }

  private static let generatorCheck = Check<Self>("generator", on: [small]) {
    (subject, seed) throws(Finding) in
    let fixture = small.fixture(seed: seed)
    var generator = SeededGenerator(seed: fixture.seed)
    let layer = subject.layer(fanIn: fixture.fanIn, fanOut: fixture.fanOut, using: &generator)
    let evidence = [
      "an equal generator gives other weights at a second call",
      "a generator of another seed gives the same weights",
      "the generator is where it was before the call",
    ]
    let answers = source(
      of: subject, fixture, Sample(layer.weights.elements), after: generator)
    for (answer, evidence) in zip(answers, evidence) where answer.value.elements != [1] {
      throw Finding(
        evidence, pattern: "Every draw has to come from the generator that is handed in.")
    }
    return "every draw comes from it, and it moves on"
  }

  /// The small layer is listed for the diagnosis, which rules out on it, before it makes 30 000 draws
  /// for each, most of what cannot be the mistake.
  private static func statisticsCheck(on large: Case<InitFixture>) -> Check<Self> {
    Check(large.name, on: [small, large]) { (subject, seed) throws(Finding) in
      let fixture = large.fixture(seed: seed)
      let answer = answer(of: subject, to: fixture)
      if let finding = answer.finding(against: truth(of: fixture)) { throw finding }
      func text(_ name: String, digits: Int) -> String {
        let block = answer.first { $0.name == name }
        return Numbers.brief(block?.value.elements.first ?? .nan, digits: digits)
      }
      return "variance \(text(varianceRatio, digits: 4)) · 2/fanIn, "
        + "distance to a normal \(text(distanceToNormal, digits: 2))"
    }
  }
}
