package import KataKit

package enum LayerNormExam: Exam {
  package struct Fixture: Codable, Sendable {
    package var inputs: Matrix
    package var upstream: Matrix
    package var gamma: Matrix
    package var beta: Matrix
    package var epsilon: Double
    /// Another batch, whose forward is asked right before backward; it changes nothing.
    package var before: Matrix?

    package init(inputs: Matrix, upstream: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) {
      self.inputs = inputs
      self.upstream = upstream
      self.gamma = gamma
      self.beta = beta
      self.epsilon = epsilon
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, forward, backward
    /// Backward, and Σ upstream ⊙ the attempt's own forward around β, γ and X.
    case ownSlope
    /// Everything of the first row alone.
    case firstRow
    /// Everything, and everything a million away.
    case farFromZero
  }

  package static let name = "layer-norm"
  package static let type = "LayerNorm"

  package static func subject(of type: any Any.Type) -> (any LayerNormKata)? {
    (type as? any LayerNormKata.Type)?.init()
  }

  package static func answer(
    of subject: any LayerNormKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    switch script {
    case .everything:
      let outputs = Part(
        "forward", forward(of: subject, fixture, at: fixture.inputs), axes: "rows × features")
      if let before = fixture.before { _ = forward(of: subject, fixture, at: before) }
      return [outputs] + backward(of: subject, fixture)
    case .forward:
      return [
        Part("forward", forward(of: subject, fixture, at: fixture.inputs), axes: "rows × features")
      ]
    case .backward: return backward(of: subject, fixture)
    case .ownSlope:
      return backward(of: subject, fixture) + [
        losses(of: subject, around: \.beta, "β", fixture),
        losses(of: subject, around: \.gamma, "γ", fixture),
        losses(of: subject, around: \.inputs, "X", fixture),
      ]
    case .firstRow:
      var alone = fixture
      alone.inputs = fixture.inputs.row(0)
      alone.upstream = fixture.upstream.row(0)
      return answer(of: subject, to: .everything, on: alone)
    case .farFromZero:
      var moved = fixture
      moved.inputs += 1e6
      return [fixture, moved].flatMap { answer(of: subject, to: .everything, on: $0) }
    }
  }

  private static func forward(
    of subject: any LayerNormKata, _ fixture: Fixture, at inputs: Matrix
  ) -> Matrix {
    subject.forward(inputs, gamma: fixture.gamma, beta: fixture.beta, epsilon: fixture.epsilon)
  }

  private static func backward(of subject: any LayerNormKata, _ fixture: Fixture) -> [Part] {
    let gradient = subject.backward(
      upstream: fixture.upstream, inputs: fixture.inputs, gamma: fixture.gamma,
      epsilon: fixture.epsilon)
    return [
      Part("dβ", gradient.beta, axes: "1 × features"),
      Part("dγ", gradient.gamma, axes: "1 × features"),
      Part("dX", gradient.inputs, axes: "rows × features"),
    ]
  }

  private static func losses(
    of subject: any LayerNormKata, around path: WritableKeyPath<Fixture, Matrix>, _ symbol: String,
    _ fixture: Fixture
  ) -> Part {
    var moved = fixture
    let values = Slopes.values(
      of: { point in
        moved[keyPath: path] = point
        return fixture.upstream.loss(of: forward(of: subject, moved, at: moved.inputs))
      }, around: fixture[keyPath: path])
    return Part("losses around \(symbol)", values)
  }
}
