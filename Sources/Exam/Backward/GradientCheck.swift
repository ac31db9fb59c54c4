package import KataKit

package enum GradientCheckExam: Exam {
  /// A loss at a point, and what is asked there: the differences for a step, or whether claims are right.
  package struct Fixture: Codable, Sendable {
    package var loss: Loss
    package var point: Matrix
    package var step: Double
    /// What somebody says the gradient is; of the shape of the point.
    package var claims: [Matrix]

    package init(loss: Loss, point: Matrix, step: Double = 0, claims: [Matrix] = []) {
      self.loss = loss
      self.point = point
      self.step = step
      self.claims = claims
    }
  }

  /// A function of a point w.
  package enum Loss: Codable, Sendable {
    case constant(Double)
    /// Σ w³.
    case cube
    /// Σ c(w − m)².
    case parabola(curvature: Matrix, minimum: Matrix)
    /// Logistic regression with several outputs: factor times the mean over the rows of
    /// Σ ln(1 + e^z) − t·z, Z = X·W.
    case regression(inputs: Matrix, targets: Matrix, factor: Double)

    package func value(at w: Matrix) -> Double {
      switch self {
      case .constant(let value): return value
      case .cube: return w.map { $0 * $0 * $0 }.sum()
      case .parabola(let curvature, let minimum):
        return (curvature * (w - minimum) * (w - minimum)).sum()
      case .regression(let inputs, let targets, let factor):
        let z = inputs.matmul(w)
        let terms = maximum(z, 0) + log(1 + exp(-abs(z))) - targets * z
        return factor * terms.sum() / Double(inputs.rows)
      }
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    /// The numerical gradient, and the points at which it asked for the loss.
    case differences
    /// A 1 for every claim that is called right, and another where the loss was asked for at all.
    case verdicts
  }

  package static let name = "gradient-check"
  package static let type = "GradientCheck"

  package static func subject(of type: any Any.Type) -> (any GradientCheckKata)? {
    (type as? any GradientCheckKata.Type)?.init()
  }

  package static func answer(
    of subject: any GradientCheckKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let (loss, point) = (fixture.loss, fixture.point)
    switch script {
    case .differences:
      var asked: [Matrix] = []
      let gradient = subject.numericalGradient(
        of: { moved in
          // More are never needed to say what is odd about them.
          if asked.count < 8 * point.count, moved.shape == point.shape { asked.append(moved) }
          return loss.value(at: moved)
        }, at: point, step: fixture.step)
      let rows = Matrix(
        rows: asked.count, columns: point.count, elements: asked.flatMap(\.elements))
      return [Part("numerical gradient", gradient, axes: "as the point"), Part("asked", rows)]
    case .verdicts:
      var isAsked = false
      let verdicts = fixture.claims.map { claim in
        let isRight = subject.isCorrect(
          claim,
          of: { moved in
            isAsked = true
            return loss.value(at: moved)
          }, at: point)
        return isRight ? 1.0 : 0
      }
      return [Part("verdicts", verdicts), Part("asked", isAsked ? 1 : 0)]
    }
  }
}
