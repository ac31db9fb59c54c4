package import Exam
package import Grading
import KataKit

/// Families of classifiers with a batch each, for every suite that is about whole networks.
package enum NetworkCases {
  package static let hidden = Case<NetworkFixture>("hidden layer") { drawHidden(using: &$0) }

  package static let deep = Case<NetworkFixture>("four layers") { generator in
    let sizes = generator.sizes(5)
    return .draw(widths: Array(sizes[1...]) + [4], rows: sizes[0], using: &generator)
  }

  /// Where every matrix is square a wrong transpose or axis no longer stops at a shape.
  package static let square = Case<NetworkFixture>("square layers") { generator in
    .draw(widths: [4, 4, 4, 4], rows: 4, using: &generator)
  }

  package static let single = Case<NetworkFixture>("no hidden layer") { generator in
    let sizes = generator.sizes(3)
    return .draw(widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
  }

  /// More layers than any of the others, as many as somebody may have listed one by one.
  package static let long = Case<NetworkFixture>("nine layers") { generator in
    .draw(widths: (0..<10).map { 3 + $0 % 3 }, rows: 4, using: &generator)
  }

  /// Weights that are a column, a single entry, and a row.
  package static let narrow = Case<NetworkFixture>("layers of one unit") { generator in
    let sizes = generator.sizes(3)
    return .draw(widths: [sizes[0], 1, 1, sizes[1]], rows: sizes[2], using: &generator)
  }

  package static let oneInput = Case<NetworkFixture>("single input") { generator in
    let sizes = generator.sizes(3)
    return .draw(widths: [1, sizes[0], sizes[1]], rows: sizes[2], using: &generator)
  }

  package static let oneRow = Case<NetworkFixture>("single row") { generator in
    .draw(widths: generator.sizes(3), rows: 1, using: &generator)
  }

  package static let oneRowOfOneLayer = Case<NetworkFixture>("single row and layer") { generator in
    .draw(widths: generator.sizes(2), rows: 1, using: &generator)
  }

  /// No unit is on for any row.
  package static let deadLayer = Case<NetworkFixture>("dead layer") { generator in
    var fixture = drawHidden(using: &generator)
    fixture.layers[0].biases -= 1000
    return fixture
  }

  package static let oneNumber = Case<NetworkFixture>("single number") { generator in
    .draw(widths: [1] + generator.sizes(2), rows: 1, using: &generator)
  }

  /// Inputs, weights and biases of any size, and logits as always.
  package static let stretched = Case<NetworkFixture>("tiny and huge inputs") { generator in
    var fixture = drawHidden(using: &generator)
    fixture.stretch()
    return fixture
  }

  /// Some inputs and weights are alike.
  package static let many = Case<NetworkFixture>("many rows") { generator in
    drawMany(using: &generator) { .draw(widths: [4, 3, 5], rows: manyRows, using: &$0) }
  }

  /// What `draw` gives until it is clear of kinks with some inputs and weights alike.
  package static func drawMany(
    using generator: inout FixtureGenerator,
    _ draw: (inout FixtureGenerator) -> NetworkFixture
  ) -> NetworkFixture {
    while true {
      var fixture = draw(&generator)
      fixture.inputs.levelSome()
      for k in fixture.layers.indices where fixture.layers[k].weights.columns > 1 {
        fixture.layers[k].weights.levelSome()
      }
      fixture.layers[0].biases[0, 1] = 0
      if fixture.isClearOfKinks { return fixture }
    }
  }

  /// One hidden layer; the batch and every layer differ in size.
  package static func drawHidden(
    softTargets: Bool = false, using generator: inout FixtureGenerator
  ) -> NetworkFixture {
    let sizes = generator.sizes(4)
    return .draw(
      widths: Array(sizes[1...]), rows: sizes[0], softTargets: softTargets, using: &generator)
  }
}
