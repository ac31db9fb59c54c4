package import Exam
package import Grading
import KataKit
import Numerics
import SharedAnswers

package enum SymmetryBreakingSuite: Suite {
  package typealias Paper = SymmetryBreakingExam

  package static let kata = Kata(
    Paper.self, title: "why units that start alike stay alike", track: .initialization, minutes: 15,
    additions: [
      Addition(
        "distinctUnits(in:inputs:)",
        "distinctUnits(in:inputs:) is given the hidden layer and a batch, and compares activations."
      )
    ])

  package static func quantities(of fixture: SymmetryFixture) -> [Quantity] {
    [
      Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows"),
      Quantity(fixture.targets.columns, "there are \(fixture.targets.columns) classes"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: oneStep, to: .train),
      .reference("one step", on: oneStep, to: .train),
      .derivative(
        "numerical gradient", on: oneStep, to: .train, of: "the mean cross-entropy",
        derivatives: derivatives),
      .reference(on: severalSteps, to: .train),
      .reference("no steps", on: noSteps, to: .train),
      .reference("square layers", on: square, to: .train),
      .reference("single row", on: singleRow, to: .train),
      .reference("units in groups", on: groups, to: .count),
      .reference("one number apart", on: apart, to: .count),
      .reference("opposite units", on: opposite, to: .count),
      .reference("alike on one row", on: alikeOnOneRow, to: .count),
      .reference("saturated units", on: saturated, to: .count),
      .reference("almost equal", on: almost, to: .count),
      .reference("single unit", on: singleUnit, to: .count),
      course(from: zeros, holds: "only the output biases learn"),
      course(from: copies, holds: "copies learn, and stay copies"),
      course(from: disturbed, holds: "it goes its own way: two units, not one"),
      course(from: zeroHidden, holds: "weights out that differ are enough"),
    ]
  }

  /// The layers after training, and how many different units are left of them.
  private static func course(from probe: Case<SymmetryFixture>, holds: String) -> Check<Self> {
    .property(probe.name, on: probe, to: .trainAndCount, holds: holds) { ($0.blocks, $0.truth) }
  }

  // MARK: Fixtures

  private static let oneStep = Case<SymmetryFixture>("one step") { .draw(steps: 1, using: &$0) }

  private static let severalSteps = Case<SymmetryFixture>("several steps") { generator in
    let steps = generator.size(in: 12...16)
    return .draw(steps: steps, using: &generator)
  }

  private static let noSteps = Case<SymmetryFixture>("no steps") { .draw(steps: 0, using: &$0) }

  private static let square = Case<SymmetryFixture>("square layers") { generator in
    .draw([4, 4, 4, 4], steps: 2, using: &generator)
  }

  private static let singleRow = Case<SymmetryFixture>("single row") { generator in
    .draw([1] + generator.sizes(3), steps: 2, using: &generator)
  }

  private static let zeros = Case<SymmetryFixture>("from zeros") { generator in
    SymmetryFixture.draw(steps: 3, using: &generator).zeroed(0...1)
  }

  /// The weights into the units are all zero, those out of them are not.
  private static let zeroHidden = Case<SymmetryFixture>("from zeros, then W₂") { generator in
    SymmetryFixture.draw(steps: 3, using: &generator).zeroed(0...0)
  }

  private static let copies = Case<SymmetryFixture>("from copies") { generator in
    let fixture = SymmetryFixture.draw(steps: 3, using: &generator)
    return fixture.with(units: Array(repeating: fixture.unit(using: &generator), count: 5))
  }

  private static let disturbed = Case<SymmetryFixture>("one unit disturbed") { generator in
    let fixture = SymmetryFixture.draw(steps: 3, using: &generator)
    let unit = fixture.unit(using: &generator)
    return fixture.with(units: [unit, unit, unit.moved(by: 0.3, at: 1), unit, unit])
  }

  /// Copies apart from each other, and units that have none.
  private static let groups = Case<SymmetryFixture>("units in groups") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let kinds = (0..<4).map { _ in fixture.unit(using: &generator) }
    return fixture.with(units: [0, 1, 0, 2, 1, 0, 3].map { kinds[$0] })
  }

  /// Units that differ in a single number: a bias, another one, the first and the last weight in; and
  /// one that differs in a weight out, and so computes the same.
  private static let apart = Case<SymmetryFixture>("one number apart") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let unit = fixture.unit(using: &generator)
    let fanIn = fixture.inputs.columns
    return fixture.with(units: [
      unit, unit.moved(by: 0.2, at: fanIn), unit, unit.moved(by: 0.3, at: unit.count - 1),
      unit.moved(by: -0.4, at: fanIn), unit, unit.moved(by: 0.5, at: 0),
      unit.moved(by: -0.6, at: fanIn - 1),
    ])
  }

  /// A unit; the same weights in another order; and all of them with their signs changed.
  private static let opposite = Case<SymmetryFixture>("opposite units") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let unit = fixture.unit(using: &generator)
    let fanIn = fixture.inputs.columns
    let turned = Array(unit[..<fanIn].reversed() + unit[fanIn...])
    return fixture.with(units: [unit, turned, unit, unit.map { -$0 }, turned])
  }

  /// Different units with one activation on the first row.
  private static let alikeOnOneRow = Case<SymmetryFixture>("alike on one row") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let unit = fixture.unit(using: &generator)
    let fanIn = fixture.inputs.columns
    return fixture.with(
      units: [0, 0.4, 0, -0.5].enumerated().map { place, distance in
        unit.moved(by: distance, at: place).moved(
          by: -distance * fixture.inputs[0, place], at: fanIn)
      })
  }

  /// Two units that are 1 and two that are −1 on every row, whatever their weights.
  private static let saturated = Case<SymmetryFixture>("saturated units") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let fanIn = fixture.inputs.columns
    return fixture.with(
      units: [40, -40, 60, 0, -60].map {
        fixture.unit(using: &generator).moved(by: $0, at: fanIn)
      })
  }

  /// Rounding apart, also from 0, which is nothing, and 2e-7 apart in a weight, which is something.
  private static let almost = Case<SymmetryFixture>("almost equal") { generator in
    while true {
      let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
      var (one, two) = (fixture.unit(using: &generator), fixture.unit(using: &generator))
      (one[0], two[1]) = (0, 1.5)
      let fanIn = fixture.inputs.columns
      let drawn = fixture.with(units: [
        one, one.moved(by: 4e-14, at: 0), two, two.moved(by: 2e-7, at: 1), one,
        one.moved(by: -4e-14, at: fanIn), one.moved(by: -4e-14, at: 0),
      ])
      let hidden = drawn.layers[0]
      let a = tanh(drawn.inputs.matmul(hidden.weights) + hidden.biases)
      // Far from the bound on either side.
      if abs(a.column(2) - a.column(3)).max() > 2e-8 { return drawn }
    }
  }

  private static let singleUnit = Case<SymmetryFixture>("single unit") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    return fixture.with(units: [fixture.unit(using: &generator)])
  }

  // MARK: Checks that ask no reference

  /// What a step takes away, by the learning rate.
  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let fixture = answered.fixture
    return zip(fixture.layers, layers(in: answered.parts)).enumerated().reversed().flatMap {
      index, pair in
      let (before, after) = pair
      func gradient(_ before: Matrix, _ after: Matrix) -> Matrix {
        before.shape == after.shape ? (before - after) / fixture.learningRate : after
      }
      return [
        Derivative(
          Numbers.subscripted("dW", index + 1), gradient(before.weights, after.weights),
          at: before.weights,
          of: { weights in
            var moved = fixture
            moved.layers[index].weights = weights
            return moved.loss
          }),
        Derivative(
          Numbers.subscripted("db", index + 1), gradient(before.biases, after.biases),
          at: before.biases,
          of: { biases in
            var moved = fixture
            moved.layers[index].biases = biases
            return moved.loss
          }),
      ]
    }
  }

  /// The networks of two layers that an answer lists, one after the other.
  private static func networks(in answer: [Part]) -> [[DenseLayer]] {
    let layers = layers(in: answer)
    return stride(from: 0, to: layers.count - 1, by: 2).map { Array(layers[$0...$0 + 1]) }
  }

  /// The layers that an answer lists.
  private static func layers(in answer: [Part]) -> [DenseLayer] {
    stride(from: 0, to: answer.count - 1, by: 2).map {
      DenseLayer(weights: answer[$0].value, biases: answer[$0 + 1].value)
    }
  }

  // MARK: Pictures

  /// The loss over eighty steps from three beginnings.
  package static var pictures: [PictureQuestion<Self>] {
    let starts = Case<SymmetryFixture>("three beginnings") { generator in
      var random = SymmetryFixture.draw([20, 3, 6, 3], steps: 80, using: &generator)
      random.learningRate = 1
      let copied = random.with(units: Array(repeating: random.unit(using: &generator), count: 6))
      random.otherStarts = [copied.layers, random.layers]
      random.layers = random.zeroed(0...1).layers
      return random
    }
    return [
      PictureQuestion(on: starts, to: .courses) { answered in
        let fixture = answered.fixture
        let starts = [fixture.layers] + fixture.otherStarts
        let parts = answered.parts
        guard parts.map(\.value.shape) == answered.trueParts.map(\.value.shape) else { return nil }
        let courses = starts.enumerated().map { index, start in
          let size = parts.count / starts.count
          let course = parts[index * size..<(index + 1) * size]
          return ([start] + networks(in: Array(course))).map { layers in
            var moved = fixture
            moved.layers = layers
            return moved.loss
          }
        }
        let names = ["from zeros", "from six copies of a unit", "from random weights"]
        return .curve(
          title: "loss over 80 steps of your training",
          series: zip(names, courses).map { .init($0, $1) })
      }
    ]
  }
}

