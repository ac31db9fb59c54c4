import Grading
import KataKit

// Statistics do not say which draw is where, so every order of filling answers the same.
extension HeInitSuite {
  static let varianceRatio = "s²/(2/fanIn)"
  static let distanceToNormal = "distance to a normal"

  /// How large the biases are, and how many different ones there are: zeros are one number.
  static func size(ofBiases biases: Matrix) -> [Block] {
    let count = Double(max(1, biases.count))
    let meanSquare = biases.elements.reduce(0) { $0 + $1 * $1 } / count
    return [
      // Those of two samples of n normal biases differ by less than 6.11·√2·√(1/2n) of either.
      Block(
        "root mean square of the biases", meanSquare.squareRoot(),
        acceptance: .between(0...1e-9, noise: min(1, Chance.deviations / count.squareRoot()))),
      Block("share of different biases", Sample(biases.elements).distinctShare),
    ]
  }

  /// Shares that tell copies from draws. A few equal weights may come of draws that are cut off.
  static func copies(in weights: Matrix, _ sample: Sample) -> [Block] {
    func block(_ name: String, _ share: Double, _ range: ClosedRange<Double>) -> Block {
      Block("share of " + name, share, acceptance: .between(range, noise: 0.01))
    }
    let count = Double(max(1, weights.count))
    let unreal = Double(weights.elements.count { !$0.isFinite })
    let zeros = Double(weights.elements.count { $0 == 0 })
    let units = weights.transposed
    return [
      block("weights that are not finite", unreal / count, 0...0),
      block("weights that are 0", zeros / count, 0...0.01),
      block("different weights", sample.distinctShare, 0.9...1),
      block("different rows", weights.columns > 1 ? weights.distinctRowShare : 1, 1...1),
      block("different columns", weights.rows > 1 ? units.distinctRowShare : 1, 1...1),
    ]
  }

  /// Spread, location, form and independence, each with what two samples of one size may differ by.
  ///
  /// Copies are not judged, because too little was drawn.
  static func distribution(of weights: Matrix, _ sample: Sample, fanIn: Int) -> [Block] {
    let count = Double(max(1, weights.count))
    let isJudged = !(sample.distinctShare < 0.9)
    /// A statistic that has the standard deviation `deviation` from sample to sample.
    func block(
      _ name: String, _ value: Double, orIfCopied neutral: Double, in range: ClosedRange<Double>,
      deviation: Double
    ) -> Block {
      let value = isJudged ? value : neutral
      // Four deviations of a difference: what differs by more is two mistakes, what by less may be one.
      let noise = 4 * 2.squareRoot() * deviation / max(abs(value), deviation)
      return Block(name, value, acceptance: .between(range, noise: min(1, noise)))
    }
    let ratio = sample.variance / (2 / Double(fanIn))
    let standard = -Chance.deviations...Chance.deviations
    let farthest = truncatedDistance + Chance.distance(count: weights.count)
    return [
      block(
        varianceRatio, ratio, orIfCopied: 1, in: Chance.varianceRatios(count: weights.count),
        deviation: ratio * (2 / count).squareRoot()),
      block(
        "mean·√n/s", sample.standardizedMean, orIfCopied: 0, in: standard,
        // Where the mean is not 0, the chance that is in s counts too.
        deviation: 1 + abs(sample.standardizedMean) / count.squareRoot()),
      block(
        distanceToNormal, sample.distanceToNormal, orIfCopied: 0, in: 0...farthest,
        deviation: 0.002),
      block("kurtosis", sample.kurtosis, orIfCopied: 3, in: kurtoses, deviation: 0.03),
      block(
        "correlation along rows·√n", weights.neighbourCorrelation(sample), orIfCopied: 0,
        in: standard, deviation: 1),
      block(
        "correlation along columns·√n", weights.transposed.neighbourCorrelation(sample),
        orIfCopied: 0, in: standard, deviation: 1),
    ]
  }

  /// How far from the normal of its own variance the normal is that ends at two deviations, as that of
  /// many initialisers does. It counts as normal, so this much is granted on top of chance. Uniform
  /// draws, at 0.0572, are caught all the same: 0.0553 was the least of 1500 samples of 30 000.
  private static let truncatedDistance = 0.0167

  /// 3 is the normal's kurtosis and 2.37 that of the normal that ends at two deviations; samples of
  /// 30 000 stay within 0.03 with a probability of ⅔. Uniform draws have 1.8.
  private static let kurtoses = 2.2...3.6

  /// The spread of few draws, judged no finer than two such samples may differ by chance.
  ///
  /// A layer of the wrong shape has to be mended first.
  static func roughSpread(
    of layer: DenseLayer, _ sample: Sample, _ fixture: InitFixture
  ) -> Block {
    let isJudged =
      layer.weights.shape == Shape(rows: fixture.fanIn, columns: fixture.fanOut)
      && layer.biases.shape == Shape(rows: 1, columns: fixture.fanOut)
      && layer.weights.count >= 500 && !(sample.distinctShare < 0.9)
    let deviation = (4 / Double(max(1, layer.weights.count))).squareRoot()
    return Block(
      varianceRatio, isJudged ? sample.variance / (2 / Double(fixture.fanIn)) : 1,
      acceptance: .near(relative: exp(Chance.deviations * deviation) - 1, absolute: 0))
  }

  /// Whether the draws come from the generator; 1 is yes. The first no leaves the others open, and so
  /// does one number in every place.
  static func source(
    of subject: any HeInitKata, _ fixture: InitFixture, _ sample: Sample,
    after generator: SeededGenerator
  ) -> [Block] {
    func bits(_ seed: UInt64) -> [UInt64] {
      var generator = SeededGenerator(seed: seed)
      let layer = subject.layer(fanIn: 5, fanOut: 3, using: &generator)
      return layer.weights.elements.map(\.bitPattern)
    }
    var (untouched, generator) = (SeededGenerator(seed: fixture.seed), generator)
    let isConstant = sample.distinctShare * Double(sample.elements.count) < 1.5
    let drawn = bits(fixture.seed)
    let repeats = isConstant || bits(fixture.seed) == drawn
    let changes = isConstant || !repeats || bits(~fixture.seed) != drawn
    let moves = isConstant || !repeats || !changes || generator.next() != untouched.next()
    return [
      Block("weights repeat with the generator", repeats ? 1 : 0),
      Block("weights change with the generator", changes ? 1 : 0),
      Block("the generator moves", moves ? 1 : 0),
    ]
  }
}
