import Exam
import Grading
import KataKit
import SharedAnswers

extension SymmetryBreakingSuite {
  static let oneStep = Case<SymmetryFixture>("one step") { .draw(steps: 1, using: &$0) }

  static let severalSteps = Case<SymmetryFixture>("several steps") { generator in
    let steps = generator.size(in: 12...16)
    return .draw(steps: steps, using: &generator)
  }

  static let noSteps = Case<SymmetryFixture>("no steps") { .draw(steps: 0, using: &$0) }

  static let square = Case<SymmetryFixture>("square layers") { generator in
    .draw([4, 4, 4, 4], steps: 2, using: &generator)
  }

  static let singleRow = Case<SymmetryFixture>("single row") { generator in
    .draw([1] + generator.sizes(3), steps: 2, using: &generator)
  }

  /// Weights that are a row.
  static let oneInput = Case<SymmetryFixture>("single input") { generator in
    let sizes = generator.sizes(3)
    return .draw([sizes[0], 1, sizes[1], sizes[2]], steps: 2, using: &generator)
  }

  /// Weights that are a column, and a row.
  static let oneUnit = Case<SymmetryFixture>("training of a single unit") { generator in
    let sizes = generator.sizes(3)
    return .draw([sizes[0], sizes[1], 1, sizes[2]], steps: 2, using: &generator)
  }

  /// Some inputs and weights are alike.
  static let manyRowsOfBatch = Case<SymmetryFixture>("many rows") { generator in
    var fixture = SymmetryFixture.draw([manyRows, 4, 5, 3], steps: 2, using: &generator)
    fixture.inputs.levelSome()
    for k in fixture.layers.indices { fixture.layers[k].weights.levelSome() }
    fixture.layers[0].biases[0, 1] = 0
    return fixture
  }

  /// So many that a rate that decays, or a bound for them, shows.
  static let manySteps = Case<SymmetryFixture>("many steps") {
    .draw(steps: 120, using: &$0)
  }

  /// Gradients so large that a bound for them shows; tanh sees what it always does.
  static let largeInputs = Case<SymmetryFixture>("large inputs") { generator in
    var fixture = SymmetryFixture.draw(steps: 1, using: &generator)
    fixture.inputs *= 1e4
    fixture.layers[0].weights *= 1e-4
    fixture.learningRate *= 1e-8
    return fixture
  }

  /// Every row is on the right side by 11 and more, and the step so large that it shows all the same.
  static let nearlyLearned = Case<SymmetryFixture>("little to learn") { generator in
    let sizes = generator.sizes(3, in: 5...8) + [generator.size(in: 3...4)]
    while true {
      var fixture = SymmetryFixture.draw(sizes, steps: 1, using: &generator)
      let logits = fixture.logits
      fixture.targets = Matrix.identity(logits.columns).gather(rows: logits.argmax(axis: 1))
      let margins = logits.max(axis: 1) - (logits - 1e9 * fixture.targets).max(axis: 1)
      if margins.min() < 0.3 { continue }
      let stretch = 11 / margins.min()
      fixture.layers[1].weights *= stretch
      fixture.layers[1].biases *= stretch
      fixture.learningRate = 100
      return fixture
    }
  }

  static let zeros = Case<SymmetryFixture>("from zeros") { generator in
    SymmetryFixture.draw(steps: 3, using: &generator).zeroed(0...1)
  }

  /// The weights into the units are all zero, those out of them are not.
  static let zeroHidden = Case<SymmetryFixture>("from zeros, then W₂") { generator in
    SymmetryFixture.draw(steps: 3, using: &generator).zeroed(0...0)
  }

  static let copies = Case<SymmetryFixture>("from copies") { generator in
    let fixture = SymmetryFixture.draw(steps: 3, using: &generator)
    return fixture.with(units: Array(repeating: fixture.unit(using: &generator), count: 5))
  }

  static let disturbed = Case<SymmetryFixture>("one unit disturbed") { generator in
    let fixture = SymmetryFixture.draw(steps: 3, using: &generator)
    let unit = fixture.unit(using: &generator)
    return fixture.with(units: [unit, unit, unit.moved(by: 0.3, at: 1), unit, unit])
  }

