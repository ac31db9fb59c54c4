import KataKit

struct HeInit: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    // solution:begin
    // ReLU drops half of the second moment, so 2/fanIn and not 1/fanIn keeps it from layer to layer.
    // bug variance-for-deviation: let standardDeviation = 2 / Double(fanIn)
    // bug le-cun: let standardDeviation = sqrt(1 / Double(fanIn))
    // bug fan-out: let standardDeviation = sqrt(2 / Double(fanOut))
    // bug root-of-two-only: let standardDeviation = sqrt(2) / Double(fanIn)
    // bug xavier: let standardDeviation = sqrt(2 / Double(fanIn + fanOut))
    let standardDeviation = sqrt(2 / Double(fanIn))
    return DenseLayer(
      weights: .normal(
        // bug weights-transposed: rows: fanOut, columns: fanIn, standardDeviation: standardDeviation, using: &generator),
        rows: fanIn, columns: fanOut, standardDeviation: standardDeviation, using: &generator),
      // bug biases-per-input: biases: Matrix(rows: 1, columns: fanIn))
      biases: Matrix(rows: 1, columns: fanOut))
    // solution:end
  }
}
