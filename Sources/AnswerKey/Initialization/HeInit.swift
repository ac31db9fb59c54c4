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

  package static let distributionName = "the normal"

  package static func standardDistribution(_ w: Double) -> Double { Sample.normalDistribution(w) }

  private static let distanceToNormal = "distance to a normal"

  /// The normal's, however its mean and scale are.
  package static func form(of sample: Sample, _ fixture: DrawnLayerFixture) -> [Block] {
    let count = max(1, sample.elements.count)
    return [
      Samplers.statistic(
        distanceToNormal, sample.distanceToNormal,
        in: 0...truncatedDistance + Chance.distance(count: count),
        deviation: 0.4 / Double(count).squareRoot()),
      Samplers.statistic(
        "kurtosis", sample.kurtosis, in: kurtoses, deviation: (24 / Double(count)).squareRoot()),
    ]
  }

  /// How far from the normal of its own variance the normal is that ends at two deviations, as that of
  /// many initialisers does. It counts as normal, so this much is granted on top of chance. Uniform
  /// draws, at 0.0572, are caught all the same: 0.0553 was the least of 1500 samples of 30 000.
  private static let truncatedDistance = 0.0167

  /// 3 is the normal's kurtosis and 2.37 that of the normal that ends at two deviations; samples of
  /// 12 000 stay within √(24/12 000) = 0.045 with a probability of ⅔. Uniform draws have 1.8.
  private static let kurtoses = 2.2...3.6

  package static func praise(_ statistic: (String, Int) -> String) -> String {
    "variance \(statistic(varianceRatio, 4)) · \(varianceFormula), "
      + "\(distanceToNormal) \(statistic(distanceToNormal, 2))"
  }
}
