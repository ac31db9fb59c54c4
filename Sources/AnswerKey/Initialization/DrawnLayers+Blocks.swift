import Exam
import Grading
import KataKit
import Numerics
import SharedAnswers

/// What is judged of a layer.
extension DrawnLayerSuite {
  static func layer(in answer: [Part]) -> DenseLayer {
    DenseLayer(weights: answer.value("weights"), biases: answer.value("biases"))
  }

  static func variance(of fixture: Fixture) -> Double {
    variance(fanIn: Double(fixture.fanIn), fanOut: Double(fixture.fanOut))
  }

  /// How large the biases are, and how many different ones there are: zeros are one number.
  static func size(ofBiases biases: Matrix) -> [Block] {
    let count = Double(max(1, biases.count))
    let meanSquare = biases.elements.reduce(0) { $0 + $1 * $1 } / count
    return [
      // Those of two samples of n normal biases differ by less than 6.11·√2·√(1/2n) of either.
      Block(
        "root mean square of the biases", meanSquare.squareRoot(),
        acceptance: .between(0...1e-9, noise: min(1, Chance.deviations / count.squareRoot()))),
      Block(
        "share of different biases", Sample(biases.elements).distinctShare,
        acceptance: .between(0...1 / count, noise: 1e-9)),
    ]
  }

  static var copiesNames: [String] {
    [
      "weights that are not finite", "weights that are 0", "weights of different size",
      "different rows", "different columns",
    ].map { "share of " + $0 }
  }

  /// Shares that tell copies from draws. A few equal weights may come of draws that are cut off.
  static func copies(in weights: Matrix, _ units: Matrix, _ sample: Sample) -> [Block] {
    let shares: [(Double, ClosedRange<Double>)] = [
      (sample.unrealShare, 0...0),
      (sample.zeroShare, 0...0.01),
      (sample.distinctShare, 0.9...1),
      (weights.columns > 1 ? weights.distinctRowShare : 1, 1...1),
      (weights.rows > 1 ? units.distinctRowShare : 1, 1...1),
    ]
    return zip(copiesNames, shares).map { name, share in
      Block(name, share.0, acceptance: .between(share.1, noise: 0.01))
    }
  }

  /// Spread, location, form and independence, each with what two samples of one size may differ by.
  ///
  /// Copies are not judged, because too little was drawn.
  static func spread(
    of weights: Matrix, _ units: Matrix, _ sample: Sample, _ fixture: Fixture
  ) -> [Block] {
    let count = Double(max(1, weights.count))
    let ratio = sample.variance / variance(of: fixture)
    let standard = -Chance.deviations...Chance.deviations
    let blocks =
      [
        Samplers.statistic(
          varianceRatio, ratio, in: Chance.varianceRatios(count: weights.count),
          deviation: ratio * (2 / count).squareRoot()),
        Samplers.statistic(
          "mean·√n/s", sample.standardizedMean, in: standard,
          // Where the mean is not 0, the chance that is in s counts too.
          deviation: 1 + abs(sample.standardizedMean) / count.squareRoot()),
        // The density of the ratio at 1 is √(n/4π) for normal draws, 49 for n = 30 000, and up to 1.6 times
        // that for uniform ones, so that chance comes so near with a probability of 8e-10 at most.
        Block(
          "|\(varianceRatio) − 1|", abs(ratio - 1),
          acceptance: .between(5e-12 ... .infinity, noise: 1)),
        spreadOfColumns(of: weights, sample),
        spreadOfSums("rows", weights.sum(axis: 1), of: weights.columns, sample),
        spreadOfSums("columns", weights.sum(axis: 0), of: weights.rows, sample),
      ] + form(of: sample) + [
        Samplers.statistic(
          "correlation along rows·√n", weights.neighborCorrelation(sample), in: standard,
          deviation: 1),
        Samplers.statistic(
          "correlation along columns·√n", units.neighborCorrelation(sample), in: standard,
          deviation: 1),
      ]
    return sample.isCopied ? blocks.map { $0.unjudged } : blocks
  }

