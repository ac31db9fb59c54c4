import KataKit

struct HeInit: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    // solution:begin
    // ReLU drops half of the second moment, so 2/fanIn and not 1/fanIn keeps it from layer to layer.
    let standardDeviation = sqrt(2 / Double(fanIn))
    return DenseLayer(
      weights: .normal(
        rows: fanIn, columns: fanOut, standardDeviation: standardDeviation, using: &generator),
      biases: Matrix(rows: 1, columns: fanOut))
    // solution:end
  }
}
