import KataKit
import SharedAnswers

extension MLPSuite.Pass {
  /// A hidden layer that is about to apply its activation.
  struct Hidden {
    let z: Matrix
    /// Which of the hidden layers it is.
    let index: Int
    let activations: [LayerActivation]
    let isPrediction: Bool

    func units(_ activation: LayerActivation) -> Units {
      switch activation {
      case .relu:
        return Units(z: z, a: Mathematics.relu(z), slope: z .> 0, activation: activation)
      case .sigmoid:
        let a = Mathematics.sigmoid(z)
        return Units(z: z, a: a, slope: a * (1 - a), activation: activation)
      }
    }
  }

  /// A hidden layer, and the slopes of its activation.
  struct Units {
    let z: Matrix
    let a: Matrix
    let slope: Matrix
    let activation: LayerActivation
  }
}