  /// Copies apart from each other, and units that have none.
  static let groups = Case<SymmetryFixture>("units in groups") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let kinds = (0..<4).map { _ in fixture.unit(using: &generator) }
    return fixture.with(units: [0, 1, 0, 2, 1, 0, 3].map { kinds[$0] })
  }

  /// Units that differ in a single number: a bias, another one, the first and the last weight in; and
  /// one that differs in a weight out, and so computes the same.
  static let apart = Case<SymmetryFixture>("one number apart") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let unit = fixture.unit(using: &generator)
    let fanIn = fixture.inputs.columns
    return fixture.with(units: [
      unit, unit.moved(by: 0.2, at: fanIn), unit, unit.moved(by: 0.3, at: unit.count - 1),
      unit.moved(by: -0.4, at: fanIn), unit, unit.moved(by: 0.5, at: 0),
      unit.moved(by: -0.6, at: fanIn - 1),
    ])
  }

  /// A unit; the same weights in another order, with the same activations in another order; and all of
  /// them with their signs changed.
  static let opposite = Case<SymmetryFixture>("opposite units") { generator in
    var fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let unit = fixture.unit(using: &generator)
    let fanIn = fixture.inputs.columns
    // Every second row is the one before in reverse order; a last one without such reads the same both ways.
    let rows = fixture.inputs.rows
    for row in 0..<rows where row % 2 == 1 || row == rows - 1 {
      let before = fixture.inputs.row(row - row % 2).elements
      for i in 0..<fanIn where row % 2 == 1 || 2 * i >= fanIn {
        fixture.inputs[row, i] = before[fanIn - 1 - i]
      }
    }
    let turned = Array(unit[..<fanIn].reversed() + unit[fanIn...])
    return fixture.with(units: [unit, turned, unit, unit.map { -$0 }, turned])
  }

  /// Different units with one activation on the first row.
  static let alikeOnOneRow = Case<SymmetryFixture>("alike on one row") { generator in
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
  static let saturated = Case<SymmetryFixture>("saturated units") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let fanIn = fixture.inputs.columns
    return fixture.with(
      units: [40, -40, 60, 0, -60].map {
        fixture.unit(using: &generator).moved(by: $0, at: fanIn)
      })
  }

  /// Rounding apart, also from 0, which is nothing, and 2e-7 apart in a weight, which is something.
  static let almost = Case<SymmetryFixture>("almost equal") { generator in
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

  /// Two units that differ by 5e-8 on one row of sixty, and on the others not at all.
  static let apartOnOneRow = Case<SymmetryFixture>("apart on one row") { generator in
    var fixture = SymmetryFixture.draw([60, 4, 5, 3], steps: 0, using: &generator)
    let row = Int.random(in: 0..<60, using: &generator)
    for other in 0..<60 { fixture.inputs[other, 0] = other == row ? 1 : 0 }
    var unit = fixture.unit(using: &generator)
    // Near 0 on that row, where tanh is steep.
    unit[4] = 0
    unit[0] = -(1..<4).reduce(0) { $0 + unit[$1] * fixture.inputs[row, $1] }
    let other = fixture.unit(using: &generator)
    return fixture.with(units: [unit, other, unit.moved(by: 5e-8, at: 0), unit])
  }

  /// Forty units of twenty-four kinds.
  static let manyUnits = Case<SymmetryFixture>("many units") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    let kinds = (0..<24).map { _ in fixture.unit(using: &generator) }
    let units = (kinds + kinds.prefix(16)).shuffled(using: &generator)
    return fixture.with(units: units)
  }

  static let singleUnit = Case<SymmetryFixture>("single unit") { generator in
    let fixture = SymmetryFixture.draw(steps: 0, using: &generator)
    return fixture.with(units: [fixture.unit(using: &generator)])
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
  var loss: Double { Mathematics.crossEntropy(logits: logits, targets: targets) }

  var logits: Matrix {
    let a = tanh(inputs.matmul(layers[0].weights) + layers[0].biases)
    return a.matmul(layers[1].weights) + layers[1].biases
  }
}

extension [Double] {
  fileprivate func moved(by distance: Double, at index: Int) -> [Double] {
    var numbers = self
    numbers[index] += distance
    return numbers
  }
}
