package import KataKit

extension Matrix {
  /// Σ self ⊙ outputs, a loss of which this is the gradient; NaN where the outputs have another shape.
  package func loss(of outputs: Matrix) -> Double {
    outputs.shape == shape ? (self * outputs).sum() : .nan
  }
}
