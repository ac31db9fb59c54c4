import Grading
import KataKit

/// What goes wrong with the weights.
package enum HeInitSlip: String, ListedMistake {
  case varianceForDeviation = "variance-for-deviation"
  case rootOfTwoOnly = "root-of-two-only"
  case rootOfFanInOnly = "root-of-fan-in-only"
  case leCun = "le-cun"
  case xavier = "xavier"
  case fanOut = "fan-out"
  case oneInputLess = "fan-in-minus-one"
  case oneInputMore = "fan-in-plus-one"
  case fanAverage = "fan-average"
  case fanProduct = "fan-product"
  case precedence = "precedence"
  case inverted = "ratio-inverted"
  case standardNormal = "deviation-one"
  case tenth = "deviation-tenth"
  case hundredth = "deviation-hundredth"
  case timesHundredth = "times-hundredth"
  case deviationAdded = "deviation-added"
  case truncated = "truncated-not-rescaled"
  case clipped = "clipped-not-rescaled"
  case columnsNormalised = "columns-normalised"
  case rescaled = "rescaled-to-exact-variance"
  case zero = "weights-zero"
  case uniform = "uniform-for-normal"
  case uniformWithinDeviation = "uniform-within-deviation"
  case uniformFromZero = "uniform-from-zero"
  case boundForDeviation = "bound-for-deviation"

  package var sentence: String {
    switch self {
    case .varianceForDeviation:
      "You used the variance 2/fanIn as the standard deviation; take its square root."
    case .rootOfTwoOnly:
      "Your standard deviation is √2/fanIn; the root goes over fanIn, too: √(2/fanIn)."
    case .rootOfFanInOnly:
      "Your standard deviation is 2/√fanIn; the root goes over the 2, too: √(2/fanIn)."
    case .leCun:
      "Your variance is 1/fanIn (LeCun); ReLU drops half of it, so He takes 2/fanIn."
    case .xavier: "Your variance is 2/(fanIn + fanOut) (Xavier); He's is 2/fanIn."
    case .fanOut: "You divided by fanOut; the variance is 2/fanIn."
    case .oneInputLess: "You divided by fanIn − 1; the variance is 2/fanIn."
    case .oneInputMore: "You divided by fanIn + 1; the variance is 2/fanIn."
    case .fanAverage: "You divided by the mean of fanIn and fanOut; the variance is 2/fanIn."
    case .fanProduct:
      "You divided by the number of weights, fanIn·fanOut; the variance is 2/fanIn."
    case .precedence:
      "You computed √(2/fanIn + fanOut): division binds first. (He has no fanOut at all.)"
    case .inverted: "Your standard deviation is √(fanIn/2); it is √(2/fanIn)."
    case .standardNormal:
      "You did not scale the standard normal draws; multiply them by √(2/fanIn)."
    case .tenth: "Your standard deviation is 0.1 whatever fanIn is; it is √(2/fanIn)."
    case .hundredth:
      "Your standard deviation is 0.01 whatever fanIn is; it is √(2/fanIn)."
    case .timesHundredth: "You scaled the weights by 0.01 on top of √(2/fanIn)."
    case .deviationAdded:
      "You added √(2/fanIn) to the standard normal draws; multiply them by it."
    case .zero:
      "Your weights are all zero. (Between Ints 2 / fanIn is 0; divide Doubles.)"
    case .uniform:
      "You drew the weights uniformly; draw them from a normal distribution."
    case .uniformWithinDeviation:
      "You drew uniformly between −√(2/fanIn) and √(2/fanIn); draw a normal times √(2/fanIn)."
    case .uniformFromZero:
      "You drew uniformly from 0 upwards; draw from a normal distribution of mean 0."
    case .boundForDeviation:
      "You used √(6/fanIn) as the standard deviation; it bounds the uniform version."
    case .clipped:
      "You moved draws beyond two deviations onto that bound, which takes 8% of the variance."
    case .columnsNormalised:
      "You scaled every column to the same length; 2/fanIn is the variance of each weight by itself."
    case .rescaled:
      "You rescaled the weights to a variance of exactly 2/fanIn; of draws it is so on average only."
    case .truncated:
      "You cut the normal off at two deviations, which leaves 77% of the variance; rescale it."
    }
  }

  package var site: String {
    switch self {
    case .uniform, .uniformFromZero: "distribution"
    default: "scale"
    }
  }
}

extension HeInitSuite {
  /// Weights of the variance 2/fanIn, or of what the mistakes make of it.
  static func draws(
    making mistakes: Set<HeInitSlip>, _ shape: Shape, _ fanIn: Double, _ fanOut: Double,
    using generator: inout SeededGenerator
  ) -> Matrix {
    let deviation = standardDeviation(making: mistakes, fanIn, fanOut)
    let draws = standardDraws(making: mistakes, shape, using: &generator)
    if mistakes.contains(.columnsNormalised) {
      return draws / sqrt((draws * draws).sum(axis: 0)) * 2.squareRoot()
    }
    if mistakes.contains(.rescaled) {
      return draws * (deviation / Sample(draws.elements).variance.squareRoot())
    }
    return mistakes.contains(.deviationAdded) ? draws + deviation : draws * deviation
  }

  private static func standardDeviation(
    making mistakes: Set<HeInitSlip>, _ fanIn: Double, _ fanOut: Double
  ) -> Double {
    let right = (2 / fanIn).squareRoot()
    return switch mistakes.first(where: { $0.site == "scale" }) {
    case .boundForDeviation: (6 / fanIn).squareRoot()
    case .varianceForDeviation: 2 / fanIn
    case .rootOfTwoOnly: 2.squareRoot() / fanIn
    case .rootOfFanInOnly: 2 / fanIn.squareRoot()
    case .leCun: (1 / fanIn).squareRoot()
    case .xavier: (2 / (fanIn + fanOut)).squareRoot()
    case .fanOut: (2 / fanOut).squareRoot()
    case .oneInputLess: (2 / (fanIn - 1)).squareRoot()
    case .oneInputMore: (2 / (fanIn + 1)).squareRoot()
    case .fanAverage: (4 / (fanIn + fanOut)).squareRoot()
    case .fanProduct: (2 / (fanIn * fanOut)).squareRoot()
    case .precedence: (2 / fanIn + fanOut).squareRoot()
    case .inverted: (fanIn / 2).squareRoot()
    case .standardNormal: 1
    case .tenth: 0.1
    case .hundredth: 0.01
    case .timesHundredth: 0.01 * right
    case .zero: 0
    default: right
    }
  }

  /// Draws before they are scaled.
  private static func standardDraws(
    making mistakes: Set<HeInitSlip>, _ shape: Shape, using generator: inout SeededGenerator
  ) -> Matrix {
    let (rows, columns) = (shape.rows, shape.columns)
    func uniform(_ range: ClosedRange<Double>) -> Matrix {
      .uniform(rows: rows, columns: columns, in: range, using: &generator)
    }
    if mistakes.contains(.uniform) { return uniform(-3.squareRoot()...3.squareRoot()) }
    if mistakes.contains(.uniformWithinDeviation) { return uniform(-1...1) }
    if mistakes.contains(.uniformFromZero) { return uniform(0...1) }
    let draws = Matrix.normal(rows: rows, columns: columns, using: &generator)
    if mistakes.contains(.clipped) { return draws.map { min(max($0, -2), 2) } }
    guard mistakes.contains(.truncated) else { return draws }
    return draws.map { draw in
      var draw = draw
      while abs(draw) > 2 { draw = generator.normal() }
      return draw
    }
  }
}
