package import Grading
package import KataKit

/// The four numbers that an optimiser is made with.
package struct AdamSettings: Sendable {
  package var learningRate = 0.001
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8

  package init() {}
}

package enum AdamSuite: Suite {
  package typealias Subject = (AdamSettings) -> any AdamKata

  /// Optimisers that take their steps by turns, each with its own parameters.
  package struct Fixture: Sendable {
    var runs: [Run]
  }

  package struct Run: Sendable {
    var settings = AdamSettings()
    var parameters: [Matrix]
    /// Step after step, one gradient a parameter matrix.
    var gradients: [[Matrix]]
    /// Whether every step begins at the same parameters again.
    var isPutBack = false
  }

  package static let kata = Kata(
    "adam", type: "Adam", requirement: "AdamKata",
    title: "the Adam optimiser, its state and its step", track: .optimiser, minutes: 15)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any AdamKata.Type else { return nil }
    return {
      type.init(
        learningRate: $0.learningRate, beta1: $0.beta1, beta2: $0.beta2, epsilon: $0.epsilon)
    }
  }

  package static func reference(making mistakes: Set<Slip>) -> Subject {
    { Reference($0, making: mistakes) }
  }

  /// Every parameter after every step, in order of time, one optimiser after the other.
  package static func answer(of subject: Subject, to fixture: Fixture) -> [Block] {
    var optimisers = fixture.runs.map { subject($0.settings) }
    var parameters = fixture.runs.map(\.parameters)
    var blocks = fixture.runs.map { _ in [Block]() }
    for step in fixture.runs[0].gradients.indices {
      for (index, run) in fixture.runs.enumerated() {
        // Nothing can be asked of parameters that have lost their shapes.
        guard parameters[index].map(\.shape) == run.parameters.map(\.shape) else { continue }
        if run.isPutBack { parameters[index] = run.parameters }
        optimisers[index].step(&parameters[index], gradients: run.gradients[step])
        blocks[index] += parameters[index].enumerated().map {
          Block(prefixes[index] + name(of: $0, after: step), $1)
        }
      }
    }
    return blocks.flatMap { $0 }
  }

  private static let prefixes = ["", "second optimiser, "]

  /// "step 1: θ₁" for the first of both.
  private static func name(
    _ symbol: String = "θ", of parameter: Int, after step: Int
  ) -> String {
    "step \(step + 1): " + Numbers.subscripted(symbol, parameter + 1)
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      .property(
        "first step", on: oneStep, holds: "every entry moves by −learningRate · sign(g)",
        comparing: moves),
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: forgetful),
      .property(
        "constant gradient", on: constant, holds: "every step is as long as the first",
        comparing: moves),
      .reference(on: sparse),
      .reference(on: largeEpsilon),
      tinyGradients,
      .repeatable(on: twins),
    ]
  }

  // MARK: Checks that ask no reference

  /// Early, as optimisers of different shapes that share their state may stop the process.
  private static let twoAtOnce = Check<Self>("two at once", on: [two]) {
    (subject, seed) throws(Finding) in
    let fixture = two.fixture(seed: seed)
    let together = answer(of: subject, to: fixture)
    let alone = zip(fixture.runs, prefixes).flatMap { run, prefix in
      answer(of: subject, to: Fixture(runs: [run])).map { Block(prefix + $0.name, $0.value) }
    }
    if let finding = together.finding(against: alone) {
      throw Finding(
        finding.message,
        pattern: "Alone, each of the two optimisers gives other numbers: "
          + "something is shared between them, or drawn at random.")
    }
    return "two optimisers keep their states apart"
  }

  /// Where the gradient stays the same, and so in the first step, m̂ = g and v̂ = g².
  @Sendable private static func moves(
    _ subject: Subject, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let run = fixture.runs[0]
    let rate = run.settings.learningRate
    var before = run.parameters
    let actual = answer(of: subject, to: fixture).enumerated().map { index, block in
      let (step, k) = index.quotientAndRemainder(dividingBy: before.count)
      defer { before[k] = block.value }
      guard block.value.shape == before[k].shape else { return block }
      return Block(name("Δθ", of: k, after: step), block.value - before[k])
    }
    let expected = run.gradients.enumerated().flatMap { step, gradients in
      gradients.enumerated().map {
        Block(name("Δθ", of: $0, after: step), $1.map { $0 < 0 ? rate : -rate })
      }
    }
    return (actual, expected)
  }

  /// Tells where ε is added, which only shows for gradients near it, and judges nothing.
  private static let tinyGradients = Check<Self>("tiny gradients", on: []) { subject, seed in
    var generator = SeededGenerator(seed: seed)
    var run = run([(3, 4)], steps: 1, AdamSettings(), using: &generator)
    run.gradients[0][0] *= 1e-6
    let (g, settings) = (run.gradients[0][0], run.settings)
    guard let after = answer(of: subject, to: Fixture(runs: [run])).first,
      after.value.shape == g.shape
    else { return "not judged" }
    let move = (run.parameters[0] - after.value) / settings.learningRate

    let (epsilon, correction) = (settings.epsilon, 1 - settings.beta2)
    let paper = g / (abs(g) + epsilon)
    func isNear(_ other: Matrix) -> Bool { abs(move - other).max() <= 1e-6 }
    let difference = Numbers.brief(100 * abs(move - paper).max() / abs(paper).max(), digits: 2)
    if isNear(paper) { return "ε is outside the root, as in the paper" }
    if isNear(g / (abs(g) + epsilon / correction.squareRoot())) {
      return "ε̂ as in TensorFlow differs here by \(difference)%; accepted"
    }
    if isNear(g / sqrt(g * g + epsilon)) || isNear(g / sqrt(g * g + epsilon / correction)) {
      return "ε inside the root differs here by \(difference)%; accepted"
    }
    return "differs from the paper by \(difference)%; not judged"
  }
}
