package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum LearningRateScheduleSuite: Suite {
  package typealias Paper = LearningRateScheduleExam

  package static let kata = Kata(
    Paper.self, title: "step decay, cosine, and a linear warm-up", track: .optimizer, minutes: 8)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] { answer.map { Block($0, acceptance: precision(of: $0.name, fixture)) } }

  /// Five digits: all that single precision leaves of a cosine from the initial rate counts as right.
  private static func precision(of schedule: String, _ fixture: Fixture) -> Acceptance {
    .near(
      relative: 1e-5, absolute: schedule == "step decay" ? 0 : 1e-6 * fixture.initialRate)
  }

  package static var checks: [Check<Self>] {
    [
      check("step decay", .stepDecay, on: usual),
      check("cosine", .cosine, on: usual),
      check("warm-up", .warmup, on: usual),
      check("beyond the end", .cosine, on: end),
      check("warm-up beyond it", .warmup, on: end),
      check("interval of 1", .stepDecay, on: everyStep),
      check("final rate of 0", .cosine, on: toZero),
      check("warm-up, then to 0", .warmup, on: toZero),
      check("no warm-up", .warmup, on: noWarmup),
      check("warm-up of one step", .warmup, on: shortWarmup),
      check("single step", .cosine, on: oneStep),
      check("step after warm-up", .warmup, on: everyStep),
      check("long step decay", .stepDecay, on: long),
      check("long cosine", .cosine, on: long),
      check("long warm-up", .warmup, on: long),
      check("millions of steps", .stepDecay, on: veryLong),
      check("cosine of millions", .cosine, on: veryLong),
      check("warm-up to millions", .warmup, on: veryLong),
      check("factor above 1", .stepDecay, on: rising),
      check("cosine that rises", .cosine, on: rising),
      .property(
        "any order",
        asking: [.backwards, .stepDecay, .cosine, .warmup].map { Question(on: usual, to: $0) },
        holds: "the last step first gives the same rates"
      ) { answers in
        let fixture = answers[0].fixture
        return (
          answers[0].blocks.flatMap {
            rates($0, at: fixture.steps.reversed(), fixture).reversed()
          },
          answers.dropFirst().flatMap(\.blocks).flatMap { rates($0, at: fixture.steps, fixture) }
        )
      },
    ]
  }

  /// A schedule agrees with the reference, step by step, whether the others are written or not.
  private static func check(
    _ name: String, _ script: Script, on probe: Case<Fixture>
  ) -> Check<Self> {
    .reference(name, on: probe, to: script) { blocks, fixture in
      blocks.flatMap { rates($0, at: fixture.steps, fixture) }
    }
  }

  /// Each rate of a schedule by itself.
  private static func rates(
    _ schedule: Block, at steps: [Int], _ fixture: Fixture
  ) -> [Block] {
    zip(steps, schedule.value.elements).map {
      Block(
        "\(schedule.name) at step \($0)", $1, acceptance: precision(of: schedule.name, fixture))
    }
  }

  // MARK: Fixtures

  /// The steps before the last, which say what is wrong with a cosine whatever its end is.
  private static let usual = Case<Fixture>("usual") { generator in
    var fixture = draw(using: &generator)
    fixture.steps = Array(0..<fixture.totalSteps)
    return fixture
  }

  private static let end = Case<Fixture>("end") { generator in
    var fixture = draw(using: &generator)
    fixture.steps = fixture.steps.filter { $0 == 0 || $0 >= fixture.totalSteps - 1 }
    fixture.steps.append(2000 * fixture.totalSteps)
    return fixture
  }

  /// A drop at every step, and one step of a cosine after the warm-up.
  private static let everyStep = Case<Fixture>("interval of 1") { generator in
    var fixture = draw(using: &generator)
    fixture.interval = 1
    fixture.totalSteps = fixture.warmupSteps + 1
    fixture.steps.append(80)
    return fixture
  }

  private static let toZero = Case<Fixture>("final rate of 0") { generator in
    var fixture = draw(using: &generator)
    fixture.finalRate = 0
    return fixture
  }

  /// Where step ≤ warmupSteps asks for 0/0.
  private static let noWarmup = Case<Fixture>("no warm-up") { generator in
    var fixture = draw(using: &generator)
    fixture.warmupSteps = 0
    return fixture
  }

  private static let shortWarmup = Case<Fixture>("warm-up of one step") { generator in
    var fixture = draw(using: &generator)
    fixture.warmupSteps = 1
    return fixture
  }

  private static let oneStep = Case<Fixture>("single step") { generator in
    var fixture = draw(using: &generator)
    (fixture.warmupSteps, fixture.totalSteps, fixture.steps) = (0, 1, Array(0...3))
    return fixture
  }

  /// Some of many steps, among them those at which something begins or ends, and rates of 1e-9.
  private static let long = Case<Fixture>("long run") { generator in
    var fixture = draw(using: &generator)
    fixture.initialRate *= 1e-9
    fixture.finalRate *= 1e-9
    fixture.interval *= 901
    fixture.warmupSteps *= 301
    fixture.totalSteps *= 1009
    let marks = [
      0, fixture.interval, 2 * fixture.interval, fixture.warmupSteps, fixture.totalSteps,
    ]
    let others = (0..<3).map { _ in generator.size(in: 0...fixture.totalSteps - 1) }
    let steps = (marks + others).flatMap { [$0 - 1, $0, $0 + 1] } + [150_001]
    fixture.steps = Set(steps).filter { $0 >= 0 }.sorted()
    return fixture
  }

  /// A million is no step by itself, nor is any power of two. They are few, as each may be counted up to.
  private static let veryLong = Case<Fixture>("millions of steps") { generator in
    var fixture = draw(using: &generator)
    fixture.interval *= 250_007
    fixture.warmupSteps *= 250_007
    fixture.totalSteps *= 250_007
    fixture.steps = [2 * fixture.interval - 1, 2 * fixture.interval]
    return fixture
  }

  private static let rising = Case<Fixture>("rates that rise") { generator in
    var fixture = draw(using: &generator)
    fixture.factor = 1.2 + 0.2 * generator.uniform()
    fixture.finalRate = fixture.initialRate * (2 + generator.uniform())
    return fixture
  }

  /// Every step to a little beyond the end, and one far beyond it.
  private static func draw(using generator: inout FixtureGenerator) -> Fixture {
    let sizes = generator.sizes(2, in: 3...6)
    let total = generator.size(in: 11...14)
    return Fixture(
      initialRate: 0.5 + generator.uniform(), finalRate: 0.05 + 0.1 * generator.uniform(),
      factor: 0.6 + 0.2 * generator.uniform(), interval: sizes[0], warmupSteps: sizes[1],
      totalSteps: total, steps: Array(0...total + 3) + [3 * total + 1])
  }

  // MARK: Picture

  package static var pictures: [PictureQuestion<Self>] {
    let shown = Case<Fixture>("the picture") { _ in
      Fixture(
        initialRate: 0.1, finalRate: 0.01, factor: 0.5, interval: 15, warmupSteps: 10,
        totalSteps: 60, steps: Array(0...70))
    }
    return [
      PictureQuestion(on: shown, to: .backwards) { answered in
        let series = answered.parts.map {
          Picture.Series($0.name, $0.value.elements.reversed())
        }
        return .curve(
          title: "learning rate by step",
          series: series.filter { $0.values.allSatisfy(\.isFinite) })
      }
    ]
  }
}
