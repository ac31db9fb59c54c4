package import Grading
package import KataKit

/// The layer that is asked for, and the seed of the generator that is handed in.
package struct DrawnLayerFixture: Sendable {
  let fanIn: Int
  let fanOut: Int
  let seed: UInt64

  /// From here on a sample tells distributions apart.
  var isLarge: Bool { fanIn * fanOut >= 10_000 }
}

/// Draws a dense layer: fanIn, fanOut, and the generator.
package typealias LayerDraw = (Int, Int, inout SeededGenerator) -> DenseLayer

/// A kata that draws a dense layer: weights of one distribution, biases of zero.
package protocol DrawnLayerSuite: Suite where Subject == LayerDraw, Fixture == DrawnLayerFixture {
  /// The variance of a weight, and how it is written: "2/fanIn".
  static func variance(fanIn: Double, fanOut: Double) -> Double
  static var varianceFormula: String { get }

  /// What the distribution of the weights, its mean and variance apart, is told by.
  static func form(of sample: Sample, _ fixture: Fixture) -> [Block]

  /// What a large sample that is right is said to be, from a statistic's name and a number of digits.
  static func praise(_ statistic: (String, Int) -> String) -> String

  /// P(W ≤ w) of a weight of variance 1.
  static func standardDistribution(_ w: Double) -> Double
  /// "the normal".
  static var distributionName: String { get }
}

// Statistics do not say which draw is where, so every order of filling answers the same.
extension DrawnLayerSuite {
  static var varianceRatio: String { "s²/(\(varianceFormula))" }

  /// What can be said of the layer without regard to the order of its draws: in a large one how they
  /// are distributed, in a small one where they come from.
  package static func answer(of subject: Subject, to fixture: Fixture) -> [Block] {
    let layer = layer(of: subject, for: fixture)
    let sample = Sample(layer.weights.elements)
    let units = layer.weights.transposed
    let copies = copies(in: layer.weights, units, sample)
    let biases = size(ofBiases: layer.biases)
    if fixture.isLarge {
      return [
        Samplers.count("number of rows", layer.weights.rows, expected: fixture.fanIn),
        Samplers.count("number of columns", layer.weights.columns, expected: fixture.fanOut),
      ] + copies + distribution(of: layer.weights, units, sample, fixture) + biases
    }
    return shapes(of: layer) + biases + copies + source(of: subject, fixture, sample)
      + [roughSpread(of: layer, sample, fixture)]
  }

  package static var checks: [Check<Self>] {
    let small = Case<Fixture>("small layer") { generator in
      let sizes = generator.sizes(2, in: 24...40)
      return Fixture(fanIn: sizes[0], fanOut: sizes[1], seed: generator.next())
    }
    let single = Case<Fixture>("single output") { generator in
      Fixture(fanIn: generator.sizes(1, in: 24...40)[0], fanOut: 1, seed: generator.next())
    }
    let input = Case<Fixture>("single input") { generator in
      Fixture(fanIn: 1, fanOut: generator.sizes(1, in: 24...40)[0], seed: generator.next())
    }
    // So few inputs that one more or less shows.
    let few = Case<Fixture>("few inputs") { Fixture(fanIn: 3, fanOut: 2000, seed: $0.next()) }
    // From one to the other fanIn and fanOut change places in size, so that no wrong fan gives the same
    // ratios twice. Each has its own bounds, by the number of its draws.
    // The sum of the first two is odd, so that half of it is no integer.
    let wide = Case<Fixture>("300 × 101") { Fixture(fanIn: 300, fanOut: 101, seed: $0.next()) }
    let tall = Case<Fixture>("60 × 200") { Fixture(fanIn: 60, fanOut: 200, seed: $0.next()) }
    return [
      .shapes(on: small),
      .property("single output", on: single, holds: "weights n×1, bias 1×1") {
        (shapes(of: layer(of: $0, for: $1)), shapes(of: layer(of: reference(making: []), for: $1)))
      },
      .property("single input", on: input, holds: "weights 1×n, bias 1×n") {
        (shapes(of: layer(of: $0, for: $1)), shapes(of: layer(of: reference(making: []), for: $1)))
      },
      .property("biases", on: small, holds: "all zero") { subject, fixture in
        let biases = layer(of: subject, for: fixture).biases
        let zeros = Matrix(rows: biases.rows, columns: biases.columns)
        return ([Block("b", biases)], [Block("b", zeros)])
      },
      .property(
        "independent draws", on: small, holds: "no weight, row or column is a copy"
      ) { subject, fixture in
        let weights = layer(of: subject, for: fixture).weights
        let copies = copies(in: weights, weights.transposed, Sample(weights.elements))
        return (copies, copies.map(\.nearestAccepted))
      },
      .generator(of: "weights", on: small) { subject, fixture in
        source(of: subject, fixture, Sample(layer(of: subject, for: fixture).weights.elements))
      },
      .property("few inputs", on: few, holds: "3 × 2000 weights have their variance") {
        subject, fixture in
        let layer = layer(of: subject, for: fixture)
        let spread = Block(
          varianceRatio, roughRatio(of: layer, Sample(layer.weights.elements), fixture),
          acceptance: .between(Chance.varianceRatios(count: 6000), noise: 1))
        return ([spread], [spread.nearestAccepted])
      },
      statistics(on: wide, among: [small, wide, tall]),
      statistics(on: tall, among: [small, wide, tall]),
      .repeatable(on: small),
    ]
  }

