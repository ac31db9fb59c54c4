package import Grading
package import KataKit

package enum GradientCheckSuite: Suite {
  /// A loss at a point, and what is asked there: the differences for a step, or whether claims are right.
  package struct Fixture: Sendable {
    var loss: @Sendable (Matrix) -> Double
    var point: Matrix
    var step: Double?
    var claims: [Claim] = []
  }

  /// What somebody says the gradient is.
  package struct Claim: Sendable {
    /// As an object of a sentence: "a gradient with the opposite sign".
    var words: String
    var gradient: Matrix
    var isRight = false
  }

  package static let kata = Kata(
    "gradient-check", type: "GradientCheck", requirement: "GradientCheckKata",
    title: "a checker that catches wrong gradients", track: .backward, minutes: 12)

  package static func subject(of type: any Any.Type) -> (any GradientCheckKata)? {
    (type as? any GradientCheckKata.Type)?.init()
  }

  /// The differences, then a 1 for every claim that is called right.
  package static func answer(
    of subject: any GradientCheckKata, to fixture: Fixture
  ) -> [Block] {
    differences(of: subject, on: fixture, asking: fixture.loss)
      + fixture.claims.map { claim in
        let isRight = subject.isCorrect(claim.gradient, of: fixture.loss, at: fixture.point)
        return Block("verdict on \(claim.words)", isRight ? 1 : 0)
      }
  }

  private static func differences(
    of subject: any GradientCheckKata, on fixture: Fixture, asking loss: (Matrix) -> Double
  ) -> [Block] {
    guard let step = fixture.step else { return [] }
    let gradient = subject.numericalGradient(of: loss, at: fixture.point, step: step)
    return [Block("numerical gradient", gradient, axes: "as the point")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: coupled),
      differences("x³ at 1, h = 0.1", on: cube),
      differences("coupled entries", on: coupled),
      differences("small step", on: smallStep),
      differences("square point", on: squarePoint),
      verdicts("planted bugs", on: planted),
      verdicts("every entry", on: entries),
      verdicts("small error", on: slightly),
      verdicts("transposed", on: transposed),
      verdicts("zero gradient", on: level),
      verdicts("unused entries", on: unused),
      verdicts("not a number", on: notANumber),
      verdicts("gradient of 1e-6", on: tiny),
      verdicts("gradient of 1e6", on: huge),
      verdicts("near a minimum", on: valley),
      verdicts("negative gradient", on: negative),
      .repeatable(on: both),
    ]
  }

  // MARK: Checks

  /// The differences are right; where they are not, what the loss was asked may tell why.
  private static func differences(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    Check(name, on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      var asked: [Matrix] = []
      let answer = differences(of: subject, on: fixture) { point in
        asked.append(point)
        return fixture.loss(point)
      }
      guard let finding = answer.finding(against: truth(of: fixture)) else {
        return "central differences for the step that is given"
      }
      throw Finding(finding.message, pattern: sentence(of: asked, fixture) ?? finding.pattern)
    }
  }

  /// What is odd about the points at which the loss was asked.
  private static func sentence(of asked: [Matrix], _ fixture: Fixture) -> String? {
    guard let step = fixture.step else { return nil }
    let moves = asked.filter { $0.shape == fixture.point.shape }.map { point in
      // What adding and subtracting the step rounds is no move.
      (point - fixture.point).elements.filter { abs($0) > 1e-6 * step }
    }
    if moves.isEmpty { return "The loss was never asked for." }
    let most = moves.map(\.count).max() ?? 0
    if most > 1 {
      return
        "The loss was asked where \(most) entries had moved at once; move one, and put it back."
    }
    let odd = moves.joined().first { abs(abs($0) - step) > 1e-6 * step }
    return odd.map {
      let (moved, step) = Numbers.pair(abs($0), step)
      return "An entry was moved by \(moved); the step is \(step)."
    }
  }

  /// Every claim is judged rightly.
  private static func verdicts(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    Check(name, on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      var calls = 0
      let misjudged = fixture.claims.filter { claim in
        let isRight = subject.isCorrect(
          claim.gradient,
          of: { point in
            calls += 1
            return fixture.loss(point)
          }, at: fixture.point)
        return isRight != claim.isRight
      }
      let right = fixture.claims.count(where: \.isRight)
      let wrong = fixture.claims.count - right
      guard let first = misjudged.first else {
        return "\(wrong) wrong caught" + (right > 0 ? ", the right one passed" : "")
      }
      let passed = misjudged.count { !$0.isRight }
      throw Finding(
        "\(first.words) was called \(first.isRight ? "wrong" : "right")",
        pattern: calls == 0
          ? "The loss was never asked for."
          : passed > 1 ? "\(passed) of \(wrong) wrong gradients passed." : nil)
    }
  }
}
