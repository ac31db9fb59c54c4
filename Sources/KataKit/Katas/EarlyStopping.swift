/// Early stopping on a validation loss, with the best parameters kept.
public protocol EarlyStoppingKata {
  /// The watch over a training that has not begun.
  ///
  /// - Parameters:
  ///   - patience: after how many epochs in a row without improvement to stop; at least 1.
  ///   - minimumDelta: by more than how much a loss must be below the best one to be an improvement; 0
  ///     or more.
  init(patience: Int, minimumDelta: Double)

  /// Takes in the next epoch, and answers whether it should be the last.
  ///
  /// The epoch is an improvement if validationLoss < (loss of the best epoch) − minimumDelta; the first
  /// one always is, and NaN never. It is then the best epoch. The answer is true if this is the
  /// `patience`-th epoch in a row that is no improvement.
  ///
  /// It is called once an epoch until it answers true, and not again after that.
  ///
  /// - Parameters:
  ///   - validationLoss: that of the epoch; in the first one it is finite.
  ///   - parameters: those at the end of the epoch.
  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool

  /// The best epoch so far, counted from 0. It is asked for after the first epoch.
  var bestEpoch: Int { get }

  /// The parameters at the end of the best epoch, which the network goes back to. They are asked for
  /// after the first epoch.
  var bestParameters: [Matrix] { get }
}
