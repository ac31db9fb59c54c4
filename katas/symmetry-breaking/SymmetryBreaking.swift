import KataKit

struct SymmetryBreaking: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    todo()
  }

  func distinctUnits(in layers: [DenseLayer]) -> Int {
    todo()
  }
}
