package import KataKit

package enum ForwardPassExam: Exam {
  package enum Script: String, CaseIterable, Sendable {
    case everything
    /// Everything, of the rows in another order.
    case permuted
    /// Everything, of every row twice.
    case doubled
  }

  package static let name = "forward-pass"
  package static let type = "ForwardPass"

  package static func subject(of type: any Any.Type) -> (any ForwardPassKata)? {
    (type as? any ForwardPassKata.Type)?.init()
  }

  package static func answer(
    of subject: any ForwardPassKata, to script: Script, on fixture: NetworkFixture
  ) -> [Part] {
    switch script {
    case .everything:
      parts(of: subject.forward(fixture.inputs, through: fixture.layers))
    case .permuted:
      answer(of: subject, to: .everything, on: fixture.gathered(fixture.rowsRotated))
    case .doubled:
      answer(of: subject, to: .everything, on: fixture.gathered(fixture.rowsTwice))
    }
  }

  /// A₀, Z₁, A₁, Z₂, A₂ … as the forward pass computes them.
  private static func parts(of pass: ForwardCache) -> [Part] {
    var parts: [Part] = []
    for k in 0..<max(pass.preActivations.count, pass.activations.count) {
      if k < pass.activations.count {
        parts.append(
          Part(
            "A".subscripted(k), pass.activations[k],
            axes: k == 0 ? "rows × inputs" : "rows × outputs"))
      }
      if k < pass.preActivations.count {
        parts.append(
          Part("Z".subscripted(k + 1), pass.preActivations[k], axes: "rows × outputs"))
      }
    }
    return parts
  }
}
