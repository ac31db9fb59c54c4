import KataKit

struct TwoLayerBackprop: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    todo()
  }
}
