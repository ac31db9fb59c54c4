package import Exam
package import KataKit
import Numerics

/// What one part of an answer is, whatever its numbers are.
package struct PartForm: Equatable, Sendable {
  package let name: String
  /// Nil where any will do: for what is evidence, and never judged.
  package let shape: Shape?

  package init(_ name: String, _ shape: Shape?) {
    self.name = name
    self.shape = shape
  }

  package init(_ part: Part) { self.init(part.name, part.value.shape) }
}

extension [Part] {
  /// The first place at which these are not the parts of this form, one by one and in their order.
  ///
  /// Whoever judges an answer may look at some of its numbers only; this looks at what it is made of.
  func finding(against form: [PartForm]) -> Finding? {
    for (part, expected) in zip(self, form) {
      if part.name != expected.name {
        return Finding("\(part.name) is where \(expected.name) is expected")
      }
      let block = Block(part)
      guard let shape = expected.shape, shape != part.value.shape else { continue }
      let zeros = Matrix(rows: shape.rows, columns: shape.columns)
      return block.shapeFinding(against: Block(part.name, zeros))
    }
    if count < form.count {
      return Finding("\(form[count].name) is missing: \(count) of \(form.count) are there")
    }
    return count > form.count ? Finding("\(self[form.count].name) is one too many") : nil
  }
}
