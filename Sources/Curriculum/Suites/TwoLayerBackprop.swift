package import Grading
package import KataKit

package enum TwoLayerBackpropSuite: Suite {
  package static let kata = Kata(
    "two-layer-backprop", type: "TwoLayerBackprop", requirement: "TwoLayerBackpropKata",
    title: "gradients of ReLU, then one sigmoid", track: .backward,
    minutes: 12)

  package static func subject(of type: any Any.Type) -> (any TwoLayerBackpropKata)? {
    (type as? any TwoLayerBackpropKata.Type)?.init()
  }

  /// From the output back to the inputs, as backpropagation computes them.
  package static func answer(
    of subject: any TwoLayerBackpropKata, to fixture: NetworkFixture
  ) -> [Block] {
    let gradients = subject.gradients(
      hidden: fixture.layers[0], output: fixture.layers[1], inputs: fixture.inputs,
      targets: fixture.targets)
    // A probability clipped at 1e-7 moves an entry by up to 4e-6 of the largest.
    func block(_ name: String, _ value: Matrix, axes: String) -> Block {
      Block(name, value, axes: axes, acceptance: .near(relative: 1e-5))
    }
    return [
      block("dW₂", gradients.output.weights, axes: "units × 1"),
      block("db₂", gradients.output.biases, axes: "1 × 1"),
      block("dW₁", gradients.hidden.weights, axes: "inputs × units"),
      block("db₁", gradients.hidden.biases, axes: "1 × units"),
    ]
  }

  package static func quantities(of fixture: NetworkFixture) -> [Quantity] {
    [Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: batch),
      .reference("output layer", on: batch, judging: { $0.name.last == "₂" }),
      .reference("hidden layer", on: batch, judging: { $0.name.last == "₁" }),
      .derivative("numerical gradient", on: batch, of: "the mean cross-entropy") {
        derivatives(of: $0, on: $1)
      },
      .reference(on: telling),
      .reference(on: square),
      .reference(on: oneRow),
      .reference(on: oneUnit),
      .reference(on: oneClass),
      .reference(on: sure),
      .reference(on: huge),
      .reference(on: tiny),
      .reference(on: deadUnit),
      .property(
        "batch twice over", on: batch, holds: "a doubled batch has the same mean gradient",
        comparing: doubled),
      .repeatable(on: batch),
    ]
  }

  // MARK: Fixtures

  private static let batch = Case<NetworkFixture>("batch") { generator in
    let sizes = generator.sizes(3)
    return draw(inputs: sizes[1], units: sizes[2], rows: sizes[0], using: &generator)
  }

  /// The sizes of the whiteboard.
  private static let telling = Case<NetworkFixture>("2 inputs, 3 units") { generator in
    draw(inputs: 2, units: 3, rows: 5, using: &generator)
  }

  /// Where every matrix is square a missing transpose no longer stops at a shape.
  private static let square = Case<NetworkFixture>("square layer") { generator in
    draw(inputs: 4, units: 4, rows: 4, using: &generator)
  }

  private static let oneRow = Case<NetworkFixture>("single row") { generator in
    let sizes = generator.sizes(2)
    return draw(inputs: sizes[0], units: sizes[1], rows: 1, using: &generator)
  }

  private static let oneUnit = Case<NetworkFixture>("single hidden unit") { generator in
    let sizes = generator.sizes(2)
    return draw(inputs: sizes[0], units: 1, rows: sizes[1], using: &generator)
  }

  /// Where every target is 1 the term of the other class has no part.
  private static let oneClass = Case<NetworkFixture>("all of one class") { generator in
    var fixture = batch.fixture(seed: generator.next())
    fixture.targets = fixture.targets * 0 + (generator.next() % 2 == 0 ? 1 : 0)
    return fixture
  }

  /// Outputs near ±60, where p is 1 to the last bit but no exponential overflows.
  private static let sure = Case<NetworkFixture>("p rounds to 0 or 1") { generator in
    saturated(at: 60, using: &generator)
  }

  private static let huge = Case<NetworkFixture>("huge outputs") { generator in
    saturated(at: 1000, using: &generator)
  }

  private static let tiny = Case<NetworkFixture>("tiny numbers") { generator in
    var fixture = batch.fixture(seed: generator.next())
    fixture.layers[0].shrinkSomeUnits()
    return fixture
  }

  /// A hidden unit that is exactly 0 for every row and that nothing is taken from: whatever its slope,
  /// it changes no gradient, unless the slope is not a number.
  private static let deadUnit = Case<NetworkFixture>("dead unit") { generator in
    var fixture = batch.fixture(seed: generator.next())
    for row in 0..<fixture.inputs.columns { fixture.layers[0].weights[row, 0] = 0 }
    fixture.layers[0].biases[0, 0] = 0
    fixture.layers[1].weights[0, 0] = 0
    return fixture
  }

  /// Targets are unsorted; from two rows on both classes occur, and from three on unequally.
  private static func draw(
    inputs: Int, units: Int, rows: Int, using generator: inout SeededGenerator
  ) -> NetworkFixture {
    var fixture = NetworkFixture.draw(
      widths: [inputs, units, 1], rows: rows, using: &generator)
    // No clipping of a probability, nor 1e-8 added to it, shows there.
    while abs(Mathematics.logits(fixture.inputs, through: fixture.layers)).max() > 4 {
      fixture = NetworkFixture.draw(
        widths: [inputs, units, 1], rows: rows, using: &generator)
    }
    let first = generator.next() % 2 == 0 ? 1.0 : 0
    let labels = (0..<rows).map { $0 < max(1, rows / 3) ? first : 1 - first }
      .shuffled(using: &generator)
    fixture.targets = Matrix(rows: rows, columns: 1, elements: labels)
    return fixture
  }

  /// Outputs of either sign, the least of them of magnitude `size`; those of one sign are all wrong and
  /// the others right, so that gradients do not cancel.
  private static func saturated(
    at size: Double, using generator: inout SeededGenerator
  ) -> NetworkFixture {
    while true {
      var fixture = batch.fixture(seed: generator.next())
      let z = Mathematics.logits(fixture.inputs, through: fixture.layers)
      guard z.max() > 0, z.min() < 0, abs(z).min() > 0.2 * abs(z).max() else { continue }
      fixture.targets = z * 0 + (generator.next() % 2 == 0 ? 1 : 0)
      fixture.layers[1].weights *= size / abs(z).min()
      fixture.layers[1].biases *= size / abs(z).min()
      // Clipping moves the rows that are right, by 1e-7 of what they have: little beside this.
      let largest = truth(of: fixture).map { abs($0.value).max() }
      let weight = abs(fixture.layers[1].weights).max()
      if min(largest[0], largest[1], largest[2] / weight, largest[3] / weight) > 0.1 {
        return fixture
      }
    }
  }

  // MARK: Checks that ask no reference

  private static func derivatives(
    of subject: any TwoLayerBackpropKata, on fixture: NetworkFixture
  ) -> [Derivative] {
    /// The mean of ln(1 + e^z) − y·z, which is −y·ln p − (1 − y)·ln(1 − p).
    func loss(_ layers: [DenseLayer]) -> Double {
      let z = Mathematics.logits(fixture.inputs, through: layers)
      return (maximum(z, 0) + log(1 + exp(-abs(z))) - fixture.targets * z).mean()
    }
    let gradients = subject.gradients(
      hidden: fixture.layers[0], output: fixture.layers[1], inputs: fixture.inputs,
      targets: fixture.targets)
    return DenseGradient.derivatives(
      [gradients.hidden, gradients.output], at: fixture.layers, of: loss)
  }

  @Sendable private static func doubled(
    _ subject: any TwoLayerBackpropKata, _ fixture: NetworkFixture
  ) -> (actual: [Block], expected: [Block]) {
    (answer(of: subject, to: fixture.twice), answer(of: subject, to: fixture))
  }
}
