import KataKit

struct EarlyStopping: EarlyStoppingKata {
  private let patience: Int
  private let minimumDelta: Double

  // solution:begin What is remembered from epoch to epoch goes here.
  /// The epochs taken in.
  private var epochs = 0
  private var best: (epoch: Int, loss: Double, parameters: [Matrix]) = (0, .infinity, [])
  /// The epochs since the best one.
  private var waited = 0
  // solution:end

  init(patience: Int, minimumDelta: Double) {
    self.patience = patience
    self.minimumDelta = minimumDelta
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    // solution:begin
    // Asked this way round, NaN is no improvement.
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
