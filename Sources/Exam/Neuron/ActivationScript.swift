import KataKit

/// What an activation is asked, as far as it has the methods.
package enum ActivationScript: String, CaseIterable, Sendable {
  case everything, value, slope, backward
  /// The slope, and the attempt's own value around every entry.
  case ownSlope
  /// Value and slope at z and at −z.
  case mirrored
  /// The step back from −3 times the upstream gradient, and from the upstream gradient itself.
  case scaledUpstream
  /// Slope and step back at z, once the value at another matrix of the same shape has been asked for.
  case afterAnother
}

/// The methods of an activation, whatever its protocol is called.
struct ActivationMethods {
  let value, slope: (Matrix) -> Matrix
  /// From the upstream gradient and z, where there is a step back.
  var backward: ((Matrix, Matrix) -> Matrix)?
  /// What the step back has the shape of.
  var stepAxes = "as z"

  func answer(to script: ActivationScript, on fixture: ActivationFixture) -> [Part] {
    let (z, upstream) = (fixture.z, fixture.upstream)
    func both() -> [Part] {
      [Part("value", value(z), axes: "as z"), Part("slope", slope(z), axes: "as z")]
    }
    func step() -> [Part] {
      backward.map { [Part("backward", $0(upstream, z), axes: stepAxes)] } ?? []
    }
    switch script {
    case .everything: return both() + step()
    case .value: return [Part("value", value(z), axes: "as z")]
    case .slope: return [Part("slope", slope(z), axes: "as z")]
    case .backward: return step()
    case .ownSlope:
      let values = Slopes.values(of: { value($0).sum() }, around: z)
      return [Part("slope", slope(z), axes: "as z"), Part("values around z", values)]
    case .mirrored:
      return both() + [Part("value(−z)", value(-z)), Part("slope(−z)", slope(-z))]
    case .scaledUpstream:
      let scaled = backward.map { [Part("backward of −3·upstream", $0(-3 * upstream, z))] } ?? []
      return scaled + step()
    case .afterAnother:
      let other = Matrix(rows: z.rows, columns: z.columns, elements: z.elements.reversed())
      _ = value(other)
      return [Part("slope", slope(z), axes: "as z")] + step()
    }
  }
}
