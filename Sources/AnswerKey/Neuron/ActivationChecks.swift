import Exam
import Grading
import KataKit
import Numerics

extension Derivative {
  /// The slope beside Σ f(z).
  static func slope(
    of parts: [Part], at z: Matrix, along f: @escaping (Matrix) -> Matrix
  ) -> Derivative { Derivative("slope", parts.value("slope"), at: z, of: { f($0).sum() }) }

  /// The slope beside the attempt's own value.
  static func ownSlope(of parts: [Part], at z: Matrix) -> Derivative {
    Derivative("slope", parts.value("slope"), at: z, values: parts.value("values around z"))
  }

  /// The step back beside Σ upstream ⊙ f(z).
  static func backward(
    of parts: [Part], on fixture: ActivationFixture, along f: @escaping (Matrix) -> Matrix
  ) -> Derivative {
    Derivative(
      "backward", parts.value("backward"), at: fixture.z,
      of: { (fixture.upstream * f($0)).sum() })
  }
}

extension Check {
  /// Of a script that takes the step back twice.
  static func linearInUpstream(on probe: Case<S.Fixture>, to script: S.Script) -> Self {
    .property(
      "linear in upstream", on: probe, to: script,
      holds: "−3 times the upstream, −3 times the result"
    ) { answered in
      let name = "backward of −3·upstream"
      return (
        [Block(name, answered.parts.value(name))],
        [Block(name, -3 * answered.parts.value("backward"))]
      )
    }
  }
}

extension Check
where S.Paper.Fixture == ActivationFixture, S.Paper.Script == ActivationScript {
  static var ofOwnValue: Self {
    .derivative("of your own value", on: .mixed, to: .ownSlope, of: "your value") {
      [.ownSlope(of: $0.parts, at: $0.fixture.z)]
    }.aside
  }
}
