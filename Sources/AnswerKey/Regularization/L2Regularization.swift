package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum L2RegularizationSuite: Suite {
  package typealias Paper = L2RegularizationExam

  package static let kata = Kata(
    Paper.self, title: "the penalty on large weights, and its gradient", track: .regularization,
    minutes: 4)

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let count = fixture.layers.map(\.weights.count).reduce(0, +)
    return [
      Quantity(fixture.layers.count, "there are \(fixture.layers.count) layers"),
      Quantity(count, "there are \(count) weights"),
    ]
  }

  /// Nothing is added to what is not of its own size: an entry of a gradient and its λ·w.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let isOfEveryMagnitude = fixture.gradients.contains { abs($0.biases).max() > 1e10 }
    return answer.map {
      Block($0, acceptance: isOfEveryMagnitude ? .each() : .near(absolute: 0))
    }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: several, to: .everything),
      .reference("penalty", on: several, to: .penalty),
      .reference("gradients", on: several, to: .gradients),
      .derivative("numerical gradient", on: one, to: .gradients, of: "the penalty") { answered in
        let (layers, lambda) = (answered.fixture.layers, answered.fixture.lambda)
        return derivatives(answered) { index in
          let penalty = reference(making: []).penalty
          return Slopes.values(
            of: { weights in
              var moved = layers
              moved[index].weights = weights
              return penalty(moved, lambda)
            }, around: layers[index].weights)
        }
      },
      .derivative(
        "of your own penalty", on: one, to: .ownPenalty, of: "your own penalty"
      ) { answered in
        derivatives(answered) {
          answered.parts.value("penalties around W".subscripted($0 + 1))
        }
      },
      .inDoublePrecision(on: one, to: .everything),
      .reference(on: one, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: strong, to: .everything),
      .reference(on: large, to: .everything),
      .reference(on: narrow, to: .everything),
      .reference(on: veryStrong, to: .everything),
      .reference(on: weak, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: everyMagnitude, to: .everything),
      .reference(on: stillWeights, to: .gradients),
      .property(
        "lambda of 0", on: off, to: .everything,
        holds: "no penalty, and the gradients are as they were", comparing: withoutPenalty),
      .property(
        "larger biases",
        asking: [Question(on: several, to: .largerBiases), Question(on: several, to: .everything)],
        holds: "biases change nothing"
      ) { ($0[0].blocks, $0[1].blocks) },
    ]
  }

  // MARK: Fixtures

  private static let several = Case<Fixture>("three layers") { generator in
    draw(widths: generator.sizes(4), using: &generator)
  }

  private static let one = Case<Fixture>("single layer") { generator in
    draw(widths: generator.sizes(2), using: &generator)
  }

  /// Where a matrix product of the weights with themselves does not stop at a shape.
  private static let square = Case<Fixture>("square layers") { generator in
    draw(widths: [4, 4, 4], using: &generator)
  }

  /// Where λ is above 1 a share 1 − λ of something is negative.
  private static let strong = Case<Fixture>("lambda above 1") { generator in
    var fixture = draw(widths: generator.sizes(3), using: &generator)
    fixture.lambda += 2
    return fixture
  }

  /// Nothing is clipped, however large.
  private static let large = Case<Fixture>("large weights") { generator in
    var fixture = draw(widths: generator.sizes(3), using: &generator)
    for index in fixture.layers.indices { fixture.layers[index].weights *= 1000 }
    return fixture
  }

  /// Weights that are a row, a column or a single number.
  private static let narrow = Case<Fixture>("narrow layers") { generator in
    let sizes = generator.sizes(3)
    return draw(widths: [sizes[0], 1, sizes[1], 1, 1, sizes[2]], using: &generator)
  }

  private static let veryStrong = Case<Fixture>("lambda of millions") { generator in
    drawScaled(lambda: 1e13, gradients: 1e13, using: &generator)
  }

  private static let weak = Case<Fixture>("tiny lambda") { generator in
    drawScaled(lambda: 1e-13, gradients: 1e-13, using: &generator)
  }

  private static let tiny = Case<Fixture>("tiny weights") { generator in
    drawScaled(weights: 1e-13, gradients: 1e-13, using: &generator)
  }

  private static let everyMagnitude = Case<Fixture>("every magnitude") { generator in
    var fixture = draw(widths: generator.sizes(3), using: &generator)
    for index in fixture.layers.indices {
      let weights = fixture.layers[index].weights.ofEveryMagnitude(using: &generator)
      fixture.layers[index].weights = weights
      let gradients = fixture.gradients[index].weights.ofEveryMagnitude(using: &generator)
      fixture.gradients[index].weights = gradients
      let biases = fixture.gradients[index].biases.ofEveryMagnitude(using: &generator)
      fixture.gradients[index].biases = biases
    }
    return fixture
  }

  /// Weights decay whether or not the loss moves them.
  private static let stillWeights = Case<Fixture>("no gradient") { generator in
    drawScaled(gradients: 0, using: &generator)
  }

  private static let off = Case<Fixture>("lambda of 0") { generator in
    var fixture = draw(widths: generator.sizes(3), using: &generator)
    fixture.lambda = 0
    return fixture
  }

  private static func drawScaled(
    lambda: Double = 1, weights: Double = 1, gradients: Double = 1,
    using generator: inout FixtureGenerator
  ) -> Fixture {
    var fixture = draw(widths: generator.sizes(3), using: &generator)
    fixture.lambda *= lambda
    for index in fixture.layers.indices {
      fixture.layers[index].weights *= weights
      fixture.gradients[index].weights *= gradients
    }
    return fixture
  }

  private static func draw(widths: [Int], using generator: inout FixtureGenerator) -> Fixture {
    var fixture = Fixture(layers: [], gradients: [], lambda: 0.2 + 0.5 * generator.uniform())
    for (fanIn, fanOut) in zip(widths, widths.dropFirst()) {
      func normal(_ rows: Int) -> Matrix {
        .normal(rows: rows, columns: fanOut, using: &generator)
      }
      fixture.layers.append(DenseLayer(weights: normal(fanIn), biases: normal(1)))
      fixture.gradients.append(DenseGradient(weights: normal(fanIn), biases: normal(1)))
    }
    return fixture
  }

  // MARK: Checks that ask no reference

  /// What is added to the gradients of the weights is the derivative of the penalty.
  private static func derivatives(
    _ answered: Answered<Self>, values: (_ layer: Int) -> Matrix
  ) -> [Derivative] {
    answered.fixture.layers.indices.map { index in
      let before = answered.fixture.gradients[index].weights
      let result = answered.parts.value("dW".subscripted(index + 1))
      return Derivative(
        "added to dW".subscripted(index + 1),
        result.shape == before.shape ? result - before : result,
        at: answered.fixture.layers[index].weights, values: values(index))
    }
  }

  @Sendable private static func withoutPenalty(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    let before = answered.fixture.gradients.enumerated().flatMap { index, gradient in
      [
        Block("dW".subscripted(index + 1), gradient.weights),
        Block("db".subscripted(index + 1), gradient.biases),
      ]
    }
    return (answered.blocks, before + [Block("penalty", 0)])
  }
}
