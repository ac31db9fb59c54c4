package import Grading
package import KataKit

package enum LearningRateFinderSuite: Suite {
  /// What each of the three methods is asked, independently of what the others answer.
  package struct Fixture: Sendable {
    var lowest: Double
    var highest: Double
    var count: Int
    /// For each of two sweeps, the losses that its training steps return: one a rate, call by call.
    var scripts: [[Double]]
    /// To find the steepest fall in, each by itself.
    var curves: [[Double]]
    /// How many rates there are beyond the losses of a curve.
    var spareRates = 0

    func rates(_ count: Int) -> [Double] {
      (0..<count).map { lowest * pow(highest / lowest, Double($0) / Double(count - 1)) }
    }
  }

  package static let kata = Kata(
    "learning-rate-finder", type: "LearningRateFinder", requirement: "LearningRateFinderKata",
    title: "a sweep of rates, and the steepest fall", track: .optimiser,
    minutes: 10)

  package static func subject(of type: any Any.Type) -> (any LearningRateFinderKata)? {
    (type as? any LearningRateFinderKata.Type)?.init()
  }

  package static func answer(
    of subject: any LearningRateFinderKata, to fixture: Fixture
  ) -> [Block] {
    let rates = subject.rates(from: fixture.lowest, to: fixture.highest, count: fixture.count)
    return [Block("rates", rates)] + sweeps(of: subject, on: fixture)
      + suggestions(of: subject, on: fixture)
  }

  @Sendable private static func sweeps(
    of subject: any LearningRateFinderKata, on fixture: Fixture
  ) -> [Block] {
    zip(fixture.scripts, ["", " of the second sweep"]).flatMap { script, which in
      let sweep = sweep(of: subject, fixture, script)
      return [
        Block("rates tried" + which, sweep.tried), Block("losses" + which, sweep.losses),
      ]
    }
  }

  @Sendable private static func suggestions(
    of subject: any LearningRateFinderKata, on fixture: Fixture
  ) -> [Block] {
    zip(fixture.curves, ["", " on a second curve"]).map { curve, which in
      let rates = fixture.rates(curve.count + fixture.spareRates)
      return Block(
        "suggestion" + which, subject.suggestion(rates: rates, losses: curve), acceptance: exact)
    }
  }

  /// Rates span powers of ten, so each is judged by its own size.
  private static let exact = Acceptance.near(relative: 1e-6, absolute: 1e-15)

  /// What is recorded, and the rate of every training step that was taken for it.
  private static func sweep(
    of subject: any LearningRateFinderKata, _ fixture: Fixture, _ script: [Double]
  ) -> (tried: [Double], losses: [Double]) {
    var tried: [Double] = []
    let losses = subject.losses(over: fixture.rates(script.count)) { rate in
      defer { tried.append(rate) }
      return script[tried.count % script.count]
    }
    return (tried, losses)
  }

  package static var checks: [Check<Self>] {
    [
      ratesCheck("rates", on: usual),
      ratesCheck("many powers of ten", on: wide),
      ratesCheck("two rates", on: two),
      .reference("sweep", on: usual, of: sweeps),
      .reference("loss of NaN", on: notANumber, of: sweeps),
      .reference("infinite at once", on: infinite, of: sweeps),
      .reference("no divergence", on: calm, of: sweeps),
      .reference("4 times exactly", on: exactly, of: sweeps),
      .reference("diverges at last", on: late, of: sweeps),
      .reference("suggestion", on: usual, of: suggestions),
      .reference("stopped early", on: stopped, of: suggestions),
      .reference("falls at once", on: atOnce, of: suggestions),
      .reference("falls at last", on: atLast, of: suggestions),
      .reference("only rises", on: rising, of: suggestions),
      .repeatable(on: usual),
    ]
  }

  /// The right number of rates, and each right by its own size.
  private static func ratesCheck(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    Check(name, on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      func rates(_ subject: any LearningRateFinderKata) -> [Double] {
        subject.rates(from: fixture.lowest, to: fixture.highest, count: fixture.count)
      }
      func each(_ rates: [Double]) -> [Block] {
        rates.enumerated().map { Block("rates[\($0)]", $1, acceptance: exact) }
      }
      let (actual, expected) = (rates(subject), rates(Reference()))
      let finding = [Block("rates", actual)].finding(against: [Block("rates", expected)])
      if let finding = finding ?? each(actual).finding(against: each(expected)) { throw finding }
      return "\(expected.count) rates, each right to 6 digits"
    }
  }

  // MARK: Fixtures

  private static let usual = Case<Fixture>("usual") { draw(using: &$0) }

  private static let wide = Case<Fixture>("many powers of ten") { generator in
    var fixture = draw(using: &generator)
    fixture.lowest *= 1e-6
    fixture.highest *= 20
    return fixture
  }

  private static let two = Case<Fixture>("two rates") { generator in
    var fixture = draw(using: &generator)
    (fixture.count, fixture.curves) = (2, fixture.curves.map { Array($0.prefix(2)) })
    return fixture
  }

  private static let notANumber = Case<Fixture>("loss of NaN") { generator in
    var fixture = draw(using: &generator)
    for index in 0..<2 { fixture.scripts[index][2 + index] = .nan }
    return fixture
  }

  /// Nothing is recorded: infinity is not more than 4 times infinity.
  private static let infinite = Case<Fixture>("infinite at once") { generator in
    var fixture = draw(using: &generator)
    for index in 0..<2 { fixture.scripts[index][0] = .infinity }
    return fixture
  }

  private static let calm = Case<Fixture>("no divergence") { generator in
    var fixture = draw(using: &generator)
    fixture.scripts = noise(using: &generator)
    return fixture
  }

  /// 4 times the smallest is not more than 4 times the smallest.
  private static let exactly = Case<Fixture>("4 times exactly") { generator in
    var fixture = draw(using: &generator)
    fixture.scripts = noise(using: &generator).map { script in
      let first = script.prefix(5)
      return Array(first) + [4 * (first.min() ?? 1)] + script.dropFirst(6)
    }
    return fixture
  }

  private static let late = Case<Fixture>("diverges at last") { generator in
    var fixture = draw(using: &generator)
    fixture.scripts = noise(using: &generator).map { $0.dropLast() + [20] }
    return fixture
  }

  /// Losses that never reach 4 times the smallest.
  private static func noise(using generator: inout SeededGenerator) -> [[Double]] {
    (0..<2).map { _ in (0..<9).map { _ in 1 + 2 * generator.uniform() } }
  }

  /// Fewer losses than rates; the steepest fall (−1) comes after the smallest loss, and no rise is as
  /// steep.
  private static let stopped = Case<Fixture>("stopped early") { generator in
    var fixture = draw(
      [[-0.3, -0.7, -0.7, -0.8, 0.9, 0.9, -1, 0.3]], using: &generator)
    fixture.spareRates = 3
    return fixture
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
    _ moves: [[Double]] = [rough, plain], plateau: Int? = nil,
    using generator: inout SeededGenerator
  ) -> Fixture {
    func jitter(_ width: Double) -> Double { width * (generator.uniform() - 0.5) }
    let length = plateau ?? Int.random(in: 0...3, using: &generator)
    let curves = moves.map { moves in
      (Array(repeating: 0.0, count: length) + moves).reduce(into: [3.5 + jitter(0.1)]) {
        $0.append($0[$0.count - 1] + $1 + jitter(0.04))
      }
    }
    let lowest = 1e-3 * (1 + generator.uniform())
    return Fixture(
      lowest: lowest, highest: lowest * pow(2.2 + 0.6 * generator.uniform(), 12),
      count: 9 + generator.sizes(1)[0],
      // No other multiple of the smallest loss is passed with 4 times the first, or with 4 times the one
      // before, in both.
      scripts: [
        script(first: 1.3, end: 8, using: &generator),
        script(first: 2.8, end: 50, using: &generator),
      ], curves: curves)
  }

  /// A small rise, a fall, and a slow rise past 4 times the smallest loss (0.5). At about `end` it goes
  /// past 4 times the loss before it, and comes back.
  private static func script(
    first: Double, end: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    var script = [first, 1.1, 1.2, 0.5, 1.2, 1.8, 2.4]
    while let last = script.last, last < end { script.append(1.4 * last) }
    return (script + [7 * end, 8 * end, 0.4, 0.9, 0.7]).map {
      $0 * (0.98 + 0.04 * generator.uniform())
    }
  }

  // MARK: Picture

  /// Gradient descent on a valley, one side of which is ten times as steep as the other, with noise.
  package static func pictures(
    of subject: any LearningRateFinderKata, seed: UInt64
  ) -> [Picture] {
    let rates = Reference().rates(from: 1e-3, to: 1, count: 60)
    var generator = SeededGenerator(seed: seed)
    var (flat, steep) = (2.0, 2.0)
    let losses = subject.losses(over: rates) { rate in
      defer { (flat, steep) = (flat * (1 - rate), steep * (1 - 10 * rate)) }
      return 0.5 * (flat * flat + 10 * steep * steep) + 0.5 + generator.uniform()
    }
    guard losses.allSatisfy(\.isFinite) else { return [] }
    return [
      .curve(
        title: "loss while the learning rate rises from 0.001 to 1",
        series: [Picture.Series("loss", losses)])
    ]
  }
}
