package import Grading
package import KataKit

package enum ForwardPassSuite: Suite {
  package static let kata = Kata(
    "forward-pass", type: "ForwardPass", requirement: "ForwardPassKata",
    title: "an n-layer ReLU network from inputs to probabilities", track: .backward, minutes: 10)

  package static func subject(of type: any Any.Type) -> (any ForwardPassKata)? {
    (type as? any ForwardPassKata.Type)?.init()
  }

  /// A₀, Z₁, A₁, Z₂, A₂ … as the forward pass computes them.
  package static func answer(
    of subject: any ForwardPassKata, to fixture: NetworkFixture
  ) -> [Block] {
    let pass = subject.forward(fixture.inputs, through: fixture.layers)
    let z = pass.preActivations.enumerated().map {
      Block(Numbers.subscripted("Z", $0 + 1), $1, axes: "rows × outputs")
    }
    let a = pass.activations.enumerated().map {
      Block(
        Numbers.subscripted("A", $0), $1, axes: $0 == 0 ? "rows × inputs" : "rows × outputs")
    }
    return (0..<max(z.count, a.count)).flatMap { k in
      a.dropFirst(k).prefix(1) + z.dropFirst(k).prefix(1)
    }
  }

  package static func quantities(of fixture: NetworkFixture) -> [Quantity] { fixture.quantities }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: NetworkCases.hidden),
      .reference("hidden layer", on: NetworkCases.hidden, judging: { !isOutput($0) }),
      .reference("output layer", on: NetworkCases.hidden, judging: isOutput),
      .reference(on: NetworkCases.deep),
      .reference(on: NetworkCases.square),
      .reference(on: NetworkCases.single),
      .reference(on: NetworkCases.oneRow),
      .reference(on: tiny),
      .reference(on: huge),
      .reference(on: sunken),
      .property(
        "rows in any order", on: NetworkCases.hidden,
        holds: "permuted inputs give permuted results",
        comparing: permuted),
      .property(
        "batch twice over", on: NetworkCases.hidden,
        holds: "a row's result is its own, whatever the batch",
        comparing: doubled),
      .repeatable(on: NetworkCases.hidden),
    ]
  }

  /// In a network of two layers.
  @Sendable private static func isOutput(_ block: Block) -> Bool { block.name.last == "₂" }

  // MARK: Fixtures

  /// Two logits of a row at 1000 or more, where exp overflows, and rows whose largest logits are 2000
  /// or more apart, so that no one shift serves them all. The hidden layer is as large.
  private static let huge = Case<NetworkFixture>("huge logits") { generator in
    while true {
      var fixture = NetworkCases.drawHidden(using: &generator)
      let logits = Mathematics.logits(fixture.inputs, through: fixture.layers)
      let largest = logits.max(axis: 1)
      let second = logits.row(largest.argmax(axis: 0)[0]).elements.sorted().dropLast().last ?? 0
      let spread = largest.max() - largest.min()
      guard second > 0.5, spread > 0.5 else { continue }
      // ReLU scales with its argument, so that the logits scale with the first layer and the biases.
      let scale = max(1000 / second, 2000 / spread)
      fixture.layers[0].weights *= scale
      for k in fixture.layers.indices { fixture.layers[k].biases *= scale }
      return fixture
    }
  }

  /// Pre-activations around 1e-6, where a ReLU that begins above 0 shows.
  private static let tiny = Case<NetworkFixture>("tiny numbers") { generator in
    var fixture = NetworkCases.drawHidden(using: &generator)
    fixture.layers[0].weights *= 1e-6
    for k in fixture.layers.indices { fixture.layers[k].biases *= 1e-6 }
    return fixture
  }

  /// Every logit near −10000, where exp underflows unless the shift is the row's own maximum.
  private static let sunken = Case<NetworkFixture>("logits near −10000") { generator in
    var fixture = NetworkCases.drawHidden(using: &generator)
    fixture.layers[fixture.layers.count - 1].biases -= 10000
    return fixture
  }

  // MARK: Checks that ask no reference

  @Sendable private static func permuted(
    _ subject: any ForwardPassKata, _ fixture: NetworkFixture
  ) -> (actual: [Block], expected: [Block]) {
    gathering(rows: Array(1..<fixture.inputs.rows) + [0], subject, fixture)
  }

  @Sendable private static func doubled(
    _ subject: any ForwardPassKata, _ fixture: NetworkFixture
  ) -> (actual: [Block], expected: [Block]) {
    let rows = Array(0..<fixture.inputs.rows)
    return gathering(rows: rows + rows, subject, fixture)
  }

  /// The answer to some rows of the inputs beside those rows of the answer.
  private static func gathering(
    rows: [Int], _ subject: any ForwardPassKata, _ fixture: NetworkFixture
  ) -> (actual: [Block], expected: [Block]) {
    var gathered = fixture
    gathered.inputs = fixture.inputs.gather(rows: rows)
    gathered.targets = fixture.targets.gather(rows: rows)
    let expected = answer(of: subject, to: fixture).map { block in
      block.value.rows == fixture.inputs.rows
        ? Block(block.name, block.value.gather(rows: rows), axes: block.axes) : block
    }
    return (answer(of: subject, to: gathered), expected)
  }
}
