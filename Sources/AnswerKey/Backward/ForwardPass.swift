package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum ForwardPassSuite: Suite {
  package typealias Paper = ForwardPassExam

  package static let kata = Kata(
    Paper.self, title: "an n-layer ReLU network from inputs to probabilities", track: .backward,
    minutes: 10)

  /// Activations of 1e-12 are judged as closely as any other.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: NetworkFixture
  ) -> [Block] { answer.map { Block($0, acceptance: .near(absolute: 1e-20)) } }

  package static func quantities(of fixture: NetworkFixture) -> [Quantity] { fixture.quantities }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: NetworkCases.hidden, to: .everything),
      .reference(
        "hidden layer", on: NetworkCases.hidden, to: .everything, judging: { !isOutput($0) }),
      .reference("output layer", on: NetworkCases.hidden, to: .everything, judging: isOutput),
      .inDoublePrecision(on: NetworkCases.hidden, to: .everything, within: 5e-9),
      .reference(on: NetworkCases.deep, to: .everything),
      .reference(on: NetworkCases.square, to: .everything),
      .reference(on: NetworkCases.single, to: .everything),
      .reference(on: NetworkCases.oneRow, to: .everything),
      .reference(on: NetworkCases.long, to: .everything),
      .reference(on: NetworkCases.narrow, to: .everything),
      .reference(on: NetworkCases.oneInput, to: .everything),
      .reference(on: NetworkCases.oneNumber, to: .everything),
      .reference(on: NetworkCases.oneRowOfOneLayer, to: .everything),
      .reference(on: NetworkCases.deadLayer, to: .everything),
      .reference(on: NetworkCases.many, to: .everything),
      .reference(on: NetworkCases.stretched, to: .everything),
      .reference(on: oneOutput, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: huge, to: .everything),
      .reference(on: sunken, to: .everything),
      .property(
        "rows in any order", asking: asking(.permuted),
        holds: "permuted inputs give permuted results",
        comparing: { gathering($0, $0[0].fixture.rowsRotated) }),
      .property(
        "batch twice over", asking: asking(.doubled),
        holds: "a row's result is its own, whatever the batch",
        comparing: { gathering($0, $0[0].fixture.rowsTwice) }),
    ]
  }

  /// In a network of two layers.
  @Sendable private static func isOutput(_ block: Block) -> Bool { block.name.last == "₂" }

  // MARK: Fixtures

  /// The softmax of one number is 1.
  private static let oneOutput = Case<NetworkFixture>("single output") { generator in
    let sizes = generator.sizes(3)
    return .draw(widths: [sizes[0], sizes[1], 1], rows: sizes[2], using: &generator)
  }

  /// Two logits of a row at a million or more, where exp overflows, though neither probability is 0, and rows
  /// whose largest logits are 2000 or more apart, so that no one shift serves them all. The hidden layer
  /// is as large.
  private static let huge = Case<NetworkFixture>("huge logits") { generator in
    let sizes = generator.sizes(4)
    while true {
      var fixture = NetworkFixture.draw(
        widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
      let logits = Mathematics.logits(fixture.inputs, through: fixture.layers)
      let winner = logits.argmax(axis: 1)[logits.max(axis: 1).argmax(axis: 0)[0]]
      let rival = (winner + 1) % logits.columns
      fixture.layers[1].copyUnit(winner, to: rival)
      let largest = Mathematics.logits(fixture.inputs, through: fixture.layers).max(axis: 1)
      let spread = largest.max() - largest.min()
      guard largest.max() > 0.5, spread > 0.5 else { continue }
      // ReLU scales with its argument, so that the logits scale with the first layer and the biases.
      let scale = max(1e6 / largest.max(), 2000 / spread)
      fixture.layers[0].weights *= scale
      for k in fixture.layers.indices { fixture.layers[k].biases *= scale }
      fixture.layers[1].biases[0, rival] -= .random(in: 0.2...1, using: &generator)
      return fixture
    }
  }

  /// Pre-activations around 1e-12, where a ReLU that begins above 0 shows.
  private static let tiny = Case<NetworkFixture>("tiny numbers") { generator in
    var fixture = NetworkCases.drawHidden(using: &generator)
    fixture.layers[0].weights *= 1e-12
    for k in fixture.layers.indices { fixture.layers[k].biases *= 1e-12 }
    return fixture
  }

  /// Every logit near −10000, where exp underflows unless the shift is the row's own maximum.
  private static let sunken = Case<NetworkFixture>("logits near −10000") { generator in
    var fixture = NetworkCases.drawHidden(using: &generator)
    fixture.layers[fixture.layers.count - 1].biases -= 10000
    return fixture
  }

  // MARK: Checks that ask no reference

  private static func asking(_ script: Script) -> [Question<Self>] {
    [script, .everything].map { Question(on: NetworkCases.hidden, to: $0) }
  }

  /// The answer to some rows of the inputs beside those rows of the answer.
  private static func gathering(
    _ answers: [Answered<Self>], _ rows: [Int]
  ) -> (actual: [Block], expected: [Block]) {
    let (gathered, whole) = (answers[0], answers[1])
    let expected = whole.blocks.map { block in
      block.value.rows == whole.fixture.inputs.rows
        ? Block(block.name, block.value.gather(rows: rows), axes: block.axes) : block
    }
    return (gathered.blocks, expected)
  }
}

extension DenseLayer {
  fileprivate mutating func copyUnit(_ unit: Int, to other: Int) {
    for row in 0..<weights.rows { weights[row, other] = weights[row, unit] }
    biases[0, other] = biases[0, unit]
  }
}
