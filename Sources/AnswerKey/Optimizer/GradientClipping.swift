package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum GradientClippingSuite: Suite {
  package typealias Paper = GradientClippingExam

  package static let kata = Kata(
    Paper.self, title: "all gradients together, no longer than a limit", track: .optimizer,
    minutes: 4)

  /// 1e-6 beside the norm in the quotient does not show: a norm is 3 or more, or judged less closely.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let squares = squares(of: fixture.gradients)
    if squares > 0, squares < 1e-6 {
      return zip(answer, fixture.gradients).map { share(of: $1, in: $0, fixture) }
    }
    if abs(squares.squareRoot() / fixture.maximumNorm - 1) < 1e-6 {
      return answer.map { Block($0, acceptance: .near(relative: 1e-12, absolute: 0)) }
    }
    let relative = squares < 9 ? 1e-5 : 1e-6
    // Every entry is scaled by the same factor, so that the smallest are as exact as the largest.
    let acceptance: Acceptance =
      squares > 1e20 ? .each(relative: relative) : .near(relative: relative, absolute: 0)
    return answer.map { Block($0, acceptance: acceptance) }
  }

  /// What is left of a tiny gradient: c/‖g‖ of it, or as little as c/(‖g‖ + 1e-6).
  private static func share(of gradient: Matrix, in part: Part, _ fixture: Fixture) -> Block {
    guard part.value.shape == gradient.shape else { return Block(part) }
    let norm = squares(of: fixture.gradients).squareRoot()
    let range = (1 - 1e-6) / (norm + 1e-6)...(1 + 1e-6) / norm
    return Block(
      "\(part.name) over what was handed in", part.value / gradient,
      acceptance: .between(
        fixture.maximumNorm * range.lowerBound...fixture.maximumNorm * range.upperBound,
        noise: 1e-6))
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
      .reference(on: tiny, to: .everything),
      .reference(on: vectors, to: .everything),
      .reference(on: barelyLong, to: .everything),
      .reference(on: barelyShort, to: .everything),
      .reference(on: hardlyLong, to: .everything),
      .reference(on: hardlyShort, to: .everything),
      .reference(on: everyMagnitude, to: .everything),
      .reference(on: everyMagnitudeBelow, to: .everything),
      .reference(on: zeroMatrix, to: .everything),
      .reference(on: zeros, to: .everything),
      .property(
        "norm afterward", on: long, to: .everything, holds: "the norm is the limit"
      ) { answered in
        let norm = squares(of: answered.parts.map(\.value)).squareRoot()
        return (
          [Block("the norm afterward", norm)],
          [Block("the norm afterward", answered.fixture.maximumNorm)]
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

  /// Rows, columns and single entries count and are scaled as everything is, however many there are.
  private static let vectors = Case<Fixture>("rows, columns, entries") { generator in
    let sizes = generator.sizes(4)
    let shapes = [
      (sizes[0], sizes[1]), (1, sizes[2]), (sizes[3], 1), (1, 1), (sizes[2], sizes[2]),
      (sizes[1], sizes[3]),
    ]
    let scale = 1 + 0.1 * generator.uniform()
    return Fixture(
      gradients: (shapes + shapes.reversed()).map {
        draw($0.0, $0.1, norm: scale * (1.5 + generator.uniform()), using: &generator)
      },
      maximumNorm: 4.3 * scale)
  }

  /// There is no tolerance on either side of the limit.
  private static let barelyLong = Case<Fixture>("barely too long") { generator in
    draw(norms: [6, 3, 2], limit: 6.998, using: &generator)
  }

  private static let barelyShort = Case<Fixture>("barely short enough") { generator in
    draw(norms: [6, 3, 2], limit: 7.002, using: &generator)
  }

  /// A ten-billionth from the limit, and so large that 1e-6 beside the norm is nothing.
  private static let hardlyLong = Case<Fixture>("hardly too long") { generator in
    drawLarge(limit: 7 * (1 - 1e-10), using: &generator)
  }

  private static let hardlyShort = Case<Fixture>("hardly short enough") { generator in
    drawLarge(limit: 7 * (1 + 1e-10), using: &generator)
  }

  /// Entries from 1e-13 to 1e13, which are all scaled alike.
  private static let everyMagnitude = Case<Fixture>("every magnitude") { generator in
    drawOfEveryMagnitude(limit: 3e12, using: &generator)
  }

  private static let everyMagnitudeBelow = Case<Fixture>("every magnitude, short") { generator in
    drawOfEveryMagnitude(limit: 9e13, using: &generator)
  }

  private static let large = Case<Fixture>("exploded gradients") { generator in
    draw(norms: [6.3e8, 3.1e7, 2.4e8], limit: 0.7, using: &generator)
  }

  /// The limit is below every entry.
  private static let small = Case<Fixture>("tiny limit") { generator in
    draw(norms: [3.7, 6.2], limit: 1e-4, using: &generator)
  }

  /// No norm and no limit is too small to be one.
  private static let tiny = Case<Fixture>("tiny gradients") { generator in
    var fixture = draw(norms: [0.6, 0.1, 0.4], limit: 0.25, using: &generator)
    fixture.gradients = fixture.gradients.map { $0 * 1e-12 }
    fixture.maximumNorm *= 1e-12
    return fixture
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
      draw(sizes[index], sizes[index + 1], norm: scale * norm, using: &generator)
    }
    return Fixture(gradients: gradients, maximumNorm: scale * limit)
  }

  private static func draw(
    _ rows: Int, _ columns: Int, norm: Double, using generator: inout FixtureGenerator
  ) -> Matrix {
    let matrix = Matrix.normal(rows: rows, columns: columns, using: &generator)
    return matrix * (norm / (matrix * matrix).sum().squareRoot())
  }

  private static func drawLarge(
    limit: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    var fixture = draw(norms: [6, 3, 2], limit: limit, using: &generator)
    fixture.gradients = fixture.gradients.map { $0 * 1e11 }
    fixture.maximumNorm *= 1e11
    return fixture
  }

  private static func drawOfEveryMagnitude(
    limit: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    var fixture = draw(norms: [20, 12, 15], limit: limit, using: &generator)
    fixture.gradients = fixture.gradients.map { $0.ofEveryMagnitude(using: &generator) }
    return fixture
  }

  private static func squares(of matrices: [Matrix]) -> Double {
    matrices.map { ($0 * $0).sum() }.reduce(0, +)
  }
}
