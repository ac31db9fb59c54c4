package import KataKit

package enum BinaryCrossEntropyExam: Exam {
  /// Probabilities with targets.
  package struct Fixture: Codable, Sendable {
    package var probabilities: Matrix
    package var targets: Matrix
    /// Other probabilities, whose loss is asked right before the gradient; they change nothing.
    package var before: Matrix?

    package init(probabilities: Matrix, targets: Matrix, before: Matrix? = nil) {
      self.probabilities = probabilities
      self.targets = targets
      self.before = before
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, loss, gradient
    /// The gradient, and the attempt's own loss around every probability.
    case ownSlope
    /// Everything, with 1 − p for p and 1 − t for t.
    case swapped
  }

  package static let name = "binary-cross-entropy"
  package static let type = "BinaryCrossEntropy"

  package static func subject(of type: any Any.Type) -> (any BinaryCrossEntropyKata)? {
    (type as? any BinaryCrossEntropyKata.Type)?.init()
  }

  package static func answer(
    of subject: any BinaryCrossEntropyKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let (probabilities, targets) = (fixture.probabilities, fixture.targets)
    func loss() -> Part {
      Part("loss", subject.loss(probabilities: probabilities, targets: targets))
    }
    func gradient() -> Part {
      Part(
        "gradient", subject.gradient(probabilities: probabilities, targets: targets),
        axes: "as the probabilities")
    }
    switch script {
    case .everything:
      let loss = loss()
      if let before = fixture.before {
        _ = subject.loss(probabilities: before, targets: targets)
      }
      return [loss, gradient()]
    case .loss: return [loss()]
    case .gradient: return [gradient()]
    case .ownSlope:
      let gradient = gradient()
      let values = Slopes.values(
        of: { subject.loss(probabilities: $0, targets: targets) }, around: probabilities)
      return [gradient, Part("losses around the probabilities", values)]
    case .swapped:
      let other = Fixture(probabilities: 1 - probabilities, targets: 1 - targets)
      return answer(of: subject, to: .everything, on: other)
    }
  }
}
