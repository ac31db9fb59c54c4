import KataKit

struct LayerNorm: LayerNormKata {
  // What both methods need may go here.

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    todo()
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    todo()
  }
}
