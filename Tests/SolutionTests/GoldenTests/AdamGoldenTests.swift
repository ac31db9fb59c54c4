import Curriculum
import Grading
import KataKit
import Testing

@testable import Solutions

@Test("adam: optax agrees with the reference and the solution")
func adamGoldens() throws {
  for golden in try Golden("adam").cases {
    var settings = AdamSettings()
    settings.learningRate = try golden.input("learningRate")[0, 0]
    settings.beta1 = try golden.input("beta1")[0, 0]
    settings.beta2 = try golden.input("beta2")[0, 0]
    settings.epsilon = try golden.input("epsilon")[0, 0]
    let solution = Adam(
      learningRate: settings.learningRate, beta1: settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon)

    for subject in [AdamSuite.reference(making: [])(settings), solution] {
      let author = "\(type(of: subject))"
      var optimiser = subject
      let count = (1...3).prefix { golden.inputs["theta\($0)_0"] != nil }.count
      var parameters = try (1...count).map { try golden.input("theta\($0)_0") }
      var t = 1
      while golden.inputs["g1_\(t)"] != nil {
        optimiser.step(
          &parameters, gradients: try (1...count).map { try golden.input("g\($0)_\(t)") })
        for p in 1...count {
          try golden.expect(parameters[p - 1], is: "theta\(p)_\(t)", by: author)
        }
        t += 1
      }
      #expect(t > 4, "\(golden.name)")
    }
  }
}
