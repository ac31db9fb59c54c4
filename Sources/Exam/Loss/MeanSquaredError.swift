package import KataKit

package enum MeanSquaredErrorExam: Exam {
  package struct Fixture: Codable, Sendable {
    package var predictions: Matrix
    package var targets: Matrix
    /// Other predictions, whose loss is asked right before the gradient; they change nothing.
    package var before: Matrix?

    package init(predictions: Matrix, targets: Matrix, before: Matrix? = nil) {
      self.predictions = predictions
      self.targets = targets
      self.before = before
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, loss, gradient
    /// The gradient, and the attempt's own loss around every prediction.
    case ownSlope
    /// Everything, of each row twice.
    case doubled
  }

  package static let name = "mean-squared-error"
  package static let type = "MeanSquaredError"

  package static func subject(of type: any Any.Type) -> (any MeanSquaredErrorKata)? {
    (type as? any MeanSquaredErrorKata.Type)?.init()
  }

  package static func answer(
    of subject: any MeanSquaredErrorKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let (predictions, targets) = (fixture.predictions, fixture.targets)
    func loss() -> Part {
      Part("loss", subject.loss(predictions: predictions, targets: targets))
    }
    func gradient() -> Part {
      Part(
        "gradient", subject.gradient(predictions: predictions, targets: targets),
        axes: "as the predictions")
    }
    switch script {
    case .everything:
      let loss = loss()
      if let before = fixture.before { _ = subject.loss(predictions: before, targets: targets) }
      return [loss, gradient()]
    case .loss: return [loss()]
    case .gradient: return [gradient()]
    case .ownSlope:
      let gradient = gradient()
      let values = Slopes.values(
        of: { subject.loss(predictions: $0, targets: targets) }, around: predictions)
      return [gradient, Part("losses around the predictions", values)]
    case .doubled:
      let twice = Fixture(predictions: predictions.rowsTwice, targets: targets.rowsTwice)
      return answer(of: subject, to: .everything, on: twice)
    }
  }
}