  /// All three are listed for the diagnosis: on the small one it rules out most of what cannot be the
  /// mistake before it makes many draws for each, and no wrong fan is told from one large one alone.
  private static func statistics(
    on large: Case<Fixture>, among cases: [Case<Fixture>]
  ) -> Check<Self> {
    Check(large.name, on: cases) { (subject, seed) throws(Finding) in
      let answer = answer(of: subject, to: large.fixture(seed: seed))
      if let finding = answer.finding(against: answer.map(\.nearestAccepted)) { throw finding }
      return praise { name, digits in
        let block = answer.first { $0.name == name }
        return Numbers.brief(block?.value.elements.first ?? .nan, digits: digits)
      }
    }
  }

  /// The weights of a large layer beside those that belong there.
  package static func pictures(of subject: Subject, seed: UInt64) -> [Picture] {
    let fixture = Fixture(fanIn: 300, fanOut: 100, seed: seed)
    let sample = Sample(layer(of: subject, for: fixture).weights.elements)
    let deviation = variance(of: fixture).squareRoot()
    let spread = sample.variance.squareRoot()
    // Four deviations of what was drawn or of what belongs there, whichever are wider.
    let reach = 4 * (spread.isFinite ? max(deviation, spread) : deviation)
    let bins = 31
    let edges = (0...bins).map { (2 * Double($0) / Double(bins) - 1) * reach / deviation }
    let cumulative = edges.map(standardDistribution)
    return [
      .distribution(
        title: "300 × 100 weights, and \(distributionName) of variance \(varianceFormula)",
        low: -reach, high: reach, drawn: sample.shares(bins: bins, from: -reach, to: reach),
        expected: zip(cumulative.dropFirst(), cumulative).map { $0 - $1 })
    ]
  }

  // MARK: Blocks

  private static func layer(of subject: Subject, for fixture: Fixture) -> DenseLayer {
    var generator = SeededGenerator(seed: fixture.seed)
    return subject(fixture.fanIn, fixture.fanOut, &generator)
  }

  private static func variance(of fixture: Fixture) -> Double {
    variance(fanIn: Double(fixture.fanIn), fanOut: Double(fixture.fanOut))
  }

  private static func shapes(of layer: DenseLayer) -> [Block] {
    let anyNumber = Acceptance.between(-.infinity ... .infinity, noise: 0)
    return [
      Block("weights", layer.weights, axes: "inputs × outputs", acceptance: anyNumber),
      Block("biases", layer.biases, axes: "1 × outputs", acceptance: anyNumber),
    ]
  }

