import KataKit

struct EarlyStopping: EarlyStoppingKata {
  private let patience: Int
  private let minimumDelta: Double

  // What is remembered from epoch to epoch goes here.

  init(patience: Int, minimumDelta: Double) {
    self.patience = patience
    self.minimumDelta = minimumDelta
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    todo()
  }

  var bestEpoch: Int {
    todo()
  }

  var bestParameters: [Matrix] {
    todo()
  }
}
