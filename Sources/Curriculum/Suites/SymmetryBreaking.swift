package import Grading
package import KataKit

/// A hidden and an output layer, and what they are trained on.
package struct SymmetryFixture: Sendable {
  var layers: [DenseLayer]
  var inputs: Matrix
  var targets: Matrix
  var learningRate: Double
  var steps: Int
}

package enum SymmetryBreakingSuite: Suite {
  package static let kata = Kata(
    "symmetry-breaking", type: "SymmetryBreaking", requirement: "SymmetryBreakingKata",
    title: "why units that begin alike stay alike", track: .initialisation, minutes: 15)

  package static func subject(of type: any Any.Type) -> (any SymmetryBreakingKata)? {
    (type as? any SymmetryBreakingKata.Type)?.init()
  }

  /// The parameters after training, then the count of the units as they are handed in.
  package static func answer(
    of subject: any SymmetryBreakingKata, to fixture: SymmetryFixture
  ) -> [Block] {
    trained(subject, fixture) + count(of: subject, fixture)
  }

  @Sendable private static func trained(
    _ subject: any SymmetryBreakingKata, _ fixture: SymmetryFixture
  ) -> [Block] {
    blocks(of: fixture.trained(by: subject))
  }

  private static func blocks(of layers: [DenseLayer]) -> [Block] {
    layers.enumerated().flatMap { index, layer in
      [
        Block(Numbers.subscripted("W", index + 1), layer.weights, axes: "inputs × outputs"),
        Block(Numbers.subscripted("b", index + 1), layer.biases, axes: "1 × outputs"),
      ]
    }
  }

  @Sendable private static func count(
    of subject: any SymmetryBreakingKata, _ fixture: SymmetryFixture
  ) -> [Block] {
    // One number may be right by accident, so it is asked of parts of the layer, too.
    let units = fixture.layers[0].weights.columns
    return (max(1, units - 2)...units).map { count in
      let part = count < units ? " among the first \(count)" : ""
      return Block(
        "number of distinct units" + part,
        Double(subject.distinctUnits(in: fixture.layers(ofFirst: count))))
    }
  }

  package static func quantities(of fixture: SymmetryFixture) -> [Quantity] {
    [
      Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows"),
      Quantity(fixture.targets.columns, "there are \(fixture.targets.columns) classes"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: oneStep),
      .reference("one step", on: oneStep, of: trained),
      .derivative(
        "numerical gradient", on: oneStep, of: "the mean cross-entropy", derivatives: derivatives),
      .reference("four steps", on: fourSteps, of: trained),
      .reference("no steps", on: noSteps, of: trained),
      .reference("square layers", on: square, of: trained),
      .reference("single row", on: singleRow, of: trained),
      .reference("units in groups", on: groups, of: count),
      .reference("one number apart", on: apart, of: count),
      .reference("equal sums", on: equalSums, of: count),
      .reference("almost equal", on: almost, of: count),
      .reference("single unit", on: singleUnit, of: count),
      .property(
        "from zeros", on: zeros, holds: "only the output biases learn", comparing: trainedAndCounted
      ),
      .property(
        "from copies", on: copies, holds: "copies learn, and stay copies",
        comparing: trainedAndCounted),
      .property(
        "one unit disturbed", on: disturbed, holds: "it goes its own way: two units, not one",
        comparing: trainedAndCounted),
      .property(
        "from zeros, then W₂", on: zeroHidden, holds: "weights out that differ are enough",
        comparing: trainedAndCounted),
      .repeatable(on: fourSteps),
    ]
  }

  // MARK: Fixtures

  private static let oneStep = Case<SymmetryFixture>("one step") { .draw(steps: 1, using: &$0) }

  private static let fourSteps = Case<SymmetryFixture>("four steps") { .draw(steps: 4, using: &$0) }

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

  /// Units that differ in a single number: a bias, another one, a weight out, the first and the last
  /// weight in.
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

  /// A unit; the same numbers in another order; with their signs changed; and other numbers of one sum.
  private static let equalSums = Case<SymmetryFixture>("equal sums") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let unit = fixture.unit(using: &generator)
    let fanIn = fixture.inputs.columns
    let turned = Array(unit[..<fanIn].reversed() + unit[fanIn...])
    let balanced = unit.moved(by: 0.3, at: 0).moved(by: -0.3, at: 1)
    return fixture.with(units: [unit, turned, balanced, unit, unit.map { -$0 }, turned])
  }

  /// Rounding apart, which is nothing, and a millionth apart, which is something.
  private static let almost = Case<SymmetryFixture>("almost equal") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let (one, two) = (fixture.unit(using: &generator), fixture.unit(using: &generator))
    let fanIn = fixture.inputs.columns
    return fixture.with(units: [
      one, one.moved(by: 1e-14, at: 0), two, two.moved(by: 1e-6, at: 1), one,
      one.moved(by: -1e-14, at: fanIn),
    ])
  }

  private static let singleUnit = Case<SymmetryFixture>("single unit") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    return fixture.with(units: [fixture.unit(using: &generator)])
  }

  // MARK: Checks that ask no reference

  /// What a step takes away, by the learning rate.
  @Sendable private static func derivatives(
    of subject: any SymmetryBreakingKata, on fixture: SymmetryFixture
  ) -> [Derivative] {
    zip(fixture.layers, fixture.trained(by: subject)).enumerated().reversed().flatMap {
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

  /// The layers after training, and how many different units are left of them.
  @Sendable private static func trainedAndCounted(
    _ subject: any SymmetryBreakingKata, _ fixture: SymmetryFixture
  ) -> (actual: [Block], expected: [Block]) {
    func results(_ subject: any SymmetryBreakingKata) -> [Block] {
      let layers = fixture.trained(by: subject)
      let trained = blocks(of: layers)
      // Nothing can be counted of layers that have lost their shapes.
      guard layers.map(\.shapes) == fixture.layers.map(\.shapes) else { return trained }
      let units = Double(subject.distinctUnits(in: layers))
      return trained + [Block("number of distinct units after training", units)]
    }
    return (results(subject), results(reference(making: [])))
  }

  // MARK: Pictures

  /// The loss over eighty steps from three beginnings.
  package static func pictures(
    of subject: any SymmetryBreakingKata, seed: UInt64
  ) -> [Picture] {
    var generator = SeededGenerator(seed: seed)
    var random = SymmetryFixture.draw([20, 3, 6, 3], steps: 1, using: &generator)
    random.learningRate = 1
    let copied = random.with(units: Array(repeating: random.unit(using: &generator), count: 6))
    func losses(_ start: SymmetryFixture) -> [Double] {
      var fixture = start
      return (0...80).map { _ in
        defer {
          let layers = fixture.trained(by: subject)
          if layers.map(\.shapes) == start.layers.map(\.shapes) { fixture.layers = layers }
        }
        return fixture.loss
      }
    }
    return [
      .curve(
        title: "loss over 80 steps of your training",
        series: [
          .init("from zeros", losses(random.zeroed(0...1))),
          .init("from six copies of a unit", losses(copied)),
          .init("from random weights", losses(random)),
        ])
    ]
  }
}

extension SymmetryFixture {
  static func draw(steps: Int, using generator: inout SeededGenerator) -> SymmetryFixture {
    // Four classes at most, so that units are wider than what they are connected to.
    let sizes = generator.sizes(3, in: 5...8)
    return draw(sizes + [Int.random(in: 3...4, using: &generator)], steps: steps, using: &generator)
  }

  /// Random weights; `sizes` are the rows of the batch, the inputs, the units and the classes.
  static func draw(
    _ sizes: [Int], steps: Int, using generator: inout SeededGenerator
  ) -> SymmetryFixture {
    let network = NetworkFixture.draw(
      widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
    return SymmetryFixture(
      layers: network.layers, inputs: network.inputs, targets: network.targets,
      learningRate: 0.3 + 0.5 * generator.uniform(), steps: steps)
  }

  /// The numbers of one unit: weights in, bias, weights out.
  func unit(using generator: inout SeededGenerator) -> [Double] {
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

  func trained(by subject: any SymmetryBreakingKata) -> [DenseLayer] {
    subject.train(
      layers, inputs: inputs, targets: targets, learningRate: learningRate, steps: steps)
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

  /// The layers without the units after the first `count`.
  func layers(ofFirst count: Int) -> [DenseLayer] {
    let hidden = layers[0].weights.transposed.slice(rows: 0..<count).transposed
    let biases = Array(layers[0].biases.elements[..<count])
    return [
      DenseLayer(weights: hidden, biases: Matrix([biases])),
      DenseLayer(
        weights: layers[1].weights.slice(rows: 0..<count), biases: layers[1].biases),
    ]
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

extension DenseLayer {
  fileprivate var shapes: [Shape] { [weights.shape, biases.shape] }
}
