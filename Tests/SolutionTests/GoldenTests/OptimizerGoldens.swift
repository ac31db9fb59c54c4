import KataKit
import Testing

extension Golden.Case {
  func number(_ name: String) throws -> Double { try input(name)[0, 0] }

  /// theta1_0, theta2_0 … moved by g1_t, g2_t … are theta1_t, theta2_t … after every step t.
  func expectSteps(of subjects: any Optimizer...) throws {
    for subject in subjects {
      let author = "\(type(of: subject))"
      var optimizer = subject
      let count = (1...3).prefix { inputs["theta\($0)_0"] != nil }.count
      var parameters = try (1...count).map { try input("theta\($0)_0") }
      var t = 1
      while inputs["g1_\(t)"] != nil {
        optimizer.step(&parameters, gradients: try (1...count).map { try input("g\($0)_\(t)") })
        for p in 1...count { try expect(parameters[p - 1], is: "theta\(p)_\(t)", by: author) }
        t += 1
      }
      #expect(t > 4, "\(name)")
    }
  }
}
