import KataKit
import Testing

@Suite("A dense layer")
struct DenseLayerTests {
  let layer = DenseLayer(weights: [[1, 0, 2], [0, 3, 1]], biases: [[10, 20, 30]])

  @Test("maps each row of a batch by its weights and biases")
  func affineMap() {
    let batch: Matrix = [[1, 1], [2, 0]]
    #expect(batch.matmul(layer.weights) + layer.biases == [[11, 23, 33], [12, 20, 34]])
  }

  @Test("takes a gradient step parameter by parameter")
  func step() {
    let gradient = DenseGradient(weights: [[1, 1, 1], [1, 1, 1]], biases: [[1, 2, 3]])
    var updated = layer
    updated.weights -= 2 * gradient.weights
    updated.biases -= 2 * gradient.biases
    #expect(
      updated == DenseLayer(weights: [[-1, -2, 0], [-2, 1, -1]], biases: [[8, 16, 24]]))
    #expect(updated != layer)
  }
}
