import KataKit

struct EarlyStopping: EarlyStoppingKata {
  private let patience: Int
  private let minimumDelta: Double

  // solution:begin What is remembered from epoch to epoch goes here.
  private var best: (epoch: Int, loss: Double, parameters: [Matrix]) = (0, .infinity, [])
  /// The epochs seen, and how many of them since the best one.
  private var epochs = 0, waited = 0
  // solution:end

  init(patience: Int, minimumDelta: Double) {
    self.patience = patience
    self.minimumDelta = minimumDelta
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    // solution:begin
    // Written this way around, NaN is no improvement.
    if validationLoss < best.loss - minimumDelta {
      best = (epochs, validationLoss, parameters)
      waited = 0
    } else {
      waited += 1
    }
    epochs += 1
    return waited >= patience
    // solution:end
  }

  var bestEpoch: Int {
    // solution:begin
    best.epoch
    // solution:end
  }

  var bestParameters: [Matrix] {
    // solution:begin
    best.parameters
    // solution:end
  }
}