extension SymmetryFixture {
  static func draw(steps: Int, using generator: inout FixtureGenerator) -> SymmetryFixture {
    // Four classes at most, so that units are wider than what they are connected to.
    let sizes = generator.sizes(3, in: 5...8)
    return draw(sizes + [generator.size(in: 3...4)], steps: steps, using: &generator)
  }

  /// Random weights; `sizes` are the rows of the batch, the inputs, the units and the classes.
  static func draw(
    _ sizes: [Int], steps: Int, using generator: inout FixtureGenerator
  ) -> SymmetryFixture {
    let network = NetworkFixture.draw(
      widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
    return SymmetryFixture(
      layers: network.layers, inputs: network.inputs, targets: network.targets,
      learningRate: 0.3 + 0.5 * generator.uniform(), steps: steps)
  }

  /// The numbers of one unit: weights in, bias, weights out.
  func unit(using generator: inout FixtureGenerator) -> [Double] {
    (0..<inputs.columns + 1 + targets.columns).map { _ in 0.7 * generator.normal() }
  }

  /// The same problem for these hidden units.
  func with(units: [[Double]]) -> SymmetryFixture {
    var fixture = self
    let fanIn = inputs.columns
    fixture.layers[0] = DenseLayer(
      weights: Matrix(units.map { Array($0[..<fanIn]) }).transposed,
      biases: Matrix([units.map { $0[fanIn] }]))
    fixture.layers[1].weights = Matrix(units.map { Array($0[(fanIn + 1)...]) })
    return fixture
  }

  /// With every parameter of the layers in `range` at zero.
  func zeroed(_ range: ClosedRange<Int>) -> SymmetryFixture {
    var fixture = self
    for index in range {
      fixture.layers[index].weights *= 0
      fixture.layers[index].biases *= 0
    }
    return fixture
  }

  /// The mean cross-entropy.
  var loss: Double {
    let a = tanh(inputs.matmul(layers[0].weights) + layers[0].biases)
    return Mathematics.crossEntropy(
      logits: a.matmul(layers[1].weights) + layers[1].biases, targets: targets)
  }
}

extension [Double] {
  fileprivate func moved(by distance: Double, at index: Int) -> [Double] {
    var numbers = self
    numbers[index] += distance
    return numbers
  }
}
