import Grading
import KataKit

extension HeInitSuite {
  package enum Slip: String, Mistake {
    case varianceForDeviation = "variance-for-deviation"
    case rootOfTwoOnly = "root-of-two-only"
    case rootOfFanInOnly = "root-of-fan-in-only"
    case leCun = "le-cun"
    case xavier = "xavier"
    case fanOut = "fan-out"
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
    case zero = "weights-zero"
    case uniform = "uniform-for-normal"
    case uniformWithinDeviation = "uniform-within-deviation"
    case uniformFromZero = "uniform-from-zero"
    case boundForDeviation = "bound-for-deviation"
    case biasesOne = "biases-one"
    case biasesHundredth = "biases-hundredth"
    case biasesDrawn = "biases-drawn"
    case biasesStandardNormal = "biases-standard-normal"
    case oneDraw = "one-draw"
    case rowsCopied = "rows-copied"
    case columnsCopied = "columns-copied"
    case generatorCopied = "generator-copied"
    case ownSeed = "own-seed"
    case otherSource = "other-source"
    case transposed = "weights-transposed"
    case biasesPerInput = "biases-per-input"
    case biasesColumn = "biases-column"

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
      case .truncated:
        "You cut the normal off at two deviations, which leaves 77% of the variance; rescale it."
      case .biasesOne: "Your biases are 1; they start at 0."
      case .biasesHundredth: "Your biases are 0.01; they start at 0."
      case .biasesDrawn: "You drew the biases; they start at 0."
      case .biasesStandardNormal: "You drew the biases from a standard normal; they start at 0."
      case .oneDraw: "All your weights are one and the same number; draw each of them."
      case .rowsCopied: "Every row of your weights is a copy of the first; draw all of them."
      case .columnsCopied:
        "Every column of your weights is a copy of the first, so all units would learn the same."
      case .generatorCopied:
        "You drew from a copy of the generator; the next layer would get the same weights."
      case .ownSeed:
        "You drew from a generator with a seed of your own; use the one that is handed in."
      case .otherSource:
        "Not all draws come from the generator handed in: two equal ones give different weights."
      case .transposed: "Your weights are fanOut × fanIn; rows are inputs, so fanIn × fanOut."
      case .biasesPerInput: "You made one bias for each input; it is one for each output."
      case .biasesColumn: "Your biases are a column; they are a row, 1 × fanOut."
      }
    }

    package var site: String {
      switch self {
      case .varianceForDeviation, .rootOfTwoOnly, .rootOfFanInOnly, .leCun, .xavier, .fanOut,
        .fanAverage, .fanProduct, .precedence, .inverted, .standardNormal, .tenth, .hundredth,
        .timesHundredth, .deviationAdded, .truncated, .zero, .uniformWithinDeviation,
        .boundForDeviation:
        "scale"
      case .uniform, .uniformFromZero: "distribution"
      case .biasesOne, .biasesHundredth, .biasesDrawn, .biasesStandardNormal: "biases"
      case .oneDraw, .rowsCopied, .columnsCopied: "copies"
      case .generatorCopied, .ownSeed, .otherSource: "generator"
      case .transposed: "weights' shape"
      case .biasesPerInput, .biasesColumn: "biases' shape"
      }
    }
  }

  /// He initialisation that can make any of the mistakes on purpose.
  struct Reference: HeInitKata {
    let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
      if makes(.generatorCopied) {
        var copy = generator
        return drawn(fanIn, fanOut, using: &copy)
      }
      if makes(.ownSeed) || makes(.otherSource) {
        var own = SeededGenerator(seed: makes(.ownSeed) ? 42 : .random(in: 0 ... .max))
        return drawn(fanIn, fanOut, using: &own)
      }
      return drawn(fanIn, fanOut, using: &generator)
    }

    private func drawn(
      _ fanIn: Int, _ fanOut: Int, using generator: inout SeededGenerator
    ) -> DenseLayer {
      let deviation = standardDeviation(Double(fanIn), Double(fanOut))
      let distributions: [Slip] = [.uniform, .uniformWithinDeviation, .uniformFromZero]
      let distribution = distributions.first(where: makes)
      let isTruncated = makes(.truncated) && !makes(.boundForDeviation)
      func draws(_ rows: Int, _ columns: Int) -> Matrix {
        let draws = Matrix(rows: rows, columns: columns).map { _ in
          draw(distribution, isTruncated: isTruncated, using: &generator)
        }
        return makes(.deviationAdded) ? draws + deviation : draws * deviation
      }
      let weights =
        if makes(.oneDraw) {
          Matrix(rows: fanIn, columns: fanOut) + draws(1, 1)
        } else if makes(.rowsCopied) {
          Matrix(rows: fanIn, columns: fanOut) + draws(1, fanOut)
        } else if makes(.columnsCopied) {
          Matrix(rows: fanIn, columns: fanOut) + draws(fanIn, 1)
        } else {
          draws(fanIn, fanOut)
        }
      var biases = Matrix(rows: 1, columns: makes(.biasesPerInput) ? fanIn : fanOut)
      if makes(.biasesOne) { biases += 1 }
      if makes(.biasesHundredth) { biases += 0.01 }
      if makes(.biasesDrawn) { biases = draws(1, biases.columns) }
      if makes(.biasesStandardNormal) { biases = biases.map { _ in generator.normal() } }
      return DenseLayer(
        weights: makes(.transposed) ? weights.transposed : weights,
        biases: makes(.biasesColumn) ? biases.transposed : biases)
    }

    private func standardDeviation(_ fanIn: Double, _ fanOut: Double) -> Double {
      let right = (2 / fanIn).squareRoot()
      if makes(.boundForDeviation) { return (6 / fanIn).squareRoot() }
      if makes(.varianceForDeviation) { return 2 / fanIn }
      if makes(.rootOfTwoOnly) { return 2.squareRoot() / fanIn }
      if makes(.rootOfFanInOnly) { return 2 / fanIn.squareRoot() }
      if makes(.leCun) { return (1 / fanIn).squareRoot() }
      if makes(.xavier) { return (2 / (fanIn + fanOut)).squareRoot() }
      if makes(.fanOut) { return (2 / fanOut).squareRoot() }
      if makes(.fanAverage) { return (4 / (fanIn + fanOut)).squareRoot() }
      if makes(.fanProduct) { return (2 / (fanIn * fanOut)).squareRoot() }
      if makes(.precedence) { return (2 / fanIn + fanOut).squareRoot() }
      if makes(.inverted) { return (fanIn / 2).squareRoot() }
      if makes(.standardNormal) { return 1 }
      if makes(.tenth) { return 0.1 }
      if makes(.hundredth) { return 0.01 }
      if makes(.timesHundredth) { return 0.01 * right }
      return makes(.zero) ? 0 : right
    }

    /// A draw before it is scaled.
    private func draw(
      _ distribution: Slip?, isTruncated: Bool, using generator: inout SeededGenerator
    ) -> Double {
      switch distribution {
      case .uniform: return (2 * generator.uniform() - 1) * 3.squareRoot()
      case .uniformWithinDeviation: return 2 * generator.uniform() - 1
      case .uniformFromZero: return generator.uniform()
      default:
        var draw = generator.normal()
        while isTruncated, abs(draw) > 2 { draw = generator.normal() }
        return draw
      }
    }
  }
}
