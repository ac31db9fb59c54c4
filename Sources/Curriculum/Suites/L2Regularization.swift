package import Grading
package import KataKit

package enum L2RegularizationSuite: Suite {
  /// Layers, what backpropagation made of them, and λ.
  package struct Fixture: Sendable {
    var layers: [DenseLayer]
    var gradients: [DenseGradient]
    var lambda: Double
  }

  package static let kata = Kata(
    "l2-regularization", type: "L2Regularization", requirement: "L2RegularizationKata",
    title: "the penalty on large weights, and its gradient", track: .optimiser, minutes: 4)

  package static func subject(of type: any Any.Type) -> (any L2RegularizationKata)? {
    (type as? any L2RegularizationKata.Type)?.init()
  }

  package static func answer(
    of subject: any L2RegularizationKata, to fixture: Fixture
  ) -> [Block] {
    gradients(of: subject, on: fixture) + [penalty(of: subject, on: fixture)]
  }

  private static func penalty(
    of subject: any L2RegularizationKata, on fixture: Fixture
  ) -> Block {
    Block("penalty", subject.penalty(of: fixture.layers, lambda: fixture.lambda))
  }

  private static func gradients(
    of subject: any L2RegularizationKata, on fixture: Fixture
  ) -> [Block] {
    let gradients = subject.regularized(
      fixture.gradients, of: fixture.layers, lambda: fixture.lambda)
    return gradients.enumerated().flatMap { index, gradient in
      [
        Block(Numbers.subscripted("dW", index + 1), gradient.weights, axes: "inputs × outputs"),
        Block(Numbers.subscripted("db", index + 1), gradient.biases, axes: "1 × outputs"),
      ]
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let count = fixture.layers.map(\.weights.count).reduce(0, +)
    return [
      Quantity(fixture.layers.count, "there are \(fixture.layers.count) layers"),
      Quantity(count, "there are \(count) weights"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: several),
      .reference("penalty", on: several, of: { [penalty(of: $0, on: $1)] }),
      .reference("gradients", on: several, of: { gradients(of: $0, on: $1) }),
      .derivative("numerical gradient", on: one, of: "the penalty") {
        derivatives(of: $0, on: $1, penalty: reference(making: []).penalty)
      },
      .derivative("of your own penalty", on: one, of: "your own penalty") {
        derivatives(of: $0, on: $1, penalty: $0.penalty)
      },
      .reference(on: one),
      .reference(on: square),
      .reference(on: strong),
      .reference(on: large),
      .property(
        "lambda of 0", on: off, holds: "no penalty, and the gradients are as they were",
        comparing: withoutPenalty),
      .property(
        "larger biases", on: several, holds: "biases change nothing", comparing: largeBiases),
      .repeatable(on: several),
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

  private static func draw(widths: [Int], using generator: inout SeededGenerator) -> Fixture {
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
    of subject: any L2RegularizationKata, on fixture: Fixture,
    penalty: @escaping ([DenseLayer], Double) -> Double
  ) -> [Derivative] {
    let results = subject.regularized(
      fixture.gradients, of: fixture.layers, lambda: fixture.lambda)
    return results.indices.prefix(fixture.layers.count).compactMap { index in
      let (result, before) = (results[index].weights, fixture.gradients[index].weights)
      return Derivative(
        Numbers.subscripted("added to dW", index + 1),
        result.shape == before.shape ? result - before : result, at: fixture.layers[index].weights,
        of: { weights in
          var layers = fixture.layers
          layers[index].weights = weights
          return penalty(layers, fixture.lambda)
        })
    }
  }

  @Sendable private static func withoutPenalty(
    _ subject: any L2RegularizationKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let before = fixture.gradients.enumerated().flatMap { index, gradient in
      [
        Block(Numbers.subscripted("dW", index + 1), gradient.weights),
        Block(Numbers.subscripted("db", index + 1), gradient.biases),
      ]
    }
    return (answer(of: subject, to: fixture), before + [Block("penalty", 0)])
  }

  @Sendable private static func largeBiases(
    _ subject: any L2RegularizationKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var moved = fixture
    for index in moved.layers.indices { moved.layers[index].biases *= 10 }
    return (answer(of: subject, to: moved), answer(of: subject, to: fixture))
  }
}
