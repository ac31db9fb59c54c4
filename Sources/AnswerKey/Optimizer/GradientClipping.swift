package import Exam
package import Grading
import KataKit

package enum GradientClippingSuite: Suite {
  package typealias Paper = GradientClippingExam

  package static let kata = Kata(
    Paper.self, title: "all gradients together, no longer than a limit", track: .optimizer,
    minutes: 4)

  /// 1e-6 beside the norm in the quotient does not show: a norm is 3 or more, or judged less closely.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let isShort = squares(of: fixture.gradients) < 9
    return answer.map { Block($0, acceptance: isShort ? .near(relative: 1e-5) : .near()) }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [Quantity(fixture.gradients.count, "there are \(fixture.gradients.count) matrices")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: long, to: .everything),
      .reference(on: long, to: .everything),
      .reference(on: together, to: .everything),
      .reference(on: short, to: .everything),
      .reference(on: dominated, to: .everything),
      .reference(on: belowOne, to: .everything),
      .reference(on: farBelow, to: .everything),
      .reference(on: aboveOne, to: .everything),
      .reference(on: clippedBelowOne, to: .everything),
      .reference(on: one, to: .everything),
      .reference(on: uneven, to: .everything),
      .reference(on: large, to: .everything),
      .reference(on: small, to: .everything),
      .reference(on: zeroMatrix, to: .everything),
      .reference(on: zeros, to: .everything),
      .property(
        "norm afterwards", on: long, to: .everything, holds: "the norm is the limit"
      ) { answered in
        let norm = squares(of: answered.parts.map(\.value)).squareRoot()
        return (
          [Block("the norm afterwards", norm)],
          [Block("the norm afterwards", answered.fixture.maximumNorm)]
        )
      },
      .property(
        "scale of the input",
        asking: [Question(on: long, to: .lengthened), Question(on: long, to: .everything)],
        holds: "ten times as long, clipped to the same"
      ) { ($0[0].blocks, $0[1].blocks) },
    ]
  }

  // MARK: Fixtures

  /// Two matrices above the limit by themselves and one below it.
  private static let long = Case<Fixture>("norm too large") { generator in
    draw(norms: [6.3, 1.1, 4.2], limit: 2.6, using: &generator)
  }

  /// Every matrix is below the limit, and all together are above it.
  private static let together = Case<Fixture>("large together only") { generator in
    draw(norms: [3.1, 2.3, 3.4], limit: 3.9, using: &generator)
  }

  /// Nothing may be changed; the sums of norms, of |g| and of squares are above the limit.
  private static let short = Case<Fixture>("norm small enough") { generator in
    draw(norms: [2.6, 1.7, 2.9], limit: 4.8, using: &generator)
  }

  /// Nothing may be changed; the sum of |g| is above the limit, that of the norms is not.
  private static let dominated = Case<Fixture>("one matrix matters") { generator in
    draw(norms: [0.02, 0.52, 0.003], limit: 0.7, using: &generator)
  }

  /// Where nothing that could be taken for the norm is above the limit.
  private static let farBelow = Case<Fixture>("norm far below") { generator in
    draw(norms: [0.03, 0.2, 0.002], limit: 7.5, using: &generator)
  }

  /// Where the square of the norm is below the norm.
  private static let belowOne = Case<Fixture>("norm below one") { generator in
    draw(norms: [0.4, 0.5, 0.45], limit: 0.9, using: &generator)
  }

  /// The norm is above 1 and below the limit, and its square is, too.
  private static let aboveOne = Case<Fixture>("norm above one") { generator in
    draw(norms: [0.9, 0.8, 0.7], limit: 3.9, using: &generator)
  }

  /// Where a norm below 1 is too large.
  private static let clippedBelowOne = Case<Fixture>("limit below one") { generator in
    draw(norms: [0.5, 0.4, 0.45], limit: 0.3, using: &generator)
  }

  private static let one = Case<Fixture>("one matrix") { generator in
    draw(norms: [5.2], limit: 3.1, using: &generator)
  }

  /// A row of biases is all that counts.
  private static let uneven = Case<Fixture>("one dominates") { generator in
    var fixture = draw(norms: [0.04, 9.4, 0.3, 0.2], limit: 1.4, using: &generator)
    let biases = fixture.gradients[1].elements
    fixture.gradients[1] = Matrix(rows: 1, columns: biases.count, elements: biases)
    return fixture
  }

  private static let large = Case<Fixture>("exploded gradients") { generator in
    draw(norms: [6.3e8, 3.1e7, 2.4e8], limit: 0.7, using: &generator)
  }

  /// The limit is below every entry.
  private static let small = Case<Fixture>("tiny limit") { generator in
    draw(norms: [3.7, 6.2], limit: 1e-4, using: &generator)
  }

  private static let zeroMatrix = Case<Fixture>("a zero matrix") { generator in
    var fixture = draw(norms: [4.4, 3.2, 5.1], limit: 2.1, using: &generator)
    fixture.gradients[1] *= 0
    return fixture
  }

  private static let zeros = Case<Fixture>("zeros only") { generator in
    var fixture = draw(norms: [1, 1, 1], limit: 2.1, using: &generator)
    fixture.gradients = fixture.gradients.map { $0 * 0 }
    return fixture
  }

  /// Matrices of different shapes with the given norms and `limit`, all times one number near 1.
  private static func draw(
    norms: [Double], limit: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    let sizes = generator.sizes(5)
    let scale = 1 + 0.1 * generator.uniform()
    let gradients = norms.enumerated().map { index, norm in
      let matrix = Matrix.normal(rows: sizes[index], columns: sizes[index + 1], using: &generator)
      return matrix * (scale * norm / (matrix * matrix).sum().squareRoot())
    }
    return Fixture(gradients: gradients, maximumNorm: scale * limit)
  }

  private static func squares(of matrices: [Matrix]) -> Double {
    matrices.map { ($0 * $0).sum() }.reduce(0, +)
  }
}
