package import KataKit

package enum SoftmaxExam: Exam {
  /// Logits, and what comes back from the loss.
  package struct Fixture: Codable, Sendable {
    package var logits: Matrix
    package var upstream: Matrix
    /// Another batch, whose value is asked right before the step back; it changes nothing.
    package var before: Matrix?

    package init(logits: Matrix, upstream: Matrix, before: Matrix? = nil) {
      self.logits = logits
      self.upstream = upstream
      self.before = before
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, value, backward
    /// The step back, and Σ upstream ⊙ the attempt's own value around every logit.
    case ownSlope
    /// Everything, with a constant added to each row.
    case shifted
    /// The step back from upstream gradients that are all the same.
    case levelUpstream
  }

  package static let name = "softmax"
  package static let type = "Softmax"

  package static func subject(of type: any Any.Type) -> (any SoftmaxKata)? {
    (type as? any SoftmaxKata.Type)?.init()
  }

  package static func answer(
    of subject: any SoftmaxKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let (logits, upstream) = (fixture.logits, fixture.upstream)
    func value() -> Part { Part("value", subject.value(at: logits), axes: "rows × classes") }
    func backward(_ upstream: Matrix) -> Part {
      Part(
        "backward", subject.backward(upstream: upstream, logits: logits), axes: "rows × classes")
    }
    switch script {
    case .everything:
      let value = value()
      if let before = fixture.before { _ = subject.value(at: before) }
      return [value, backward(upstream)]
    case .value: return [value()]
    case .backward: return [backward(upstream)]
    case .ownSlope:
      let gradient = backward(upstream)
      let losses = Slopes.values(of: { upstream.loss(of: subject.value(at: $0)) }, around: logits)
      return [gradient, Part("losses around the logits", losses)]
    case .shifted:
      let moved = Fixture(logits: logits.rowsMovedApart, upstream: upstream)
      return answer(of: subject, to: .everything, on: moved)
    case .levelUpstream: return [backward(upstream * 0 + 3)]
    }
  }
}
