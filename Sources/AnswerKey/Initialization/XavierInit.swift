package import Exam
package import Grading
import KataKit

package enum XavierInitSuite: DrawnLayerSuite {
  package typealias Paper = XavierInitExam

  package static let kata = Kata(
    Paper.self, title: "weights that keep the signal's size, forward and back",
    track: .initialization, minutes: 5)

  package static let varianceFormula = "2/(fanIn + fanOut)"

  package static func variance(fanIn: Double, fanOut: Double) -> Double { 2 / (fanIn + fanOut) }
}
