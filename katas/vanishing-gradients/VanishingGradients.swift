import KataKit

struct VanishingGradients: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    todo()
  }
}
