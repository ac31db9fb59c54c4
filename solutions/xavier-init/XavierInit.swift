import KataKit

struct XavierInit: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    // solution:begin
    // The variance 2/(fanIn + fanOut) suits the way forward and back; a uniform has bound²/3.
    let bound = sqrt(6 / Double(fanIn + fanOut))
    return DenseLayer(
      weights: .uniform(rows: fanIn, columns: fanOut, in: -bound...bound, using: &generator),
      biases: Matrix(rows: 1, columns: fanOut))
    // solution:end
  }
}
