package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

extension DrawnLayerFixture {
  /// From here on a sample tells distributions apart.
  fileprivate var isLarge: Bool { fanIn * fanOut >= 10_000 }
}

/// A kata that draws a dense layer: weights of one variance, normal or uniform, and biases of zero.
package protocol DrawnLayerSuite: Suite where Paper: DrawnLayerExam {
  /// The variance of a weight, and how it is written: "2/fanIn".
  static func variance(fanIn: Double, fanOut: Double) -> Double
  static var varianceFormula: String { get }
}

// Statistics do not say which draw is where, so every order of filling answers the same.
extension DrawnLayerSuite {
  static var varianceRatio: String { "s²/(\(varianceFormula))" }

  /// What can be said of the layer without regard to the order of its draws: in a large one how they
  /// are distributed, in a small one where they come from.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    switch script {
    case .source:
      return Samplers.source(
        of: "weights", seed: fixture.seed, drawsNothing: drawsNothing(answer), from: answer)
    case .manyLayers:
      let sample = Sample(answer.value("weights").elements)
      let isJudged =
        sample.elements.count == Paper.manyLayers * fixture.fanIn * fixture.fanOut
        && !sample.isCopied
      let ratio = isJudged ? sample.variance / variance(of: fixture) : 1
      return [
        Samplers.statistic(
          varianceRatio, ratio, in: Chance.varianceRatios(count: sample.elements.count),
          deviation: ratio * (2 / Double(max(1, sample.elements.count))).squareRoot())
      ]
    case .layer:
      let layer = layer(in: answer)
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
      return answer.map { Block($0, acceptance: .anyNumber) } + biases + copies
        + [roughSpread(of: layer, sample, fixture)]
    }
  }

  package static var checks: [Check<Self>] {
    let small = Case<Fixture>("small layer") { generator in
      let sizes = generator.sizes(2, in: 24...40)
      return Fixture(fanIn: sizes[0], fanOut: sizes[1], seed: generator.next())
    }
    let single = Case<Fixture>("single output") { generator in
      Fixture(fanIn: generator.size(in: 6000...6500), fanOut: 1, seed: generator.next())
    }
    let input = Case<Fixture>("single input") { generator in
      Fixture(fanIn: 1, fanOut: generator.size(in: 6000...6500), seed: generator.next())
    }
    // So few inputs that one more or less shows.
    let few = sample("few inputs", 3, 2000)
    // So small that the ½ of an odd sum is a fifth of it.
    let tiny = sample("many small layers", 2, 3)
    // From one to the other fanIn and fanOut change places in size, so that no wrong fan gives the same
    // ratios twice. Each has its own bounds, by the number of its draws.
    // The sum of the first two is odd, so that half of it is no integer.
    let wide = sample("300 × 101", 300, 101)
    let tall = sample("60 × 200", 60, 200)
    return [
      .shapes(on: small, to: .layer),
      thin(on: single, holds: "weights n×1 of their variance, bias 1×1"),
      thin(on: input, holds: "weights 1×n of their variance, bias 1×n"),
      .property("biases", on: small, to: .layer, holds: "all zero") { answered in
        let biases = answered.parts.value("biases")
        return ([Block("b", biases)], [Block("b", biases * 0)])
      },
      .ranges(
        "independent draws", on: small, to: .layer, holds: "no weight, row or column is a copy",
        of: { copiesNames.contains($0.name) }),
      .generator(of: "weights", on: small, to: .source),
      .property(
        few.name, on: few, to: .layer, holds: "3 × 2000 weights have their mean and variance"
      ) { answered in
        let layer = layer(in: answered.parts)
        let sample = Sample(layer.weights.elements)
        let blocks = [
          Block(
            varianceRatio, roughRatio(of: layer, sample, answered.fixture),
            acceptance: .between(Chance.varianceRatios(count: 6000), noise: 1)),
          Block(
            "mean·√n/s", sample.standardizedMean,
            acceptance: .between(-Chance.deviations...Chance.deviations, noise: 1)),
        ]
        return (blocks, blocks.map(\.nearestAccepted))
      },
      Check<Self>.ranges(
        tiny.name, on: tiny, to: .manyLayers,
        holds: "\(Paper.manyLayers) layers of 2 × 3 have their variance"
      ).alsoDiagnosed(on: [few, wide, tall].map { Question(on: $0, to: .layer) }),
      // No wrong fan is told from one large layer alone.
      statistics(on: wide).alsoDiagnosed(on: [small, tall].map { Question(on: $0, to: .layer) }),
      statistics(on: tall).alsoDiagnosed(on: [small, wide].map { Question(on: $0, to: .layer) }),
    ]
  }

  private static func sample(_ name: String, _ fanIn: Int, _ fanOut: Int) -> Case<Fixture> {
    Case(name) { Fixture(fanIn: fanIn, fanOut: fanOut, seed: $0.next()) }.alone
  }

  /// A layer of a single row or column has its shape, its variance and its biases like any other.
  private static func thin(on probe: Case<Fixture>, holds: String) -> Check<Self> {
    .property(probe.name, on: probe, to: .layer, holds: holds) { answered in
      func judged(_ blocks: [Block]) -> [Block] {
        blocks.filter { !copiesNames.contains($0.name) }
      }
      return (judged(answered.blocks), judged(answered.truth))
    }
  }

  private static func statistics(on large: Case<Fixture>) -> Check<Self> {
    Check(large.name, on: large, to: .layer) { (answered) throws(Finding) in
      let blocks = answered.blocks
      if let finding = blocks.finding(against: blocks.map(\.nearestAccepted)) { throw finding }
      let ratio = blocks.first { $0.name == varianceRatio }?.value.elements.first ?? .nan
      let form = Sample(answered.parts.value("weights").elements).form
      return "variance \(Numbers.brief(ratio, digits: 4)) · \(varianceFormula), \(form)"
    }
  }

  /// The weights of a large layer beside those that belong there.
  package static var pictures: [PictureQuestion<Self>] {
    [
      PictureQuestion(on: sample("picture", 300, 100), to: .layer) { answered in
        let sample = Sample(answered.parts.value("weights").elements)
        let deviation = variance(of: answered.fixture).squareRoot()
        let spread = sample.variance.squareRoot()
        // Four deviations of what was drawn or of what belongs there, whichever are wider.
        let reach = 4 * (spread.isFinite ? max(deviation, spread) : deviation)
        let bins = 31
        let edges = (0...bins).map { (2 * Double($0) / Double(bins) - 1) * reach / deviation }
        let cumulative = edges.map(sample.form.standardDistribution)
        return .distribution(
          title: "300 × 100 weights, and the \(sample.form) of variance \(varianceFormula)",
          low: -reach, high: reach, drawn: sample.shares(bins: bins, from: -reach, to: reach),
          expected: zip(cumulative.dropFirst(), cumulative).map { $0 - $1 })
      }
    ]
  }

  // MARK: Blocks

  private static func layer(in answer: [Part]) -> DenseLayer {
    DenseLayer(weights: answer.value("weights"), biases: answer.value("biases"))
  }

  private static func variance(of fixture: Fixture) -> Double {
    variance(fanIn: Double(fixture.fanIn), fanOut: Double(fixture.fanOut))
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

  private static var copiesNames: [String] {
    [
      "weights that are not finite", "weights that are 0", "weights of different size",
      "different rows", "different columns",
    ].map { "share of " + $0 }
  }

  /// Shares that tell copies from draws. A few equal weights may come of draws that are cut off.
  private static func copies(in weights: Matrix, _ units: Matrix, _ sample: Sample) -> [Block] {
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
  private static func form(of sample: Sample) -> [Block] {
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
  private static var truncatedDistance: Double { 0.0167 }

  /// How much the mean squares of the columns differ, over what chance makes of it: about 1.
  ///
  /// Of draws of variance σ² and kurtosis κ in n rows they have the variance (κ − 1)·σ⁴/n. With 100 columns
  /// the estimate of it, χ²/99, is out of this range with a probability of 1e-16.
  private static func spreadOfColumns(of weights: Matrix, _ sample: Sample) -> Block {
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
  private static func spreadOfSums(
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

  /// Whether there is one number in every place, which leaves open where it comes from.
  private static func drawsNothing(_ answer: [Part]) -> Bool {
    let sample = Sample(answer.value(Draws.once).elements)
    return sample.distinctShare * Double(sample.elements.count) < 1.5
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
