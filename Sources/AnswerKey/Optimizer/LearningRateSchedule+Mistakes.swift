package import Grading
package import KataKit
import SharedAnswers

extension LearningRateScheduleSuite {
  package static let mistakes = MistakeCatalogue(
    at: [decays, Cosine.progress, Cosine.waves, Cosine.ends, climbs, warmups])

  package static func reference(at: Computation<Self>) -> any LearningRateScheduleKata {
    FaultySchedules(at: at)
  }
}

private typealias Cosine = LearningRateScheduleSuite.Cosine

/// The schedules with any of the mistakes made on purpose.
private struct FaultySchedules: LearningRateScheduleKata {
  var at = Computation<LearningRateScheduleSuite>()
  private let memory = Memory<Double>()

  init() {}
  init(at: Computation<LearningRateScheduleSuite>) { self.at = at }

  func stepDecay(
    atStep step: Int, initialRate: Double, factor: Double, interval: Int
  ) -> Double {
    let rate = at(
      decays,
      Decay(
        step: step, initial: initialRate, factor: factor, interval: interval, last: memory.last))
    memory.last = rate
    return rate
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    // Who counts the steps wrong may have none left.
    guard totalSteps > 0 else { return finalRate }
    let ending = at(
      Cosine.ends,
      Cosine.Run(step: step, total: totalSteps) {
        at(Cosine.progress, (step: $0, total: totalSteps))
      })
    return at(
      Cosine.waves,
      Cosine.Wave(
        initial: ending.scale * initialRate, final: ending.scale * finalRate, x: ending.x,
        end: step < totalSteps ? nil : finalRate))
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    let climb = at(climbs, Step(number: step, peak: warmupSteps, finalRate: finalRate))
    let warmup = Warmup(
      step: step, total: totalSteps, peak: peakRate, final: finalRate, climb: climb
    ) { cosine(atStep: $0, initialRate: peakRate, finalRate: finalRate, totalSteps: $1) }
    return at(warmups, warmup)
  }
}

// MARK: Step decay: initial·factor^⌊step / interval⌋

private let decays = Site<Decay, Double>("step decay", "Your step decay ") {
  $0.rate(after: $0.step / $0.interval)
} mistakes: {
  Mistake(
    "decay-smooth", "falls at every step; round step / interval down, as integers do."
  ) { $0.initial * pow($0.factor, $0.exact) }
  Mistake(
    "decay-early", "drops a step too soon; it drops where step is a multiple of interval."
  ) { $0.rate(after: ($0.step + 1) / $0.interval) }
  Mistake(
    "decay-late", "drops a step too late; it drops where step is a multiple of interval."
  ) { $0.rate(after: max($0.step - 1, 0) / $0.interval) }
  Mistake(
    "decay-rounded-up", "rounds step / interval up, and so drops at step 1; round it down."
  ) { $0.initial * pow($0.factor, $0.exact.rounded(.up)) }
  Mistake(
    "decay-rounded", "rounds step / interval to the nearest number; round it down."
  ) { $0.initial * pow($0.factor, $0.exact.rounded()) }
  Mistake(
    "decay-at-multiples-only",
    "is lower only at the multiples of interval; it stays low until the next one."
  ) { $0.step % $0.interval == 0 ? $0.rate(after: $0.step / $0.interval) : $0.initial }
  Mistake(
    "decay-one-interval-late", "leaves out the first drop; the first is at t = interval."
  ) { $0.rate(after: max($0.step / $0.interval - 1, 0)) }
  Mistake(
    "decay-linear", "subtracts the same amount at every drop; multiply by factor each time."
  ) { $0.initial * (1 - (1 - $0.factor) * Double($0.step / $0.interval)) }
  Mistake(
    "decay-by-time", "divides by 1 + factor·k, decay by time; multiply by factorᵏ."
  ) { $0.initial / (1 + $0.factor * Double($0.step / $0.interval)) }
  Mistake("decay-exponential", "multiplies by exp(−factor·k); multiply by factorᵏ.") {
    $0.initial * exp(-$0.factor * Double($0.step / $0.interval))
  }
  Mistake("decay-once", "drops once only; it drops after every interval.") {
    $0.rate(after: min($0.step / $0.interval, 1))
  }
  Mistake("decay-every-step", "drops at every step; it drops after every interval.") {
    $0.rate(after: $0.step)
  }
  Mistake(
    "decay-by-remainder", "counts step % interval; it counts step / interval, rounded down."
  ) { $0.rate(after: $0.step % $0.interval) }
  Mistake(
    "decay-share-lost", "takes factor for the share that is lost; factor is the share that is kept."
  ) { $0.initial * pow(1 - $0.factor, Double($0.step / $0.interval)) }
  Mistake("decay-divided", "divides by factor, and so rises; multiply by it.") {
    $0.rate(after: -($0.step / $0.interval))
  }
  Mistake(
    "decay-remembered", "multiplies a rate that it keeps from call to call; go by the step alone."
  ) {
    guard $0.step > 0 else { return $0.initial }
    return ($0.last ?? $0.initial) * ($0.step % $0.interval == 0 ? $0.factor : 1)
  }
}

private struct Decay {
  let step: Int
  let initial, factor: Double
  let interval: Int
  /// The rate that was given last, whatever was asked for.
  let last: Double?

  var exact: Double { Double(step) / Double(interval) }

  func rate(after drops: Int) -> Double { initial * pow(factor, Double(drops)) }
}

// MARK: Warm-up: peak·step/W, then the cosine

