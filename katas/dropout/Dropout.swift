import KataKit

struct Dropout: DropoutKata {
  private let dropProbability: Double

  // What the backward pass needs to know goes here.

  init(dropProbability: Double) {
    self.dropProbability = dropProbability
  }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    todo()
  }

  func backward(upstream: Matrix) -> Matrix {
    todo()
  }
}
