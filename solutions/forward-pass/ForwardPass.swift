import KataKit

struct ForwardPass: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    // solution:begin
    // bug inputs-not-kept: var pass = ForwardCache(preActivations: [], activations: [])
    var pass = ForwardCache(preActivations: [], activations: [inputs])
    var activation = inputs
    for (k, layer) in layers.enumerated() {
      // Zₖ = Aₖ₋₁·Wₖ + bₖ; the one row of biases is added to every row.
      // bug inputs-to-every-layer: let z = inputs.matmul(layer.weights) + layer.biases
      // bug bias-forgotten: let z = activation.matmul(layer.weights)
      let z = activation.matmul(layer.weights) + layer.biases

      if k < layers.count - 1 {
        // bug leaky-relu: activation = z.map { $0 > 0 ? $0 : 0.01 * $0 }
        activation = maximum(z, 0)
      } else {
        // Softmax, row by row. With its maximum subtracted no row overflows, and the sum is at least 1.
        // bug shift-by-global-maximum: let exponentials = exp(z - z.max())
        let exponentials = exp(z - z.max(axis: 1))
        // bug divided-by-column-sums: activation = exponentials / exponentials.sum(axis: 0)
        activation = exponentials / exponentials.sum(axis: 1)
      }

      // bug activation-kept-as-z: pass.preActivations.append(activation)
      pass.preActivations.append(z)
      // bug probabilities-not-kept: if k < layers.count - 1 { pass.activations.append(activation) }
      pass.activations.append(activation)
    }
    return pass
    // solution:end
  }
}