  /// How large the biases are, and how many different ones there are: zeros are one number.
  private static func size(ofBiases biases: Matrix) -> [Block] {
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

  /// Shares that tell copies from draws. A few equal weights may come of draws that are cut off.
  private static func copies(in weights: Matrix, _ units: Matrix, _ sample: Sample) -> [Block] {
    func block(_ name: String, _ share: Double, _ range: ClosedRange<Double>) -> Block {
      Block("share of " + name, share, acceptance: .between(range, noise: 0.01))
    }
    return [
      block("weights that are not finite", sample.unrealShare, 0...0),
      block("weights that are 0", sample.zeroShare, 0...0.01),
      block("weights of different size", sample.distinctShare, 0.9...1),
      block("different rows", weights.columns > 1 ? weights.distinctRowShare : 1, 1...1),
      block("different columns", weights.rows > 1 ? units.distinctRowShare : 1, 1...1),
    ]
  }

  /// Spread, location, form and independence, each with what two samples of one size may differ by.
  ///
  /// Copies are not judged, because too little was drawn.
  private static func distribution(
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
      ] + form(of: sample, fixture) + [
        Samplers.statistic(
          "correlation along rows·√n", weights.neighbourCorrelation(sample), in: standard,
          deviation: 1),
        Samplers.statistic(
          "correlation along columns·√n", units.neighbourCorrelation(sample), in: standard,
          deviation: 1),
      ]
    return sample.isCopied ? blocks.map { $0.unjudged } : blocks
  }

  /// How much the mean squares of the columns differ, over what chance makes of it: about 1.
  ///
  /// Of draws of variance σ² and kurtosis κ in n rows they have the variance (κ − 1)·σ⁴/n. With 100 columns
  /// the estimate of it, χ²/99, is out of this range with a probability of 1e-16.
  private static func spreadOfColumns(of weights: Matrix, _ sample: Sample) -> Block {
    var ratio = 1.0
    if weights.rows > 1, weights.columns > 1 {
      let centred = weights - sample.mean
      let meanSquares = (centred * centred).mean(axis: 0) - sample.variance
      let expected = (sample.kurtosis - 1) * sample.variance * sample.variance
      ratio =
        (meanSquares * meanSquares).sum() / Double(weights.columns - 1) * Double(weights.rows)
        / expected
    }
    return Samplers.statistic(
      "variance between columns", ratio, in: 0.2...5,
      deviation: ratio * (2 / Double(max(1, weights.columns - 1))).squareRoot())
  }

  /// The spread of few draws, judged no finer than two such samples may differ by chance.
  ///
  /// A layer of the wrong shape has to be mended first.
  private static func roughSpread(
    of layer: DenseLayer, _ sample: Sample, _ fixture: Fixture
  ) -> Block {
    let deviation = (4 / Double(max(1, layer.weights.count))).squareRoot()
    return Block(
      varianceRatio, roughRatio(of: layer, sample, fixture),
      acceptance: .near(relative: exp(Chance.deviations * deviation) - 1, absolute: 0))
  }

  /// s²/σ², or 1 where it says nothing.
  private static func roughRatio(
    of layer: DenseLayer, _ sample: Sample, _ fixture: Fixture
  ) -> Double {
    let isJudged =
      layer.weights.shape == Shape(rows: fixture.fanIn, columns: fixture.fanOut)
      && layer.biases.shape == Shape(rows: 1, columns: fixture.fanOut)
      && layer.weights.count >= 500 && !sample.isCopied
    return isJudged ? sample.variance / variance(of: fixture) : 1
  }

  /// Whether the draws come from the generator; one number in every place leaves it open.
  private static func source(
    of subject: Subject, _ fixture: Fixture, _ sample: Sample
  ) -> [Block] {
    Samplers.source(
      of: "weights", seed: fixture.seed,
      drawsNothing: sample.distinctShare * Double(sample.elements.count) < 1.5
    ) { [subject(5, 3, &$0).weights] }
  }
}

extension Sample {
  /// Whether so many elements are equal that they are no draws.
  fileprivate var isCopied: Bool { distinctShare < 0.9 }
}

extension Block {
  /// With a value that the block's range takes, the same for every such block.
  fileprivate var unjudged: Block {
    Block(name, value.map { _ in -.infinity }, acceptance: acceptance).nearestAccepted
  }
}
