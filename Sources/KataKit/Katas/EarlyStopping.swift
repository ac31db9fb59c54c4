/// Early stopping on a validation loss, with the best parameters kept.
public protocol EarlyStoppingKata {
  /// Early stopping for a training run that has not started.
  ///
  /// - Parameters:
  ///   - patience: how many epochs in a row without improvement end the training; at least 1.
  ///   - minimumDelta: an improvement is a loss that is lower than the best one by more than this; 0 or
  ///     more.
  init(patience: Int, minimumDelta: Double)

  /// Takes in the next epoch, and answers whether it should be the last.
  ///
  /// The epoch is an improvement if validationLoss < (loss of the best epoch) − minimumDelta; the first
  /// one always is, and NaN never. It is then the best epoch. The answer is true if this is the
  /// `patience`-th epoch in a row that is no improvement.
  ///
  /// It is called once per epoch until it answers true, and not again after that.
  ///
  /// - Parameters:
  ///   - validationLoss: that of the epoch; in the first one it is finite.
  ///   - parameters: those at the end of the epoch.
  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool

  /// The best epoch so far, counted from 0. It is read only after the first epoch.
  var bestEpoch: Int { get }

  /// The parameters at the end of the best epoch, which the network goes back to. They are read
  /// only after the first epoch.
  var bestParameters: [Matrix] { get }
}
