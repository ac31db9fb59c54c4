import KataKit

struct XavierInit: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    // solution:begin
    // The variance 2/(fanIn + fanOut) suits the way forward and back; a uniform has bound²/3.
    // bug precedence: let bound = sqrt(6 / Double(fanIn) + Double(fanOut))
    // bug deviation-for-bound: let bound = sqrt(2 / Double(fanIn + fanOut))
    // bug root-of-six-only: let bound = sqrt(6) / Double(fanIn + fanOut)
    // bug root-missing: let bound = 6 / Double(fanIn + fanOut)
    // bug fan-average: let bound = sqrt(6 / (Double(fanIn + fanOut) / 2))
    let bound = sqrt(6 / Double(fanIn + fanOut))
    return DenseLayer(
      // bug uniform-from-zero: weights: .uniform(rows: fanIn, columns: fanOut, in: 0...bound, using: &generator),
      // bug weights-transposed: weights: .uniform(rows: fanOut, columns: fanIn, in: -bound...bound, using: &generator),
      weights: .uniform(rows: fanIn, columns: fanOut, in: -bound...bound, using: &generator),
      // bug biases-per-input: biases: Matrix(rows: 1, columns: fanIn))
      biases: Matrix(rows: 1, columns: fanOut))
    // solution:end
  }
}
