import KataKit

struct Perceptron: PerceptronKata {
  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    todo()
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    todo()
  }
}
