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

  package static let distributionName = "the uniform"

  package static func standardDistribution(_ w: Double) -> Double {
    Sample.uniformDistribution(w / 3.squareRoot())
  }

  private static let reach = "largest |w|/bound"

  /// The uniform's, between the bounds that belong there.
  package static func form(of sample: Sample, _ fixture: DrawnLayerFixture) -> [Block] {
    let count = Double(max(1, sample.elements.count))
    let bound = (6 / Double(fixture.fanIn + fixture.fanOut)).squareRoot()
    let kurtosis = sample.kurtosis
    // All of n draws are within the inner part 1 − δ of the bounds with a probability of (1 − δ)ⁿ.
    let gap = -log(Chance.falseAlarm) / count
    let largest = sample.largestMagnitude / bound
    return [
      Samplers.statistic(
        reach, largest, in: 1 - gap...1 + 1e-6,
        // The largest of normal draws varies by much more than that of uniform ones.
        deviation: (kurtosis < 2 ? gap / 4 : 0.1) * largest),
      Samplers.statistic(
        "distance to the uniform", sample.distanceToUniform(within: bound),
        in: 0...Chance.distance(count: sample.elements.count),
        deviation: 0.4 / count.squareRoot()),
      Samplers.statistic(
        "kurtosis", kurtosis, in: kurtoses, deviation: (24 / count).squareRoot()),
    ]
  }

  /// 1.8 is the uniform's kurtosis; samples of 12 000 stay within 0.011 of it with a probability of ⅔.
  private static let kurtoses = 1.7...1.9

  package static func praise(_ statistic: (String, Int) -> String) -> String {
    "bound \(statistic(reach, 4)) · √(6/(fanIn + fanOut)), "
      + "variance \(statistic(varianceRatio, 4))"
  }
}
