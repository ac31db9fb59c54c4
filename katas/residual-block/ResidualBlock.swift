import KataKit

struct ResidualBlock: ResidualBlockKata {
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    todo()
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    todo()
  }
}
