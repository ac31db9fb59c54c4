import KataKit

struct SymmetryBreaking: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    todo()
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    todo()
  }
}
