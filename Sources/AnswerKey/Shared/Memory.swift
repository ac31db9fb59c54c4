package import Grading
package import KataKit

/// What a reference keeps from call to call, where keeping something is the mistake.
package final class Memory<Value> {
  package var last: Value?

  package init() {}
}

extension Memory<Matrix> {
  /// The last matrix where it has the shape of `matrix`; an attempt could not go on with another.
  package func last(like matrix: Matrix) -> Matrix? { last?.shape == matrix.shape ? last : nil }

  /// What the method `back` answers from, which is handed all that it needs; `forward` is the method
  /// that is called before.
  package static func source(
    of back: String, after forward: String, handed: String
  ) -> Site<(handed: Matrix, memory: Memory<Matrix>), Matrix> {
    Site("source") {
      $0.handed
    } mistakes: {
      Mistake(
        "last-call-remembered",
        "Your \(back) uses what the last call of \(forward) left behind; use the \(handed) passed to \(back)."
      ) { $0.memory.last(like: $0.handed) }
    }
  }
}
