import KataKit
import Numerics
import Testing

@testable import Grading

@Suite("The gradient check needs no reference")
struct GradientCheckTests {
  /// Smooth functions of one variable with their derivatives.
  private static let functions:
    [(name: String, f: @Sendable (Double) -> Double, slope: @Sendable (Double) -> Double)] = [
      ("square", { $0 * $0 }, { 2 * $0 }),
      ("cube", { $0 * $0 * $0 }, { 3 * $0 * $0 }),
      ("exp", { exp($0) }, { exp($0) }),
      ("sin", { sin($0) }, { cos($0) }),
      ("tanh", { tanh($0) }, { 1 - tanh($0) * tanh($0) }),
      ("softplus", { log1p(exp($0)) }, { 1 / (1 + exp(-$0)) }),
      ("inverse", { 1 / (3 + $0) }, { -1 / ((3 + $0) * (3 + $0)) }),
      ("steep", { exp(4 * $0) }, { 4 * exp(4 * $0) }),
    ]

  @Test("the error is never larger than its own bound, and small")
  func bound() {
    var generator = SeededGenerator(seed: 1)
    for (name, f, slope) in Self.functions {
      for _ in 0..<500 {
        let x = Double.random(in: -2...2, using: &generator)
        let numerical = NumericalGradient(at: [[x]], of: { f($0[0, 0]) })
        let error = abs(numerical.value[0, 0] - slope(x))
        #expect(error <= numerical.uncertainty[0, 0], "\(name) at \(x)")
        #expect(error <= 1e-9 * max(1, abs(slope(x))), "\(name) at \(x)")
      }
    }
  }

  private func verdict(_ analytic: Matrix, quantities: [Quantity] = []) -> GradientVerdict {
    let point: Matrix = [[1, -2], [0.5, 3]]
    return GradientVerdict(
      [Derivative("dW", analytic, at: point, of: { (0.5 * $0 * $0).sum() })],
      of: "the loss", quantities: quantities)
  }

  @Test("the derivative agrees")
  func right() {
    guard case .agrees(let error) = verdict([[1, -2], [0.5, 3]]) else {
      Issue.record("not agreed")
      return
    }
    #expect(error < 1e-9)
  }

  @Test(
    "a scaled derivative is told from what is no derivative",
    arguments: [
      (
        [[5.0, -10], [2.5, 15]],
        "Your gradient is the derivative of a differently scaled loss: 5 times the loss; the batch has 5 rows."
      ),
      (
        [[-1, 2], [-0.5, -3]], "Your gradient is the derivative of the loss with the opposite sign."
      ),
      ([[1, -2], [0.5, 2.9]], "Your gradient is not the derivative of the loss."),
      ([[0, 0], [0, 0]], "Your gradient is not the derivative of the loss."),
      ([[.nan, -2], [0.5, 3]], "Your gradient is not the derivative of the loss."),
    ])
  func wrong(rows: [[Double]], sentence: String) {
    guard
      case .differs(let finding) = verdict(
        Matrix(rows), quantities: [Quantity(5, "the batch has 5 rows")])
    else {
      Issue.record("not found out")
      return
    }
    #expect(finding.pattern == sentence)
    #expect(finding.message.contains("the numerical gradient says"))
  }

  @Test("an error of one part in a hundred thousand, in one entry, is found")
  func smallError() {
    guard case .differs = verdict([[1, -2], [0.5, 3 + 3e-5]]) else {
      Issue.record("not found out")
      return
    }
  }

  @Test("beside a kink it does not decide")
  func kink() {
    let verdict = GradientVerdict(
      [Derivative("dz", [[0.5]], at: [[1e-5]], of: { abs($0[0, 0]) })], of: "the loss",
      quantities: [])
    guard case .undecided = verdict else {
      Issue.record("decided")
      return
    }
  }

  @Test("a wrong shape is told, not compared")
  func shape() {
    guard case .differs(let finding) = verdict([[1, -2]]) else {
      Issue.record("not found out")
      return
    }
    #expect(finding.message == "dW is 1×2, expected 2×2")
  }
}
