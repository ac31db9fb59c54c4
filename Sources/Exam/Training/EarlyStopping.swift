package import KataKit

package enum EarlyStoppingExam: Exam {
  /// Makes one from patience and minimum delta.
  package typealias Subject = (Int, Double) -> any EarlyStoppingKata

  package struct Fixture: Codable, Sendable {
    package var patience: Int
    package var minimumDelta: Double
    /// Epoch after epoch, for longer than any training should go on.
    package var losses: [Double]
    package var parameters: [[Matrix]]

    package init(
      patience: Int, minimumDelta: Double, losses: [Double], parameters: [[Matrix]]
    ) {
      self.patience = patience
      self.minimumDelta = minimumDelta
      self.losses = losses
      self.parameters = parameters
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything
    /// For how many epochs it goes on, and whether it was stopped then.
    case stop
    case epoch, parameters
    /// All of one that takes turns with a second one, which takes in the epochs backwards.
    case byTurns
  }

  package static let name = "early-stopping"
  package static let type = "EarlyStopping"

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any EarlyStoppingKata.Type else { return nil }
    return { type.init(patience: $0, minimumDelta: $1) }
  }

  package static func answer(
    of subject: Subject, to script: Script, on fixture: Fixture
  ) -> [Part] {
    var stopping = subject(fixture.patience, fixture.minimumDelta)
    var second = script == .byTurns ? subject(fixture.patience, fixture.minimumDelta) : nil
    let epochs = Array(zip(fixture.losses, fixture.parameters))
    var (count, hasStopped) = (0, false)
    while count < epochs.count, !hasStopped {
      let (epoch, mirrored) = (epochs[count], epochs[epochs.count - 1 - count])
      hasStopped = stopping.shouldStop(validationLoss: epoch.0, parameters: epoch.1)
      _ = second?.shouldStop(validationLoss: mirrored.0, parameters: mirrored.1)
      count += 1
    }
    func stop() -> [Part] {
      [
        Part("the number of epochs", Double(count)),
        Part("the last answer (1 to stop)", hasStopped ? 1 : 0),
      ]
    }
    func epoch() -> [Part] { [Part("the best epoch", Double(stopping.bestEpoch))] }
    func parameters() -> [Part] {
      stopping.bestParameters.enumerated().map {
        Part("θ".subscripted($0 + 1), $1, axes: "as handed in")
      }
    }
    switch script {
    case .everything, .byTurns: return stop() + epoch() + parameters()
    case .stop: return stop()
    case .epoch: return epoch()
    case .parameters: return parameters()
    }
  }
}
