package import KataKit

package enum SwiGLUExam: Exam {
  package struct Fixture: Codable, Sendable {
    package var x: Matrix
    /// inputs × hidden, as `w3`.
    package var w1: Matrix
    package var w3: Matrix
    /// hidden × outputs.
    package var w2: Matrix
    /// n × outputs.
    package var upstream: Matrix
    /// What silu is asked of by itself.
    package var z: Matrix

    package init(
      x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix, upstream: Matrix, z: Matrix
    ) {
      (self.x, self.w1, self.w3, self.w2) = (x, w1, w3, w2)
      (self.upstream, self.z) = (upstream, z)
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, silu, output, gradients
    /// The gradients of −3 times the upstream gradient.
    case scaledUpstream
    /// The output as it is, and with −3 times W₃.
    case scaledValue
    /// The output of all rows, and of each row alone.
    case rowByRow
  }

  package static let name = "swiglu"
  package static let type = "SwiGLU"

  package static func subject(of type: any Any.Type) -> (any SwiGLUKata)? {
    (type as? any SwiGLUKata.Type)?.init()
  }

  package static func answer(
    of subject: any SwiGLUKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    func output(_ name: String = "output", of fixture: Fixture) -> Part {
      let y = subject.forward(fixture.x, w1: fixture.w1, w3: fixture.w3, w2: fixture.w2)
      return Part(name, y, axes: "n × outputs")
    }
    func silu() -> Part { Part("silu", subject.silu(fixture.z), axes: "as z") }
    /// From the output back to the inputs.
    func gradients(_ upstream: Matrix) -> [Part] {
      let gradients = subject.backward(
        upstream: upstream, x: fixture.x, w1: fixture.w1, w3: fixture.w3, w2: fixture.w2)
      return [
        Part("dW₂", gradients.w2, axes: "as W₂"), Part("dW₃", gradients.w3, axes: "as W₃"),
        Part("dW₁", gradients.w1, axes: "as W₁"), Part("dX", gradients.x, axes: "as X"),
      ]
    }
    switch script {
    case .everything: return [silu(), output(of: fixture)] + gradients(fixture.upstream)
    case .silu: return [silu()]
    case .output: return [output(of: fixture)]
    case .gradients: return gradients(fixture.upstream)
    case .scaledUpstream: return gradients(-3 * fixture.upstream)
    case .scaledValue:
      var scaled = fixture
      scaled.w3 *= -3
      return [output(of: fixture), output("output of −3·W₃", of: scaled)]
    case .rowByRow:
      return [output(of: fixture)]
        + (0..<fixture.x.rows).map { row in
          var alone = fixture
          alone.x = fixture.x.row(row)
          return output("output of row \(row)", of: alone)
        }
    }
  }
}
