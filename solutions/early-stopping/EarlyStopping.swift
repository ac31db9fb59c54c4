import KataKit

struct EarlyStopping: EarlyStoppingKata {
  private let patience: Int
  private let minimumDelta: Double

  // solution:begin What is remembered from epoch to epoch goes here.
  // bug best-from-zero: private var best: (epoch: Int, loss: Double, parameters: [Matrix]) = (0, 0, [])
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
    // bug delta-ignored: if validationLoss < best.loss {
    // bug delta-added: if validationLoss < best.loss + minimumDelta {
    // bug equal-is-improvement: if validationLoss <= best.loss - minimumDelta {
    // bug delta-relative: if validationLoss < best.loss * (1 - minimumDelta) {
    if validationLoss < best.loss - minimumDelta {
      best = (epochs, validationLoss, parameters)
      // bug counter-not-reset:
      waited = 0
    } else {
      waited += 1
    }
    epochs += 1
    // bug one-epoch-too-late: return waited > patience
    return waited >= patience
    // solution:end
  }

  var bestEpoch: Int {
    // solution:begin
    // bug epoch-from-one: best.epoch + 1
    // bug last-epoch: epochs - 1
    best.epoch
    // solution:end
  }

  var bestParameters: [Matrix] {
    // solution:begin
    best.parameters
    // solution:end
  }
}
