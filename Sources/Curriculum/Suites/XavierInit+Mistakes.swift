import Grading
import KataKit

/// What goes wrong with the weights.
package enum XavierInitSlip: String, ListedMistake {
  case precedence = "precedence"
  case deviationForBound = "deviation-for-bound"
  case boundForDeviation = "bound-for-deviation"
  case he = "he"
  case leCun = "le-cun"
  case rootOfFanInOnly = "one-over-root-fan-in"
  case fanOut = "fan-out"
  case fanAverage = "fan-average"
  case fanMeanOfIntegers = "fan-mean-of-integers"
  case fanProduct = "fan-product"
  case halfVariance = "half-variance"
  case tanhGain = "tanh-gain"
  case noRoot = "root-missing"
  case rootOfSixOnly = "root-of-six-only"
  case rootOfSumOnly = "root-of-sum-only"
  case inverted = "ratio-inverted"
  case halfWidth = "half-width"
  case one = "bound-one"
  case tenth = "bound-tenth"
  case hundredth = "bound-hundredth"
  case timesHundredth = "times-hundredth"
  case zero = "weights-zero"
  case normal = "normal-for-uniform"
  case uniformFromZero = "uniform-from-zero"

  package var sentence: String {
    switch self {
    case .precedence:
      "You divided by fanIn and then added fanOut; it takes parentheses: √(6/(fanIn + fanOut))."
    case .deviationForBound:
      "Your bound is √(2/(fanIn + fanOut)), the standard deviation; a uniform's bound is √3 times it."
    case .boundForDeviation:
      "You used √(6/(fanIn + fanOut)) as the standard deviation of a normal; draw uniformly."
    case .he:
      "You scaled by fanIn alone, as He does for ReLU; Xavier's bound is √(6/(fanIn + fanOut))."
    case .leCun:
      "You took LeCun's scale, for a variance of 1/fanIn; Xavier's is 2/(fanIn + fanOut)."
    case .rootOfFanInOnly: "Your bound is 1/√fanIn, the older rule; it is √(6/(fanIn + fanOut))."
    case .fanOut:
      "You divided by fanOut alone; divide by fanIn + fanOut."
    case .fanAverage:
      "Your scale is √2 times too large: divide by the sum of both fans, and take no gain for ReLU."
    case .fanMeanOfIntegers:
      "You halved fanIn + fanOut as an Int, which drops the ½ of an odd sum; divide Doubles."
    case .fanProduct:
      "You divided by the number of weights, fanIn·fanOut; divide by fanIn + fanOut."
    case .halfVariance:
      "You took 1/(fanIn + fanOut) for the variance; it is 2/(fanIn + fanOut), twice that."
    case .tanhGain: "You took the gain 5/3 for tanh; Xavier's bound has no gain."
    case .noRoot: "Your bound is 6/(fanIn + fanOut); take its square root."
    case .rootOfSixOnly: "Your bound is √6/(fanIn + fanOut); the root goes over the sum, too."
    case .rootOfSumOnly: "Your bound is 6/√(fanIn + fanOut); the root goes over the 6, too."
    case .inverted: "Your bound is √((fanIn + fanOut)/6); it is √(6/(fanIn + fanOut))."
    case .halfWidth:
      "Your bound is half of √(6/(fanIn + fanOut)); from −bound to bound is twice the bound."
    case .one: "Your bound is 1 whatever the fans are; it is √(6/(fanIn + fanOut))."
    case .tenth: "Your bound is 0.1 whatever the fans are; it is √(6/(fanIn + fanOut))."
    case .hundredth: "Your bound is 0.01 whatever the fans are; it is √(6/(fanIn + fanOut))."
    case .timesHundredth: "You scaled the weights by 0.01 on top of √(6/(fanIn + fanOut))."
    case .zero:
      "Your weights are all zero. (Between Ints 6 / (fanIn + fanOut) is 0; divide Doubles.)"
    case .normal: "You drew the weights from a normal distribution; draw them uniformly."
    case .uniformFromZero: "You drew uniformly from 0 upwards; draw between −bound and bound."
    }
  }

  package var site: String {
    switch self {
    case .normal, .uniformFromZero: "distribution"
    default: "scale"
    }
  }
}

extension XavierInitSuite {
  /// Weights between ±√(6/(fanIn + fanOut)), or what the mistakes make of them.
  static func draws(
    making mistakes: Set<XavierInitSlip>, _ shape: Shape, _ fanIn: Double, _ fanOut: Double,
    using generator: inout SeededGenerator
  ) -> Matrix {
    let bound = bound(making: mistakes, fanIn, fanOut)
    let (rows, columns) = (shape.rows, shape.columns)
    if mistakes.contains(.normal) || mistakes.contains(.boundForDeviation) {
      return .normal(
        rows: rows, columns: columns, standardDeviation: bound / 3.squareRoot(), using: &generator)
    }
    let lowest = mistakes.contains(.uniformFromZero) ? 0 : -bound
    return .uniform(rows: rows, columns: columns, in: lowest...bound, using: &generator)
  }

  private static func bound(
    making mistakes: Set<XavierInitSlip>, _ fanIn: Double, _ fanOut: Double
  ) -> Double {
    let sum = fanIn + fanOut
    let right = (6 / sum).squareRoot()
    return switch mistakes.first(where: { $0.site == "scale" }) {
    case .precedence: (6 / fanIn + fanOut).squareRoot()
    case .deviationForBound: (2 / sum).squareRoot()
    case .boundForDeviation: 3.squareRoot() * right
    case .he: (6 / fanIn).squareRoot()
    case .leCun: (3 / fanIn).squareRoot()
    case .rootOfFanInOnly: (1 / fanIn).squareRoot()
    case .fanOut: (6 / fanOut).squareRoot()
    case .fanAverage: (12 / sum).squareRoot()
    case .fanMeanOfIntegers: (3 / (sum / 2).rounded(.down)).squareRoot()
    case .fanProduct: (6 / (fanIn * fanOut)).squareRoot()
    case .halfVariance: (3 / sum).squareRoot()
    case .tanhGain: 5 / 3 * right
    case .noRoot: 6 / sum
    case .rootOfSixOnly: 6.squareRoot() / sum
    case .rootOfSumOnly: 6 / sum.squareRoot()
    case .inverted: (sum / 6).squareRoot()
    case .halfWidth: right / 2
    case .one: 1
    case .tenth: 0.1
    case .hundredth: 0.01
    case .timesHundredth: 0.01 * right
    case .zero: 0
    default: right
    }
  }
}
