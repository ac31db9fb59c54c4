import KataKit

extension CorrectAnswers {
  static let earlyStopping = CorrectAnswers(
    kata: "early-stopping",
    variants: [
      KerasStopping.self, HistoryStopping.self, CountdownStopping.self, StoredStopping.self,
      DistanceStopping.self, ResultStopping.self,
    ])
}

/// As Keras writes it: wait, best, and the weights of the best epoch.
private struct KerasStopping: EarlyStoppingKata {
  let patience: Int
  let minimumDelta: Double
  var wait = 0
  var epoch = -1
  var best = Double.infinity
  var bestEpoch = 0
  var bestParameters: [Matrix] = []

  init(patience: Int, minimumDelta: Double) {
    (self.patience, self.minimumDelta) = (patience, minimumDelta)
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    epoch += 1
    wait += 1
    if validationLoss + minimumDelta < best {
      best = validationLoss
      bestEpoch = epoch
      bestParameters = parameters
      wait = 0
      return false
    }
    return wait >= patience && epoch > 0
  }
}

/// Keeps everything, and works out the improvements anew each time.
private struct HistoryStopping: EarlyStoppingKata {
  let patience: Int
  let minimumDelta: Double
  var history: [(loss: Double, parameters: [Matrix])] = []

  init(patience: Int, minimumDelta: Double) {
    (self.patience, self.minimumDelta) = (patience, minimumDelta)
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    history.append((validationLoss, parameters))
    return history.count - 1 - bestEpoch >= patience
  }

  var bestEpoch: Int {
    history.indices.reduce(0) {
      history[$1].loss < history[$0].loss - minimumDelta ? $1 : $0
    }
  }

  var bestParameters: [Matrix] { history.isEmpty ? [] : history[bestEpoch].parameters }
}

/// Counts down.
private final class CountdownStopping: EarlyStoppingKata {
  private let patience: Int
  private let minimumDelta: Double
  private var left: Int
  private var epochs = 0
  private var target = Double.infinity
  private(set) var bestEpoch = 0
  private(set) var bestParameters: [Matrix] = []

  init(patience: Int, minimumDelta: Double) {
    (self.patience, self.minimumDelta, left) = (patience, minimumDelta, patience)
  }

  func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    defer { epochs += 1 }
    guard validationLoss < target else {
      left -= 1
      return left == 0
    }
    target = validationLoss - minimumDelta
    (left, bestEpoch, bestParameters) = (patience, epochs, parameters)
    return false
  }
}

/// An optional best, nil before the first epoch.
private struct StoredStopping: EarlyStoppingKata {
  private struct Best {
    let epoch: Int
    let loss: Double
    let parameters: [Matrix]
  }

  private let patience: Int
  private let minimumDelta: Double
  private var best: Best?
  private var epoch = 0

  init(patience: Int, minimumDelta: Double) {
    (self.patience, self.minimumDelta) = (patience, minimumDelta)
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    let current = Best(epoch: epoch, loss: validationLoss, parameters: parameters)
    epoch += 1
    guard let best, !(best.loss - validationLoss > minimumDelta) else {
      best = current
      return false
    }
    return current.epoch - best.epoch >= patience
  }

  var bestEpoch: Int { best?.epoch ?? -1 }
  var bestParameters: [Matrix] { best?.parameters ?? [] }
}

/// NaN taken for infinity, and the epochs since the best one instead of its number.
private struct DistanceStopping: EarlyStoppingKata {
  let patience: Int
  let minimumDelta: Double
  var (epochs, distance) = (0, 0)
  var bestLoss = Double.nan
  var bestParameters: [Matrix] = []

  init(patience: Int, minimumDelta: Double) {
    (self.patience, self.minimumDelta) = (patience, minimumDelta)
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    let loss = validationLoss.isNaN ? .infinity : validationLoss
    epochs += 1
    distance += 1
    if epochs == 1 || bestLoss - loss > minimumDelta {
      (bestLoss, bestParameters, distance) = (loss, parameters, 0)
    }
    return distance == patience
  }

  var bestEpoch: Int { epochs - 1 - distance }
}

/// The losses since the best one in a list that is emptied.
private struct ResultStopping: EarlyStoppingKata {
  let patience: Int
  let minimumDelta: Double
  var record: (Int, Double, [Matrix])?
  var since: [Double] = []
  var seen = 0

  init(patience: Int, minimumDelta: Double) {
    (self.patience, self.minimumDelta) = (patience, minimumDelta)
  }

  mutating func shouldStop(validationLoss: Double, parameters: [Matrix]) -> Bool {
    seen += 1
    since.append(validationLoss)
    if let loss = record?.1, !(validationLoss < loss - minimumDelta) {
      return since.count >= patience
    }
    record = (seen - 1, validationLoss, parameters)
    since.removeAll()
    return false
  }

  var bestEpoch: Int { record?.0 ?? 0 }
  var bestParameters: [Matrix] { record?.2 ?? [] }
}
