import KataKit

struct L2Regularization: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    todo()
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    todo()
  }
}
