package import Exam
package import Grading
import KataKit

package enum RMSNormSuite: Suite {
  package typealias Paper = RMSNormExam

  package static let kata = Kata(
    Paper.self, title: "To write: half a line", track: .regularization, minutes: 10)

  // To write: shapes first, then the reference in named parts, the numerical gradient where there is one,
  // edge cases and properties last. All sizes differ and none is 1 or 2, but in cases of their own.
  package static var checks: [Check<Self>] {
    [.shapes(on: general), .reference(on: general)]
  }

  private static let general = Case<Fixture>("value") { generator in
    let sizes = generator.sizes(2)
    return Fixture(
      inputs: .normal(rows: sizes[0], columns: sizes[1], using: &generator))
  }
}
