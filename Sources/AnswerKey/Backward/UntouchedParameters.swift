import Exam
import Grading
import KataKit
import Numerics
import SharedAnswers

extension Check where S.Paper.Fixture == NetworkFixture {
  /// The gradient is exactly 0 where no row reaches a parameter: behind an input that is always 0, and
  /// on either side of a hidden unit that is always off.
  static func untouched(in batch: Case<NetworkFixture>, to script: S.Script) -> Self {
    let silenced = Case<NetworkFixture>("untouched parameters") { generator in
      var fixture = batch.fixture(using: &generator)
      fixture.silence(using: &generator)
      return fixture
    }
    return .property(
      silenced.name, on: silenced, to: script,
      holds: "the gradient is 0 where no row reaches a parameter"
    ) { answered in
      let blocks = answered.parts.map { Block($0, acceptance: .each()) }
      return (blocks, answered.fixture.blankingUntouched(blocks))
    }
  }
}

extension NetworkFixture {
  /// Makes one input 0 in every row, and one unit of the first hidden layer negative in every row.
  fileprivate mutating func silence(using generator: inout FixtureGenerator) {
    let input = Int.random(in: 0..<inputs.columns, using: &generator)
    for row in 0..<inputs.rows { inputs[row, input] = 0 }
    let unit = Int.random(in: 0..<layers[0].biases.columns, using: &generator)
    let z = inputs.matmul(layers[0].weights.column(unit))
    layers[0].biases[0, unit] = -z.max() - 1
  }

  /// The gradients with 0 where no row reaches a parameter, as far as their shapes are right.
  fileprivate func blankingUntouched(_ blocks: [Block]) -> [Block] {
    var untouched: [String: (Int, Int) -> Bool] = [:]
    var activation = inputs
    for (k, layer) in layers.enumerated() {
      let z = activation.matmul(layer.weights) + layer.biases
      let isSilent = (0..<activation.columns).map { abs(activation.column($0)).max() == 0 }
      let isOff = (0..<z.columns).map { k + 1 < layers.count && z.column($0).max() < 0 }
      untouched["dW".subscripted(k + 1)] = { isSilent[$0] || isOff[$1] }
      untouched["db".subscripted(k + 1)] = { isOff[$1] }
      activation = Mathematics.relu(z)
    }
    let shapes = Dictionary(
      uniqueKeysWithValues: layers.enumerated().flatMap { k, layer in
        [
          ("dW".subscripted(k + 1), layer.weights.shape),
          ("db".subscripted(k + 1), layer.biases.shape),
        ]
      })
    return blocks.map { block in
      guard let isUntouched = untouched[block.name], block.value.shape == shapes[block.name]
      else { return block }
      var value = block.value
      for row in 0..<value.rows {
        for column in 0..<value.columns where isUntouched(row, column) { value[row, column] = 0 }
      }
      return Block(block.name, value, axes: block.axes, acceptance: block.acceptance)
    }
  }
}
