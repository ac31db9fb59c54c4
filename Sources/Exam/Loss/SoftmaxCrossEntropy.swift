package import KataKit

package enum SoftmaxCrossEntropyExam: Exam {
  /// A batch of logits with targets.
  package struct Fixture: Codable, Sendable {
    package var logits: Matrix
    /// n × classes; rows sum to 1.
    package var targets: Matrix

    package init(logits: Matrix, targets: Matrix) {
      self.logits = logits
      self.targets = targets
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, probabilities, loss, gradient
    /// The gradient, and the attempt's own loss around every logit.
    case ownSlope
    /// Everything, with a constant added to each row.
    case shifted
    /// Everything, of each row twice.
    case doubled
    /// The gradient, once the loss of other logits of the same shape has been asked for.
    case afterAnother
  }

  package static let name = "softmax-cross-entropy"
  package static let type = "SoftmaxCrossEntropy"

  package static func subject(of type: any Any.Type) -> (any SoftmaxCrossEntropyKata)? {
    (type as? any SoftmaxCrossEntropyKata.Type)?.init()
  }

  package static func answer(
    of subject: any SoftmaxCrossEntropyKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let (logits, targets) = (fixture.logits, fixture.targets)
    func probabilities() -> Part {
      Part("probabilities", subject.probabilities(of: logits), axes: "rows × classes")
    }
    func loss() -> Part { Part("loss", subject.loss(logits: logits, targets: targets)) }
    func gradient() -> Part {
      Part(
        "gradient", subject.gradient(logits: logits, targets: targets), axes: "rows × classes")
    }
    switch script {
    case .everything: return [probabilities(), loss(), gradient()]
    case .probabilities: return [probabilities()]
    case .loss: return [loss()]
    case .gradient: return [gradient()]
    case .ownSlope:
      let gradient = gradient()
      let values = Slopes.values(
        of: { subject.loss(logits: $0, targets: targets) }, around: logits)
      return [gradient, Part("losses around the logits", values)]
    case .shifted:
      let moved = Fixture(logits: logits.rowsMovedApart, targets: targets)
      return answer(of: subject, to: .everything, on: moved)
    case .afterAnother:
      let other = Matrix(
        rows: logits.rows, columns: logits.columns, elements: logits.elements.reversed())
      _ = subject.probabilities(of: other)
      _ = subject.loss(logits: other, targets: targets)
      return [gradient()]
    case .doubled:
      let twice = Fixture(logits: logits.rowsTwice, targets: targets.rowsTwice)
      return answer(of: subject, to: .everything, on: twice)
    }
  }
}