private let climbs = Site<Step, Climb>("ramp", "Your warm-up ") {
  Climb(to: $0.peak, share: Double($0.number) / Double($0.peak), at: $0)
} mistakes: {
  Mistake(
    "warmup-from-one",
    "is a step ahead, (step + 1)/W; it should be 0 at step 0 and the peak at step W."
  ) { Climb(to: $0.peak, share: Double($0.number + 1) / Double($0.peak), at: $0) }
  Mistake(
    "warmup-between-the-ends",
    "is (step + 1)/(W + 1) of the peak; it should be step/W, and so 0 at step 0."
  ) { Climb(to: $0.peak, share: Double($0.number + 1) / Double($0.peak + 1), at: $0) }
  Mistake(
    "warmup-early",
    "is at the peak at step W − 1; divide by W, so that it gets there at step W."
  ) { Climb(to: $0.peak, share: Double($0.number) / Double(max($0.peak - 1, 1)), at: $0) }
  Mistake("warmup-integer-division", "divides integers, which gives 0; divide Doubles.") {
    Climb(to: $0.peak, share: 0, at: $0)
  }
  Mistake("warmup-from-final", "begins at finalRate; it begins at 0.") {
    let share = Double($0.number) / Double($0.peak)
    return Climb(to: $0.peak, share: share, from: $0.finalRate, at: $0)
  }
  Mistake("warmup-shaped-as-cosine", "rises as a cosine does; it rises in a straight line, t/W.") {
    let share = 0.5 * (1 - cos(.pi * Double($0.number) / Double($0.peak)))
    return Climb(to: $0.peak, share: share, at: $0)
  }
  Mistake("warmup-quadratic", "rises with the square of t/W; it rises in a straight line.") {
    let share = Double($0.number) / Double($0.peak)
    return Climb(to: $0.peak, share: share * share, at: $0)
  }
  Mistake("warmup-missing", "is missing: from step 0 on the rate is the peak.") {
    Climb(to: $0.peak, share: 1, at: $0)
  }
  Mistake(
    "warmup-nan-at-zero",
    "asks for 0/0 where it has no steps; then the first step has the peak."
  ) { $0.number == 0 && $0.peak == 0 ? Climb(to: 1, share: .nan, at: $0) : nil }
  Mistake(
    "warmup-of-one-step-at-least", "takes a step where W is 0; then step 0 has the peak."
  ) {
    let peak = max($0.peak, 1)
    return Climb(to: peak, share: Double($0.number) / Double(peak), at: $0)
  }
}

private let warmups = Site<Warmup, Double>("after the warm-up") {
  $0.isClimbing ? $0.climbed : $0.cosine($0.passed, $0.rest)
} mistakes: {
  afterward(
    "constant-after-warmup", "You stay at the peak after the warm-up; a cosine follows."
  ) { $0.peak }
  afterward(
    "straight-line-after-warmup",
    "You go down in a straight line after the warm-up; a cosine follows."
  ) { $0.peak + ($0.final - $0.peak) * min(Double($0.passed) / Double($0.rest), 1) }
  afterward(
    "cosine-after-warmup-integer-division",
    "The cosine after your warm-up divides the steps as integers; use Doubles."
  ) { $0.cosine($0.passed < $0.rest ? 0 : $0.rest, $0.rest) }
  afterward(
    "cosine-after-warmup-early",
    "The cosine after your warm-up divides by T − W − 1, and ends too soon; divide by T − W."
  ) { $0.cosine($0.passed, $0.rest - 1) }
  afterward(
    "cosine-after-warmup-ahead",
    "The cosine after your warm-up is a step ahead; at step W it is at its own step 0."
  ) { $0.cosine($0.passed + 1, $0.rest) }
  afterward(
    "cosine-not-shifted",
    "The cosine after your warm-up counts from step 0; it begins, at the peak, at step W."
  ) { $0.cosine($0.step, $0.total) }
  afterward(
    "cosine-takes-all-steps",
    "The cosine after your warm-up takes T steps, and so ends late; it takes T − W."
  ) { $0.cosine($0.passed, $0.total) }
  afterward(
    "cosine-shortened-not-shifted",
    "The cosine after your warm-up takes T − W steps, but from step 0; it begins at step W."
  ) { $0.cosine($0.step, $0.rest) }
  Mistake(
    "smaller-of-warmup-and-cosine",
    "You took the smaller of the warm-up and a cosine from step 0; the cosine begins at step W."
  ) { min($0.climb.rate(to: $0.peak), $0.cosine($0.step, $0.total)) }
  Mistake(
    "warmup-times-cosine",
    "You multiplied the warm-up by a cosine that runs from step 0; it begins at step W."
  ) { $0.climb.rate(to: 1) * $0.cosine($0.step, $0.total) }
}

/// What goes wrong once the peak is reached.
private func afterward(
  _ id: String, _ sentence: String, instead: @escaping @Sendable (Warmup) -> Double
) -> Mistake<Warmup, Double> {
  Mistake(id, sentence) { $0.isClimbing ? nil : instead($0) }
}

/// A step of a schedule that warms up, and the number of the one that should be at the peak, W.
private struct Step {
  let number, peak: Int
  let finalRate: Double
}

private struct Climb {
  /// The number of the step that is at the peak.
  let peak: Int
  let bottom: Double
  /// How much of the way from the bottom to the peak is done.
  let share: Double

  init(to peak: Int, share: Double, from bottom: Double = 0, at step: Step) {
    (self.peak, self.bottom) = (peak, bottom)
    self.share = step.number < peak ? share : 1
  }

  func rate(to peakRate: Double) -> Double { bottom + (peakRate - bottom) * share }
}

private struct Warmup {
  let step, total: Int
  let peak, final: Double
  let climb: Climb
  let cosine: (_ step: Int, _ totalSteps: Int) -> Double

  var isClimbing: Bool { step < climb.peak }
  var climbed: Double { climb.rate(to: peak) }
  var passed: Int { step - climb.peak }
  var rest: Int { total - climb.peak }
}
