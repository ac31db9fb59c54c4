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
    let z = pass.preActivations.enumerated().map {
      Part("Z".subscripted($0 + 1), $1, axes: "rows × outputs")
    }
    let a = pass.activations.enumerated().map {
      Part("A".subscripted($0), $1, axes: $0 == 0 ? "rows × inputs" : "rows × outputs")
    }
    return (0..<max(z.count, a.count)).flatMap { k in
      a.dropFirst(k).prefix(1) + z.dropFirst(k).prefix(1)
    }
  }
}
