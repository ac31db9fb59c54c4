import KataKit

struct ForwardPass: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    // solution:begin
    var pass = ForwardCache(preActivations: [], activations: [inputs])
    var activation = inputs
    for (k, layer) in layers.enumerated() {
      // Zₖ = Aₖ₋₁·Wₖ + bₖ; the one row of biases is added to every row.
      let z = activation.matmul(layer.weights) + layer.biases

      if k < layers.count - 1 {
        activation = maximum(z, 0)
      } else {
        // Softmax, row by row. With its maximum subtracted no row overflows, and the sum is at least 1.
        let exponentials = exp(z - z.max(axis: 1))
        activation = exponentials / exponentials.sum(axis: 1)
      }

      pass.preActivations.append(z)
      pass.activations.append(activation)
    }
    return pass
    // solution:end
  }
}
