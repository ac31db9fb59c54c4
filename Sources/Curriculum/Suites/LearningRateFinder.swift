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
    /// To find the steepest fall in.
    var curve: [Double]

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

  package static func reference(making mistakes: Set<Slip>) -> any LearningRateFinderKata {
    Reference(mistakes: mistakes)
  }

  package static func answer(
    of subject: any LearningRateFinderKata, to fixture: Fixture
  ) -> [Block] {
    let rates = subject.rates(from: fixture.lowest, to: fixture.highest, count: fixture.count)
    let sweeps = fixture.scripts.flatMap { script in
      let sweep = sweep(of: subject, fixture, script)
      return [Block("rates tried", row(sweep.tried)), Block("losses", row(sweep.losses))]
    }
    let suggestion = subject.suggestion(
      rates: fixture.rates(fixture.count), losses: fixture.curve)
    return [Block("rates", row(rates))] + sweeps
      + [Block("suggestion", suggestion, acceptance: exact)]
  }

  private static func row(_ values: [Double]) -> Matrix {
    Matrix(rows: 1, columns: values.count, elements: values)
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
      sweepCheck("sweep", on: usual),
      sweepCheck("loss of NaN", on: notANumber),
      sweepCheck("infinite at once", on: infinite),
      sweepCheck("no divergence", on: calm),
      sweepCheck("diverges at last", on: late),
      suggestionCheck("suggestion", on: usual),
      suggestionCheck("stopped early", on: stopped),
      .repeatable(on: usual),
    ]
  }

  // MARK: Parts, each asked for by itself

  private static func ratesCheck(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    .reference(name, on: probe) { subject, fixture in
      subject.rates(from: fixture.lowest, to: fixture.highest, count: fixture.count)
        .enumerated().map { Block("rate \($0 + 1)", $1, acceptance: exact) }
    }
  }

  private static func sweepCheck(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    .reference(name, on: probe) { subject, fixture in
      zip(fixture.scripts, ["", "second sweep, "]).flatMap { script, prefix in
        let sweep = sweep(of: subject, fixture, script)
        return sweep.tried.enumerated().map {
          Block("\(prefix)rate of step \($0 + 1)", $1, acceptance: exact)
        } + sweep.losses.enumerated().map { Block("\(prefix)loss \($0 + 1)", $1) }
      }
    }
  }

  private static func suggestionCheck(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    .reference(name, on: probe) { subject, fixture in
      let rate = subject.suggestion(
        rates: fixture.rates(fixture.count), losses: fixture.curve)
      return [Block("suggestion", rate, acceptance: exact)]
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
    (fixture.count, fixture.curve) = (2, Array(fixture.curve.prefix(2)))
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
      moves: [-0.3, -0.7, -0.7, -0.8, 0.9, 0.9, -1, 0.3], using: &generator)
    fixture.count += 3
    return fixture
  }

  /// A curve of the given moves after a plateau of some length. In the usual one the steepest fall (−1)
  /// is neither the largest move (1.5), nor at the smallest loss, nor the largest relative fall (−0.9),
  /// nor in the largest fall over two steps (−0.7, −0.7), nor the first one, which a slope by the rate
  /// itself would take for the steepest.
  private static func draw(
    moves: [Double] = [-0.3, 0.2, -0.7, -0.7, 0.4, -1, 0.3, -0.9, 0.2, 1.5],
    using generator: inout SeededGenerator
  ) -> Fixture {
    func jitter(_ width: Double) -> Double { width * (generator.uniform() - 0.5) }
    let plateau = Array(repeating: 0.0, count: Int.random(in: 0...3, using: &generator))
    let curve = (plateau + moves).reduce(into: [3.2 + jitter(0.1)]) {
      $0.append($0[$0.count - 1] + $1 + jitter(0.04))
    }
    let lowest = 1e-3 * (1 + generator.uniform())
    return Fixture(
      lowest: lowest, highest: lowest * pow(2.2 + 0.6 * generator.uniform(), 12),
      count: curve.count,
      // No other multiple of the smallest loss is passed with 4 times the first, or with 4 times the one
      // before, in both.
      scripts: [
        script(first: 1.3, end: 8, using: &generator),
        script(first: 2.8, end: 50, using: &generator),
      ], curve: curve)
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
