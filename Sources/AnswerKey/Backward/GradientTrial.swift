import Exam
import Grading
import KataKit
import Numerics

/// What somebody says the gradient is.
struct GradientClaim: Sendable {
  /// As an object of a sentence: "a gradient with the opposite sign".
  let words: String
  let gradient: Matrix
  let isRight: Bool

  init(_ words: String, _ gradient: Matrix, isRight: Bool = false) {
    (self.words, self.gradient, self.isRight) = (words, gradient, isRight)
  }
}

/// Claims about the gradient of a loss, and which of them are right.
///
/// They are sent in a random order and without a word, so that whoever is asked has only the loss to go
/// by; what each is follows from the loss and the point.
struct GradientTrial: Sendable {
  typealias Fixture = GradientCheckExam.Fixture

  let name: String
  private let right: String
  private let draw: @Sendable (inout FixtureGenerator) -> Fixture
  private let wrong: @Sendable (Fixture) -> [GradientClaim]

  /// - Parameters:
  ///   - right: what the true gradient is called.
  ///   - draw: gives a loss and a point.
  init(
    _ name: String, right: String = "the right gradient",
    draw: @escaping @Sendable (inout FixtureGenerator) -> Fixture,
    wrong: @escaping @Sendable (Fixture) -> [GradientClaim]
  ) {
    (self.name, self.right, self.draw, self.wrong) = (name, right, draw, wrong)
  }

  var probe: Case<Fixture> {
    Case(name) { generator in
      var fixture = draw(&generator)
      fixture.claims = claims(on: fixture).map(\.gradient).shuffled(using: &generator)
      return fixture
    }
  }

  /// The right one and then the wrong ones.
  func claims(on fixture: Fixture) -> [GradientClaim] {
    [GradientClaim(right, fixture.gradient, isRight: true)] + wrong(fixture)
  }

  /// The claims of which `verdicts`, in the order in which they were sent, are wrong.
  func misjudged(by verdicts: [Double], on fixture: Fixture) -> [GradientClaim] {
    claims(on: fixture).filter { claim in
      let place = fixture.claims.firstIndex {
        [Part("", $0)].isIdentical(to: [Part("", claim.gradient)])
      }
      let verdict = place.flatMap { verdicts.indices.contains($0) ? verdicts[$0] : nil }
      return verdict != (claim.isRight ? 1 : 0)
    }
  }
}
