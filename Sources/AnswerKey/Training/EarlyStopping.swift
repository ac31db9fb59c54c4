package import Exam
package import Grading
import KataKit
import SharedAnswers

package enum EarlyStoppingSuite: Suite {
  package typealias Paper = EarlyStoppingExam

  package static let kata = Kata(
    Paper.self, title: "when to stop, and what to go back to", track: .training, minutes: 6)

  package static var checks: [Check<Self>] {
    [
      .reference("when to stop", on: noisy, to: .stop),
      .reference("best epoch", on: noisy, to: .epoch),
      .reference("best parameters", on: noisy, to: .parameters),
    ]
      + [
        impatient, enduring, improving, rising, belowZero, single, level, small, smallAtOnce, exact,
        notANumber, infinite, huge, tiny, wild,
      ].map { .reference(on: $0, to: .everything) }
      + [
        .property(
          "two by turns",
          asking: [Question(on: noisy, to: .byTurns), Question(on: noisy, to: .everything)],
          holds: "two of them know nothing of each other",
          comparing: { ($0[0].blocks, $0[1].blocks) })
      ]
  }

  // MARK: Fixtures

  /// Two runs of bad epochs that are endured, and a third that is not; then it would get better.
  private static let noisy = Case<Fixture>("noisy descent") { generator in
    let patience = generator.size(in: 3...5)
    return draw(patience: patience, using: &generator) { curve in
      curve.improve(2)
      curve.worsen(patience - 2, by: 0.15)
      curve.improve(1)
      curve.worsen(patience - 1, by: 0.9)
      curve.improve(2)
      curve.worsen(patience + 2, by: 0.6)
      curve.improve(2)
      curve.worsen(patience + 2, by: 0.6)
    }
  }

  private static let impatient = Case<Fixture>("patience of 1") { generator in
    draw(patience: 1, using: &generator) { curve in
      curve.improve(3)
      curve.worsen(1)
      curve.improve(2)
      curve.worsen(3)
    }
  }

  /// The best epoch is neither the first nor the last, and an epoch more would have ended it.
  private static let enduring = Case<Fixture>("epochs run out") { generator in
    draw(patience: 3, using: &generator) { curve in
      curve.begin()
      curve.worsen(2)
    }
  }

  private static let improving = Case<Fixture>("improves to the end") { generator in
    draw(patience: 3, using: &generator) { curve in
      curve.begin()
      curve.improve(5)
    }
  }

  /// From a loss of exactly 0, which is a best loss like any other.
  private static let rising = Case<Fixture>("rises at once") { generator in
    draw(patience: 3, using: &generator) { curve in
      curve.best = 0
      for distance in 0...6 { curve.move(by: 0.3 * Double(distance)) }
    }
  }

  /// From a loss of −1, which is no mark of anything, and at the first epoch that may be the last.
  private static let belowZero = Case<Fixture>("rises from -1") { generator in
    draw(patience: 1, using: &generator) { curve in
      curve.best = -1
      for distance in 0...4 { curve.move(by: 0.3 * Double(distance)) }
    }
  }

  private static let single = Case<Fixture>("single epoch") { generator in
    draw(patience: 3, using: &generator) { $0.improve(1) }
  }

  private static let level = Case<Fixture>("equal losses") { generator in
    draw(patience: 3, using: &generator) { curve in
      curve.begin()
      for _ in 0..<5 { curve.move(by: 0) }
      curve.improve(1)
    }
  }

  /// A step down by less than twice the minimum delta is an improvement. Three small ones are one
  /// together, though none is by itself; a loss that stays within the minimum delta of the best one is
  /// none, be it below or above.
  private static let small = Case<Fixture>("minimum delta") { generator in
    draw(patience: 3, minimumDelta: 0.1, using: &generator) { curve in
      curve.improve(1)
      curve.move(by: -0.06)
      curve.begin()
      curve.move(by: -0.15)
      curve.best -= 0.15
      for share in [0.4, 0.8, 1.2] { curve.move(by: -0.1 * share) }
      curve.best -= 0.12
      curve.worsen(1)
      for distance in [-0.05, -0.05, -0.03, 0.05, 0.05] { curve.move(by: distance) }
      curve.improve(1)
      curve.move(by: -0.05)
      curve.worsen(4)
    }
  }

  /// A small fall right after the first loss, and another after a rise: δ counts from the best loss each
  /// time, not from the first one or the one before, and at the first wait as at any other.
  private static let smallAtOnce = Case<Fixture>("delta at the first wait") { generator in
    draw(patience: 3, minimumDelta: 0.1, using: &generator) { curve in
      curve.improve(1)
      for distance in [-0.06, 0.9, -0.05] { curve.move(by: distance) }
      curve.improve(2)
    }
  }

  /// In binary fractions, so that any way to ask is exact.
  private static let exact = Case<Fixture>("exactly the delta") { generator in
    draw(patience: 3, minimumDelta: 0.25, using: &generator) { curve in
      curve.losses = [4, 4.5, 4.25, 3, 2.5, 2.25, 2.5, 2.25, 2.25, 2, 1, 1.5, 1.25, 1.125, 0.875]
    }
  }

  private static let notANumber = Case<Fixture>("loss of NaN") {
    drawBroken(by: .nan, using: &$0)
  }

  /// Infinity is as bad as a loss can be, and no more than that.
  private static let infinite = Case<Fixture>("infinite losses") {
    drawBroken(by: .infinity, using: &$0)
  }

  /// A curve some of whose losses are `loss`.
  private static func drawBroken(
    by loss: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    draw(patience: 3, using: &generator) { curve in
      curve.begin()
      curve.losses.append(loss)
      curve.improve(2)
      curve.losses += [loss, curve.best + 0.5, loss]
      curve.worsen(4)
      curve.improve(1)
    }
  }

  /// Whatever stands for infinity as the best loss at first is not large enough.
  private static let huge = Case<Fixture>("huge losses") { generator in
    var fixture = draw(patience: 3, using: &generator) { curve in
      curve.begin()
      curve.worsen(4)
    }
    fixture.losses = fixture.losses.map { $0 * 1e300 }
    return fixture
  }

  /// Nothing is a small difference by itself.
  private static let tiny = Case<Fixture>("tiny losses") { generator in
    var fixture = draw(patience: 3, using: &generator) { curve in
      curve.begin()
      curve.worsen(4)
    }
    fixture.losses = fixture.losses.map { $0 * 1e-15 }
    return fixture
  }

  /// A long run: whatever happens in between, only a lower loss is better, and by however little.
  private static let wild = Case<Fixture>("wild losses") { generator in
    let patience = generator.size(in: 12...15)
    return draw(patience: patience, using: &generator) { curve in
      curve.improve(3)
      for fall in [1e-3, 1e-6, 1e-9, 1e-12] {
        curve.improve(to: curve.best - fall)
        curve.worsen(patience - 1)
      }
      // After those, so that no patience of one's own ends where an infinite loss would.
      curve.improve(1)
      curve.losses += [2, 10, 1e3, 1e6, 1e12, 1e300, .infinity].map { $0 * curve.best }
      curve.improve(1)
      for _ in 1..<patience { curve.move(by: 0) }
      for best in [0, -1, -3, -1e6] {
        curve.improve(to: best)
        curve.worsen(patience - 2)
        curve.losses.append(1e6)
      }
      curve.improve(1)
      curve.worsen(patience + 2)
      curve.improve(2)
    }
  }

  /// A curve of losses in the making.
  private struct Curve {
    var generator: FixtureGenerator
    var losses: [Double] = []
    var best = 9.0

    /// One epoch less of bad ones than a patience of 3, and better ones about them.
    mutating func begin() {
      improve(1)
      worsen(2)
      improve(2)
    }

    /// Each epoch is the best.
    mutating func improve(_ count: Int) {
      for _ in 0..<count {
        best -= 0.2 + 0.3 * generator.uniform()
        losses.append(best)
      }
    }

    mutating func improve(to loss: Double) {
      best = loss
      losses.append(loss)
    }

    /// No epoch is the best, but all except the first are better than the one before.
    mutating func worsen(_ count: Int, by top: Double = 0.9) {
      let fall = min(0.1, 0.9 / Double(max(count, 1)))
      for index in 0..<count { move(by: top * (1 - fall * Double(index))) }
    }

    /// An epoch at a distance from the best loss.
    mutating func move(by distance: Double) { losses.append(best + distance) }
  }

  private static func draw(
    patience: Int, minimumDelta: Double = 0, using generator: inout FixtureGenerator,
    _ shape: (inout Curve) -> Void
  ) -> Fixture {
    var curve = Curve(generator: generator)
    shape(&curve)
    generator = curve.generator
    let sizes = generator.sizes(3)
    let parameters = curve.losses.map { _ in
      [
        Matrix.normal(rows: sizes[0], columns: sizes[1], using: &generator),
        Matrix.normal(rows: 1, columns: sizes[2], using: &generator),
        Matrix.normal(rows: 1, columns: 1, using: &generator),
        Matrix.normal(rows: sizes[2], columns: 1, using: &generator),
      ]
    }
    return Fixture(
      patience: patience, minimumDelta: minimumDelta, losses: curve.losses,
      parameters: parameters)
  }
}
