package import Exam
package import Grading
import KataKit
import Numerics
import SharedAnswers

package enum BackpropSuite: Suite {
  package typealias Paper = BackpropExam

  package static let kata = Kata(
    Paper.self, title: "gradients of an n-layer ReLU network", track: .backward, minutes: 20)

  package static func quantities(of fixture: NetworkFixture) -> [Quantity] { fixture.quantities }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: NetworkCases.hidden, to: .everything),
      .reference(
        "output layer", on: NetworkCases.hidden, to: .everything, judging: { $0.name.last == "₂" }),
      .reference(
        "hidden layer", on: NetworkCases.hidden, to: .everything, judging: { $0.name.last == "₁" }),
      .reference(on: NetworkCases.deep, to: .everything),
      .reference(on: NetworkCases.square, to: .everything),
      .derivative(
        "numerical gradient", on: NetworkCases.hidden, to: .everything,
        of: "the mean cross-entropy",
        derivatives: derivatives),
      .inDoublePrecision(on: NetworkCases.hidden, to: .everything, within: 5e-9),
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
      .reference(on: soft, to: .everything),
      .reference(on: saturated, to: .everything),
      .reference(nearlyCertain.name, on: nearlyCertain, to: .everything) { blocks, fixture in
        let others = fixture.targets.row(0).elements.indices.filter { fixture.targets[0, $0] == 0 }
        return blocks.filter { $0.name == "db₁" }.map {
          Block(
            "db₁ of the other classes", $0.value.elements.gathered(others),
            acceptance: .between(1e-19...2e-7, noise: 1))
        }
      },
      .reference(on: uneven, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: deadUnit, to: .everything),
      .untouched(in: NetworkCases.hidden, to: .everything),
      .property(
        "batch twice over", asking: doubled,
        holds: "a doubled batch has the same mean gradient"
      ) { ($0[0].blocks, $0[1].blocks) },
    ]
  }

  // MARK: Fixtures

  private static let soft = Case<NetworkFixture>("soft targets") { generator in
    NetworkCases.drawHidden(softTargets: true, using: &generator)
  }

  /// A largest logit of 1000, so that an exponential without a shift overflows.
  /// The other classes have probabilities of 1e-15 or so: whatever clips them, they have a gradient.
  private static let nearlyCertain = Case<NetworkFixture>("nearly certain") { generator in
    let sizes = generator.sizes(3)
    var fixture = NetworkFixture.draw(
      widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
    let target = Int.random(in: 0..<sizes[2], using: &generator)
    fixture.layers[0].weights *= 0.1
    fixture.layers[0].biases[0, target] += 34
    for row in 0..<sizes[0] {
      for column in 0..<sizes[2] { fixture.targets[row, column] = column == target ? 1 : 0 }
    }
    return fixture
  }

  private static let saturated = Case<NetworkFixture>("huge logits") { generator in
    let sizes = generator.sizes(4)
    while true {
      var fixture = NetworkFixture.draw(
        widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
      let largest = Mathematics.logits(fixture.inputs, through: fixture.layers).max()
      guard largest > 0.5 else { continue }
      let last = fixture.layers.count - 1
      fixture.layers[last].weights *= 1000 / largest
      fixture.layers[last].biases *= 1000 / largest
      if truth(of: fixture, to: .everything).areFarAboveClipping(in: fixture.layers) {
        return fixture
      }
    }
  }

  /// One row with logits of a million among rows of order 1, which no shift but each row's own keeps.
  private static let uneven = Case<NetworkFixture>("uneven rows") { generator in
    let sizes = generator.sizes(3)
    while true {
      var fixture = NetworkFixture.draw(
        widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
      let largest = fixture.inputs.row(0).matmul(fixture.layers[0].weights).max()
      guard largest > 0.5 else { continue }
      for column in 0..<fixture.inputs.columns { fixture.inputs[0, column] *= 1e6 / largest }
      // Its target is another class, so that its gradient is as large as its inputs.
      let winner = Mathematics.logits(fixture.inputs, through: fixture.layers).argmax(axis: 1)[0]
      for column in 0..<fixture.targets.columns {
        fixture.targets[0, column] = column == (winner + 1) % fixture.targets.columns ? 1 : 0
      }
      return fixture
    }
  }

  private static let tiny = Case<NetworkFixture>("tiny numbers") { generator in
    var fixture = NetworkCases.drawHidden(using: &generator)
    fixture.layers[0].shrinkSomeUnits()
    return fixture
  }

  /// A hidden unit that is exactly 0 for every row and that nothing is taken from: whatever its slope, it
  /// changes no gradient, unless the slope is not a number.
  private static let deadUnit = Case<NetworkFixture>("dead unit") { generator in
    var fixture = NetworkCases.drawHidden(using: &generator)
    for row in 0..<fixture.inputs.columns { fixture.layers[0].weights[row, 0] = 0 }
    fixture.layers[0].biases[0, 0] = 0
    for column in 0..<fixture.targets.columns { fixture.layers[1].weights[0, column] = 0 }
    return fixture
  }

  // MARK: Checks that ask no reference

  private static let doubled = [
    Question<Self>(on: NetworkCases.hidden, to: .doubled),
    Question<Self>(on: NetworkCases.hidden, to: .everything),
  ]

  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let fixture = answered.fixture
    return answered.parts.derivatives(at: fixture.layers) { layers in
      Mathematics.crossEntropy(
        logits: Mathematics.logits(fixture.inputs, through: layers), targets: fixture.targets)
    }
  }
}
