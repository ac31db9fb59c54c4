package import KataKit

package enum ReLUDerivativeExam: Exam {
  package enum Script: String, CaseIterable, Sendable {
    case everything, value, slope, backward
    /// The slope, and the attempt's own value around every entry.
    case ownSlope
    /// The step back from −3 times the upstream gradient, and from the upstream gradient itself.
    case scaledUpstream
  }

  package static let name = "relu-derivative"
  package static let type = "ReLUDerivative"

  package static func subject(of type: any Any.Type) -> (any ReLUDerivativeKata)? {
    (type as? any ReLUDerivativeKata.Type)?.init()
  }

  package static func answer(
    of subject: any ReLUDerivativeKata, to script: Script, on fixture: ActivationFixture
  ) -> [Part] {
    let (z, upstream) = (fixture.z, fixture.upstream)
    func value() -> Part { Part("value", subject.value(at: z), axes: "as z") }
    func slope() -> Part { Part("slope", subject.slope(at: z), axes: "as z") }
    func backward() -> Part {
      Part("backward", subject.backward(upstream: upstream, z: z), axes: "as z")
    }
    switch script {
    case .everything: return [value(), slope(), backward()]
    case .value: return [value()]
    case .slope: return [slope()]
    case .backward: return [backward()]
    case .ownSlope:
      let values = Slopes.values(of: { subject.value(at: $0).sum() }, around: z)
      return [slope(), Part("values around z", values)]
    case .scaledUpstream:
      return [
        Part("backward of −3·upstream", subject.backward(upstream: -3 * upstream, z: z)),
        backward(),
      ]
    }
  }
}
