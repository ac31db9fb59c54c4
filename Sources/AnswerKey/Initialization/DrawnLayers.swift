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
        ] + copies + spread(of: layer.weights, units, sample, fixture) + biases
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
}
