package import Exam
package import Grading
import KataKit

package enum HeInitSuite: DrawnLayerSuite {
  package typealias Paper = HeInitExam

  package static let kata = Kata(
    Paper.self, title: "weights that keep the signal's size through ReLU",
    track: .initialization, minutes: 5)

  package static let varianceFormula = "2/fanIn"

  package static func variance(fanIn: Double, fanOut: Double) -> Double { 2 / fanIn }
}
