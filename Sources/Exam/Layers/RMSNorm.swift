package import KataKit

package enum RMSNormExam: Exam {
  package struct Fixture: Codable, Sendable {
    package var inputs: Matrix
    package var upstream: Matrix
    package var gamma: Matrix
    package var epsilon: Double
    /// Another batch, whose forward is asked right before backward, with another γ and ε; it changes
    /// nothing.
    package var before: Matrix?

    package init(inputs: Matrix, upstream: Matrix, gamma: Matrix, epsilon: Double) {
      self.inputs = inputs
      self.upstream = upstream
      self.gamma = gamma
      self.epsilon = epsilon
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, forward, backward
    /// Backward, and Σ upstream ⊙ the attempt's own forward around γ and X.
    case ownSlope
    /// Everything of the first row alone.
    case firstRow
  }

  package static let name = "rms-norm"
  package static let type = "RMSNorm"

  package static func subject(of type: any Any.Type) -> (any RMSNormKata)? {
    (type as? any RMSNormKata.Type)?.init()
  }

  package static func answer(
    of subject: any RMSNormKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    switch script {
    case .everything:
      let outputs = forward(of: subject, fixture)
      if let before = fixture.before {
        _ = subject.forward(before, gamma: fixture.gamma + 1, epsilon: 4 * fixture.epsilon)
      }
      return [outputs] + backward(of: subject, fixture)
    case .forward: return [forward(of: subject, fixture)]
    case .backward: return backward(of: subject, fixture)
    case .ownSlope:
      return backward(of: subject, fixture) + [
        losses(of: subject, around: \.gamma, "γ", fixture),
        losses(of: subject, around: \.inputs, "X", fixture),
      ]
    case .firstRow:
      var alone = fixture
      alone.inputs = fixture.inputs.row(0)
      alone.upstream = fixture.upstream.row(0)
      return answer(of: subject, to: .everything, on: alone)
    }
  }

  private static func forward(of subject: any RMSNormKata, _ fixture: Fixture) -> Part {
    let outputs = subject.forward(fixture.inputs, gamma: fixture.gamma, epsilon: fixture.epsilon)
    return Part("forward", outputs, axes: "rows × features")
  }

  private static func backward(of subject: any RMSNormKata, _ fixture: Fixture) -> [Part] {
    let gradient = subject.backward(
      upstream: fixture.upstream, inputs: fixture.inputs, gamma: fixture.gamma,
      epsilon: fixture.epsilon)
    return [
      Part("dγ", gradient.gamma, axes: "1 × features"),
      Part("dX", gradient.inputs, axes: "rows × features"),
    ]
  }

  private static func losses(
    of subject: any RMSNormKata, around path: WritableKeyPath<Fixture, Matrix>, _ symbol: String,
    _ fixture: Fixture
  ) -> Part {
    var moved = fixture
    let values = Slopes.values(
      of: { point in
        moved[keyPath: path] = point
        return fixture.upstream.loss(of: forward(of: subject, moved).value)
      }, around: fixture[keyPath: path])
    return Part("losses around \(symbol)", values)
  }
}
