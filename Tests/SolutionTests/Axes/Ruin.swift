import Exam
import KataKit
import Numerics

@testable import Grading

/// An answer that is right except along one axis: what one kind of part is instead, and when.
struct Ruin {
  let axis: Axis
  /// "dW where inputs is a column".
  let name: String
  /// The kind of the parts that it ruins; nil for all of them.
  var kind: String?
  /// On which questions.
  var isMet: (AxisScene) -> Bool = { _ in true }
  /// What a part is, of which the number in its name is known.
  let change: (Part) -> Matrix

  /// The ruined answer; nil where it is the true one.
  func parts(of scene: AxisScene) -> [Part]? {
    guard isMet(scene) else { return nil }
    var hasChanged = false
    let parts = zip(scene.parts, scene.kinds).map { part, kind in
      guard self.kind == nil || self.kind == kind else { return part }
      let value = change(part)
      hasChanged = hasChanged || !value.isIdentical(to: part.value)
      return part.isList ? Part(part.name, value.elements) : Part(part.name, value, axes: part.axes)
    }
    return hasChanged ? parts : nil
  }

  /// Something else in every entry, whatever the entry.
  static func spoiled(_ value: Matrix) -> Matrix { value.map { -2 * $0 - 1 } }
}

extension Matrix {
  fileprivate func isIdentical(to other: Matrix) -> Bool {
    shape == other.shape
      && zip(elements, other.elements).allSatisfy { $0.bitPattern == $1.bitPattern }
  }
}
