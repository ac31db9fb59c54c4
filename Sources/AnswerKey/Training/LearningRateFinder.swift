package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum LearningRateFinderSuite: Suite {
  package typealias Paper = LearningRateFinderExam

  package static let kata = Kata(
    Paper.self, title: "a sweep of rates, and the steepest fall", track: .optimizer, minutes: 10)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    answer.map { Block($0, acceptance: script == .suggestions ? exact : .near()) }
  }

  /// Rates span powers of ten, so each is judged by its own size.
  private static let exact = Acceptance.near(relative: 1e-6, absolute: 0)

  package static var checks: [Check<Self>] {
    [
      ratesCheck("rates", on: usual),
      ratesCheck("many powers of ten", on: wide),
      ratesCheck("two rates", on: two),
      ratesCheck("hundreds of rates", on: hundreds),
      .reference("sweep", on: usual, to: .sweeps),
      .reference("loss of NaN", on: notANumber, to: .sweeps),
      .reference("infinite at once", on: infinite, to: .sweeps),
      .reference("no divergence", on: calm, to: .sweeps),
      .reference("4 times exactly", on: exactly, to: .sweeps),
      .reference("diverges at last", on: late, to: .sweeps),
      .reference("diverges at once", on: atSecond, to: .sweeps),
      .reference("large and small losses", on: scaled, to: .sweeps),
      .reference("long sweep", on: long, to: .sweeps),
      .reference("suggestion", on: usual, to: .suggestions),
      .reference("stopped early", on: stopped, to: .suggestions),
      .reference("falls at once", on: atOnce, to: .suggestions),
      .reference("falls at last", on: atLast, to: .suggestions),
      .reference("only rises", on: rising, to: .suggestions),
      .reference("large and small curves", on: scaled, to: .suggestions),
      .reference("few losses", on: few, to: .suggestions),
      .reference("random losses", on: random, to: .suggestions),
    ]
  }

  /// The right number of rates, and each right by its own size.
  private static func ratesCheck(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    Check(name, on: probe, to: .rates) { (answered) throws(Finding) in
      func each(_ rates: [Block]) -> [Block] {
        rates.flatMap(\.value.elements).enumerated().map {
          Block("rates[\($0)]", $1, acceptance: exact)
        }
      }
      let (actual, expected) = (answered.blocks, answered.truth)
      let finding = actual.finding(against: expected)
      if let finding = finding ?? each(actual).finding(against: each(expected)) { throw finding }
      return "\(answered.fixture.count) rates, each right to 6 digits"
    }
  }

  // MARK: Fixtures

  private static let usual = Case<Fixture>("usual") { draw(using: &$0) }

  /// From so low that single precision has hardly a digit there.
  private static let wide = Case<Fixture>("many powers of ten") { generator in
    var fixture = draw(using: &generator)
    fixture.lowest *= 1e-38
    fixture.highest *= 20
    return fixture
  }

  private static let two = Case<Fixture>("two rates") { generator in
    var fixture = draw(using: &generator)
    fixture.count = 2
    return fixture
  }

  private static let hundreds = Case<Fixture>("hundreds of rates") { generator in
    var fixture = draw(using: &generator)
    fixture.count = generator.size(in: 150...250)
    return fixture
  }

  /// The second loss is more than 4 times the first, the first of all those before it.
  private static let atSecond = Case<Fixture>("diverges at once") { generator in
    var fixture = draw(using: &generator)
    fixture.sweep(noise(using: &generator).map { [$0[0], 6 * $0[0]] + $0.dropFirst(2) })
    return fixture
  }

  /// No loss is large or small by itself.
  private static let scaled = Case<Fixture>("large and small losses") { generator in
    var fixture = draw(using: &generator)
    for (index, scale) in [1e12, 1e-12].enumerated() {
      fixture.sweeps[index].losses = fixture.sweeps[index].losses.map { $0 * scale }
      fixture.curves[index].losses = fixture.curves[index].losses.map { $0 * scale }
    }
    return fixture
  }

  /// A hundred steps, and then a rise so slow that the smallest loss is long past at 4 times that.
  private static let long = Case<Fixture>("long sweep") { generator in
    var fixture = draw(using: &generator)
    let sweeps = (0..<2).map { _ in
      (0..<110).map { _ in 1 + 1.5 * generator.uniform() }
        + (0..<40).map { 0.7 * pow(1.06, Double($0)) * (1 + 0.01 * generator.uniform()) }
    }
    fixture.sweep(sweeps)
    return fixture
  }

  private static let notANumber = Case<Fixture>("loss of NaN") { generator in
    var fixture = draw(using: &generator)
    for index in 0..<2 { fixture.sweeps[index].losses[2 + index] = .nan }
    return fixture
  }

  /// Nothing is recorded: infinity is not more than 4 times infinity.
  private static let infinite = Case<Fixture>("infinite at once") { generator in
    var fixture = draw(using: &generator)
    for index in 0..<2 { fixture.sweeps[index].losses[0] = .infinity }
    return fixture
  }

  private static let calm = Case<Fixture>("no divergence") { generator in
    var fixture = draw(using: &generator)
    fixture.sweep(noise(using: &generator))
    return fixture
  }

  /// 4 times the smallest is not more than 4 times the smallest.
  private static let exactly = Case<Fixture>("4 times exactly") { generator in
    var fixture = draw(using: &generator)
    fixture.sweep(
      noise(using: &generator).map { losses in
        let first = losses.prefix(5)
        return Array(first) + [4 * (first.min() ?? 1)] + losses.dropFirst(6)
      })
    return fixture
  }

  private static let late = Case<Fixture>("diverges at last") { generator in
    var fixture = draw(using: &generator)
    fixture.sweep(noise(using: &generator).map { $0.dropLast() + [20] })
    return fixture
  }

  /// Losses that never reach 4 times the smallest.
  private static func noise(using generator: inout FixtureGenerator) -> [[Double]] {
    (0..<2).map { _ in (0..<9).map { _ in 1 + 2 * generator.uniform() } }
  }

  /// Fewer losses than rates; the steepest fall (−1) comes after the smallest loss, and no rise is as
  /// steep.
  private static let stopped = Case<Fixture>("stopped early") { generator in
    draw(
      [[-0.3, -0.7, -0.7, -0.8, 0.9, 0.9, -1, 0.3]], spareRates: 3, using: &generator)
  }

  private static let atOnce = Case<Fixture>("falls at once") { generator in
    draw([[-1, -0.3, 0.2, -0.6, 0.3, -0.2, 0.7]], plateau: 0, using: &generator)
  }

  private static let atLast = Case<Fixture>("falls at last") { generator in
    draw([[-0.3, 0.2, -0.6, 0.4, -0.2, 0.7, -1]], using: &generator)
  }

  /// The steepest fall is the slowest rise.
  private static let rising = Case<Fixture>("only rises") { generator in
    draw([[0.5, 0.3, 0.7, 0.15, 0.6, 0.9]], plateau: 0, using: &generator)
  }

  /// Two losses, or three.
  private static let few = Case<Fixture>("few losses") { generator in
    draw(
      [[-1], [1], [-0.4, -1], [-1, -0.4], [0.4, 1], [1, 0.4]], plateau: 0, using: &generator)
  }

  /// Where no two rules are likely to agree.
  private static let random = Case<Fixture>("random losses") { generator in
    let moves = (0..<6).map { _ in (0..<12).map { _ in generator.uniform() - 0.5 } }
    return draw(moves, using: &generator)
  }

  /// Rough losses. The steepest fall (−1.5) is a spike that smoothing takes away: what it leaves is the
  /// fall from 4.1 to the smallest loss. There is a steeper one before that (−1.35), a longer one of two
  /// steps (−0.8, −0.8), and a larger rise (2), behind which the losses are largest.
  private static let rough = [
    0.05, -0.1, 0.05, 0.6, 0.65, -1.35, 0.2, 0.3, 0.3, -0.1, -1.15, 0.1, 0.1, 0.35, 0.5, 0.7, -0.8,
    -0.8, 0.7, 0.5, 0.6, -1.5, 0.3, 0.4, 2, 0.4, -0.1, 0.3,
  ]

  /// A fall that is the steepest with smoothing, too, and a smaller loss later.
  private static let plain = [
    -0.3, 0.4, -0.1, -2, 0.1, 0.3, 0.2, -0.25, -0.25, -0.15, -0.1, 0.4, 0.3, 2.5, 0.4, -0.1,
  ]

  /// Curves of the given moves behind a plateau of some length.
  private static func draw(
    _ moves: [[Double]] = [rough, plain], plateau: Int? = nil, spareRates: Int = 0,
    using generator: inout FixtureGenerator
  ) -> Fixture {
    func jitter(_ width: Double) -> Double { width * (generator.uniform() - 0.5) }
    let length = plateau ?? generator.size(in: 0...3)
    let curves = moves.map { moves in
      (Array(repeating: 0.0, count: length) + moves).reduce(into: [3.5 + jitter(0.1)]) {
        $0.append($0[$0.count - 1] + $1 + jitter(0.04))
      }
    }
    let lowest = 1e-3 * (1 + generator.uniform())
    var fixture = Fixture(
      lowest: lowest, highest: lowest * pow(2.2 + 0.6 * generator.uniform(), 12),
      count: 9 + generator.sizes(1)[0])
    fixture.curves = curves.map {
      Paper.Curve(rates: fixture.rates($0.count + spareRates), losses: $0)
    }
    // No other multiple of the smallest loss is passed with 4 times the first, or with 4 times the one
    // before, in the first two; in the third the first loss is the smallest.
    fixture.sweep([
      losses(first: 1.3, end: 8, using: &generator),
      losses(first: 2.8, end: 50, using: &generator),
      [0.5, 1, 1.2, 1.5, 2.5, 1.3].map { $0 * (0.98 + 0.04 * generator.uniform()) },
    ])
    return fixture
  }

  /// A small rise, a fall, and a slow rise past 4 times the smallest loss (0.5). At about `end` it goes
  /// past 4 times the loss before it, and comes back.
  private static func losses(
    first: Double, end: Double, using generator: inout FixtureGenerator
  ) -> [Double] {
    var losses = [first, 1.1, 1.2, 0.5, 1.2, 1.8, 2.4]
    while let last = losses.last, last < end { losses.append(1.4 * last) }
    return (losses + [7 * end, 8 * end, 0.4, 0.9, 0.7]).map {
      $0 * (0.98 + 0.04 * generator.uniform())
    }
  }

  // MARK: Picture

  /// Gradient descent on a valley, one side of which is ten times as steep as the other, with noise.
  package static var pictures: [PictureQuestion<Self>] {
    let valley = Case<Fixture>("the picture") { generator in
      var fixture = Fixture(lowest: 1e-3, highest: 1, count: 60)
      fixture.sweep([(0..<60).map { _ in 0.5 + generator.uniform() }])
      fixture.sweeps[0].isDescent = true
      return fixture
    }
    return [
      PictureQuestion(on: valley, to: .sweeps) { answered in
        let losses = answered.parts.value("losses").elements
        guard losses.allSatisfy(\.isFinite) else { return nil }
        return .curve(
          title: "loss while the learning rate rises from 0.001 to 1",
          series: [Picture.Series("loss", losses)])
      }
    ]
  }
}

extension LearningRateFinderExam.Fixture {
  fileprivate func rates(_ count: Int) -> [Double] {
    LearningRateFinderSuite.Reference().rates(from: lowest, to: highest, count: count)
  }

  /// Sweeps from the lowest to the highest rate, with as many steps as there are losses.
  fileprivate mutating func sweep(_ losses: [[Double]]) {
    sweeps = losses.map { .init(rates: rates($0.count), losses: $0) }
  }
}
