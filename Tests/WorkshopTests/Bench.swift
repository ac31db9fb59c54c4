import BackwardAnswers
import Foundation
import GradeCommand
import Grading
import TestSupport
import Workshop

/// A checkout in which attempts at `backprop` do their worst, through the real compiler and the real
/// child process.
struct Bench {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws { checkout = try Checkout() }

  /// Grades a backprop whose body is `body`, with limits that are short enough for a test.
  func grade(_ body: String, also declarations: String = "", imports: String = "") throws -> Report
  {
    try grade(
      source: """
        import KataKit
        \(imports)
        struct Backprop: BackpropKata {
          func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
        \(body)
          }
        }
        \(declarations)
        """)
  }

  func grade(source: String, path: String? = nil) throws -> Report {
    try checkout.write(source, for: kata)
    return try gradeFile(checkout.project.attempt(kata))
  }

  func gradeFile(_ file: URL, asked: ([QuestionRecord]) -> Void = { _ in }) throws -> Report {
    var limits = RoomLimits()
    limits.processorSeconds = 1
    limits.silence = .seconds(2)
    let grader = try Grader(
      project: checkout.project, executable: Checkout.executable,
      path: ProcessInfo.processInfo.environment["PATH"], limits: limits)
    return try grader.grade(BackpropSuite.self, file: file, seed: 7, asked: asked)
  }

  /// Right, but for what `trap` does to the one-row case.
  static let solution = """
    var activations = [inputs]
    var logits = inputs
    for layer in layers {
      logits = activations[activations.count - 1].matmul(layer.weights) + layer.biases
      activations.append(maximum(logits, 0))
    }
    let exponentials = exp(logits - logits.max(axis: 1))
    var delta = (exponentials / exponentials.sum(axis: 1) - targets) / Double(inputs.rows)
    var gradients: [DenseGradient] = []
    for (layer, input) in zip(layers, activations).reversed() {
      gradients.append(
        DenseGradient(weights: input.transposed.matmul(delta), biases: delta.sum(axis: 0)))
      delta = delta.matmul(layer.weights.transposed) * (input .> 0)
    }
    return gradients.reversed()
    """
}
