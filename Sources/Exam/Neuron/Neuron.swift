package import KataKit

package enum NeuronExam: Exam {
  package typealias Subject = ([Double], Double, @escaping (Double) -> Double) -> any NeuronKata

  package struct Fixture: Codable, Sendable {
    package var weights: [Double]
    package var bias: Double
    package var activation: Activation
    /// n × inputs.
    package var batch: Matrix

    package init(weights: [Double], bias: Double, activation: Activation, batch: Matrix) {
      (self.weights, self.bias) = (weights, bias)
      (self.activation, self.batch) = (activation, batch)
    }
  }

  /// z ↦ scale·tanh(z) + slope·z + shift, which has no name unless it is the identity.
  package struct Activation: Codable, Sendable {
    package static let identity = Activation(scale: 0, slope: 1, shift: 0)

    let scale, slope, shift: Double

    package init(scale: Double, slope: Double, shift: Double) {
      (self.scale, self.slope, self.shift) = (scale, slope, shift)
    }

    func value(at z: Double) -> Double { scale * tanh(z) + slope * z + shift }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything
    /// Every row of the batch as an example by itself.
    case single
    case batch
    /// Everything, once another neuron with other weights has been made.
    case twoAtOnce
    /// Everything, once other examples of the same sizes have been answered.
    case afterAnother
  }

  package static let name = "neuron"
  package static let type = "Neuron"

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any NeuronKata.Type else { return nil }
    return { type.init(weights: $0, bias: $1, activation: $2) }
  }

  package static func answer(
    of subject: Subject, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let (batch, activation) = (fixture.batch, fixture.activation)
    let neuron = subject(fixture.weights, fixture.bias, activation.value)
    func single() -> [Part] {
      (0..<batch.rows).map {
        Part("output for row \($0)", neuron.output(for: batch.row($0).elements))
      }
    }
    func all() -> [Part] { [Part("outputs", neuron.outputs(for: batch), axes: "n × 1")] }
    switch script {
    case .everything: return single() + all()
    case .single: return single()
    case .batch: return all()
    case .afterAnother:
      _ = neuron.output(for: batch.row(0).elements.map(-))
      _ = neuron.outputs(for: -batch)
      return single() + all()
    case .twoAtOnce:
      _ = subject(fixture.weights.map(-), -fixture.bias) { -$0 }
      return single() + all()
    }
  }
}
