package import Exam
package import Grading
import KataKit

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
      .reference(on: one, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: strong, to: .everything),
      .reference(on: large, to: .everything),
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

  private static let off = Case<Fixture>("lambda of 0") { generator in
    var fixture = draw(widths: generator.sizes(3), using: &generator)
    fixture.lambda = 0
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