  /// How near the draws are to a normal or a uniform, whichever is nearer: the same for right draws of
  /// either, so that a mistake of the scale is named whatever was scaled.
  static func form(of sample: Sample) -> [Block] {
    let count = Double(max(1, sample.elements.count))
    return [
      Samplers.statistic(
        "distance to a normal or a uniform", sample.distance(to: sample.form),
        in: 0...truncatedDistance + Chance.distance(count: sample.elements.count),
        deviation: 0.4 / count.squareRoot()),
      Samplers.statistic(
        "distance of the kurtosis to 3 or 1.8",
        min(abs(sample.kurtosis - 3), abs(sample.kurtosis - 1.8)),
        in: 0...0.8, deviation: (24 / count).squareRoot()),
    ]
  }

  /// How far from the normal of its own variance the normal is that ends at two deviations, as that of
  /// many initializers does. It is accepted, so this much is granted on top of chance.
  static var truncatedDistance: Double { 0.0167 }

  /// How much the mean squares of the columns differ, over what chance makes of it: about 1.
  ///
  /// Of draws of variance σ² and kurtosis κ in n rows they have the variance (κ − 1)·σ⁴/n. With 100 columns
  /// the estimate of it, χ²/99, is out of this range with a probability of 1e-16.
  static func spreadOfColumns(of weights: Matrix, _ sample: Sample) -> Block {
    var ratio = 1.0
    if weights.rows > 1, weights.columns > 1 {
      let centered = weights - sample.mean
      let meanSquares = (centered * centered).mean(axis: 0) - sample.variance
      let expected = (sample.kurtosis - 1) * sample.variance * sample.variance
      ratio =
        (meanSquares * meanSquares).sum() / Double(weights.columns - 1) * Double(weights.rows)
        / expected
    }
    return Samplers.statistic(
      "variance between columns", ratio, in: 0.2...5,
      deviation: ratio * (2 / Double(max(1, weights.columns - 1))).squareRoot())
  }

  /// The variance of sums of n independent draws is n·σ²: rows or columns that are centered have none.
  static func spreadOfSums(
    _ name: String, _ sums: Matrix, of count: Int, _ sample: Sample
  ) -> Block {
    let expected = Double(count) * sample.variance
    let ratio = sums.count > 1 && expected > 0 ? Sample(sums.elements).variance / expected : 1
    return Samplers.statistic(
      "variance of the sums of \(name)", ratio, in: Chance.varianceRatios(count: sums.count),
      deviation: ratio * (2 / Double(max(1, sums.count))).squareRoot())
  }

  /// The spread of few draws, judged no finer than two such samples may differ by chance.
  ///
  /// A layer of the wrong shape has to be mended first.
  static func roughSpread(
    of layer: DenseLayer, _ sample: Sample, _ fixture: Fixture
  ) -> Block {
    let deviation = (4 / Double(max(1, layer.weights.count))).squareRoot()
    return Block(
      varianceRatio, roughRatio(of: layer, sample, fixture),
      acceptance: .near(relative: exp(Chance.deviations * deviation) - 1, absolute: 0))
  }

  /// s²/σ², or 1 where it says nothing.
  static func roughRatio(
    of layer: DenseLayer, _ sample: Sample, _ fixture: Fixture
  ) -> Double {
    let isJudged =
      layer.weights.shape == Shape(rows: fixture.fanIn, columns: fixture.fanOut)
      && layer.biases.shape == Shape(rows: 1, columns: fixture.fanOut)
      && layer.weights.count >= 500 && !sample.isCopied
    return isJudged ? sample.variance / variance(of: fixture) : 1
  }

  /// Whether there is one number in every place, which leaves open where it comes from.
  static func drawsNothing(_ answer: [Part]) -> Bool {
    let sample = Sample(answer.value(Draws.once).elements)
    return sample.distinctShare * Double(sample.elements.count) < 1.5
  }
}

extension Sample {
  /// Whether so many elements are equal that they are no draws.
  var isCopied: Bool { distinctShare < 0.9 }
}

extension Block {
  /// With a value that the block's range takes, the same for every such block.
  fileprivate var unjudged: Block {
    Block(name, value.map { _ in -.infinity }, acceptance: acceptance).nearestAccepted
  }
}
