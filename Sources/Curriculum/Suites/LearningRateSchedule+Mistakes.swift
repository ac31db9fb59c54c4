import Grading
import KataKit

extension LearningRateScheduleSuite {
  package enum Slip: String, Mistake {
    case decaySmooth = "decay-smooth"
    case decayEarly = "decay-early"
    case decayLate = "decay-late"
    case decayRoundedUp = "decay-rounded-up"
    case decayOnce = "decay-once"
    case decayEveryStep = "decay-every-step"
    case decayByRemainder = "decay-by-remainder"
    case decayShareLost = "decay-share-lost"
    case decayDivided = "decay-divided"
    case cosineOfIntegers = "cosine-integer-division"
    case cosineEarly = "cosine-early"
    case cosineFromOne = "cosine-from-one"
    case halfMissing = "cosine-half-missing"
    case cosineAlone = "cosine-alone"
    case parenthesesMissing = "cosine-parentheses-missing"
    case quarterWave = "cosine-quarter-wave"
    case fullWave = "cosine-full-wave"
    case piMissing = "cosine-pi-missing"
    case cosineRising = "cosine-rising"
    case straightLine = "cosine-straight-line"
    case finalIgnored = "final-ignored"
    case finalAdded = "final-added"
    case finalAsFloor = "final-as-floor"
    case goesOn = "goes-on-after-the-end"
    case zeroAfterwards = "zero-after-the-end"
    case rampFromOne = "warmup-from-one"
    case rampInside = "warmup-between-the-ends"
    case rampEarly = "warmup-early"
    case rampOfIntegers = "warmup-integer-division"
    case rampFromFinal = "warmup-from-final"
    case rampMissing = "warmup-missing"
    case rampNotANumber = "warmup-nan-at-zero"
    case rampOfOneStep = "warmup-of-one-step-at-least"
    case constantAfterwards = "constant-after-warmup"
    case lineAfterwards = "straight-line-after-warmup"
    case waveOfIntegers = "cosine-after-warmup-integer-division"
    case waveEarly = "cosine-after-warmup-early"
    case waveNotShifted = "cosine-not-shifted"
    case waveOfAllSteps = "cosine-takes-all-steps"
    case waveShortened = "cosine-shortened-not-shifted"
    case waveMultiplied = "warmup-times-cosine"

    package var sentence: String {
      switch self {
      case .decaySmooth:
        "Your step decay falls at every step; round step / interval down, as integers do."
      case .decayEarly:
        "Your step decay drops a step too soon; it drops where step is a multiple of interval."
      case .decayLate:
        "Your step decay drops a step too late; it drops where step is a multiple of interval."
      case .decayRoundedUp:
        "Your step decay rounds step / interval up, and so drops at step 1; round it down."
      case .decayOnce: "Your step decay drops once only; it drops after every interval."
      case .decayEveryStep: "Your step decay drops at every step; it drops after every interval."
      case .decayByRemainder:
        "Your step decay counts step % interval; it counts step / interval, rounded down."
      case .decayShareLost:
        "Your step decay takes factor for the share that is lost; it is the share that is kept."
      case .decayDivided: "Your step decay divides by factor, and so rises; multiply by it."
      case .cosineOfIntegers:
        "Your cosine divides the steps as integers, which gives 0 up to the end; use Doubles."
      case .cosineEarly: "Your cosine divides by T − 1, and so ends a step too soon; divide by T."
      case .cosineFromOne:
        "Your cosine counts from 1: at its first step it is one step on already."
      case .halfMissing: "Your cosine lacks the ½, and so begins too high; 1 + cos begins at 2."
      case .cosineAlone: "You scaled by cos alone, which goes from 1 to −1; take ½·(1 + cos)."
      case .parenthesesMissing:
        "You multiplied by 1 and then added cos; multiply by (1 + cos), in parentheses."
      case .quarterWave:
        "Your cosine is a quarter of a wave, cos(½·π·x); take ½·(1 + cos(π·x))."
      case .fullWave: "Your cosine is a whole wave, 2·π, and comes back up; take half of one, π."
      case .piMissing: "Your cosine has no π in it; half a wave is done after π."
      case .cosineRising: "Your cosine rises, as ½·(1 − cos) does; take ½·(1 + cos)."
      case .straightLine: "Your cosine falls in a straight line; take ½·(1 + cos(π·x)) for 1 − x."
      case .finalIgnored: "Your cosine ends at 0; it ends at finalRate."
      case .finalAdded:
        "Your cosine begins at the sum of both rates; scale their difference only."
      case .finalAsFloor:
        "Your cosine falls towards 0 and is cut off at finalRate; the wave itself ends there."
      case .goesOn: "Your cosine goes on after its last step; the rate stays at finalRate."
      case .zeroAfterwards: "Your rate is 0 after the last step; it stays at finalRate."
      case .rampFromOne:
        "Your warm-up is a step ahead, (step + 1)/W; it is 0 at step 0 and the peak at step W."
      case .rampInside:
        "Your warm-up is (step + 1)/(W + 1) of the peak; it is step/W, and so 0 at step 0."
      case .rampEarly:
        "Your warm-up is at the peak at step W − 1; divide by W, so that it gets there at step W."
      case .rampOfIntegers: "Your warm-up divides integers, which gives 0; divide Doubles."
      case .rampFromFinal: "Your warm-up begins at finalRate; it begins at 0."
      case .rampMissing: "Your warm-up is missing: from step 0 on the rate is the peak."
      case .rampNotANumber:
        "Your warm-up asks for 0/0 where it has no steps; then the first step has the peak."
      case .rampOfOneStep: "Your warm-up takes a step where W is 0; then step 0 has the peak."
      case .constantAfterwards: "You stay at the peak after the warm-up; a cosine follows."
      case .lineAfterwards: "You go down in a straight line after the warm-up; a cosine follows."
      case .waveOfIntegers:
        "The cosine after your warm-up divides the steps as integers; use Doubles."
      case .waveEarly:
        "The cosine after your warm-up divides by T − W − 1, and ends too soon; divide by T − W."
      case .waveNotShifted:
        "The cosine after your warm-up counts from step 0; it begins, at the peak, at step W."
      case .waveOfAllSteps:
        "The cosine after your warm-up takes T steps, and so ends late; it takes T − W."
      case .waveShortened:
        "The cosine after your warm-up takes T − W steps, but from step 0; it begins at step W."
      case .waveMultiplied:
        "You multiplied the warm-up by a cosine that runs from step 0; it begins at step W."
      }
    }

    package var site: String {
      switch self {
      case .decaySmooth, .decayEarly, .decayLate, .decayRoundedUp, .decayOnce, .decayEveryStep,
        .decayByRemainder, .decayShareLost, .decayDivided:
        "step decay"
      case .cosineOfIntegers, .cosineEarly, .cosineFromOne: "progress"
      case .halfMissing, .cosineAlone, .parenthesesMissing, .quarterWave, .fullWave, .piMissing,
        .cosineRising, .straightLine, .finalIgnored, .finalAdded, .finalAsFloor:
        "wave"
      case .goesOn, .zeroAfterwards: "end"
      case .rampFromOne, .rampInside, .rampEarly, .rampOfIntegers, .rampFromFinal, .rampMissing,
        .rampNotANumber, .rampOfOneStep:
        "ramp"
      case .constantAfterwards, .lineAfterwards, .waveOfIntegers, .waveEarly, .waveNotShifted,
        .waveOfAllSteps, .waveShortened, .waveMultiplied:
        "after the warm-up"
      }
    }
  }

  /// The schedules with any of the mistakes made on purpose.
  struct Reference: LearningRateScheduleKata {
    private var mistakes: Set<Slip> = []

    init() {}
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func stepDecay(
      atStep step: Int, initialRate: Double, factor: Double, interval: Int
    ) -> Double {
      let exact = Double(step) / Double(interval)
      var count = step / interval
      if makes(.decayEarly) { count = (step + 1) / interval }
      if makes(.decayLate) { count = max(step - 1, 0) / interval }
      if makes(.decayOnce) { count = min(count, 1) }
      if makes(.decayEveryStep) { count = step }
      if makes(.decayByRemainder) { count = step % interval }
      if makes(.decayDivided) { count = -count }
      return initialRate
        * pow(
          makes(.decayShareLost) ? 1 - factor : factor,
          makes(.decaySmooth)
            ? exact : makes(.decayRoundedUp) ? exact.rounded(.up) : Double(count))
    }

    func cosine(
      atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
    ) -> Double {
      if makes(.zeroAfterwards), step > totalSteps { return 0 }
      var x = Double(step) / Double(totalSteps)
      if makes(.cosineOfIntegers) { x = x.rounded(.down) }
      if makes(.cosineEarly) { x = Double(step) / Double(max(totalSteps - 1, 1)) }
      if makes(.cosineFromOne) { x = Double(step + 1) / Double(totalSteps) }
      if !makes(.goesOn) { x = min(x, 1) }
      return rate(initialRate, finalRate, progress: x)
    }

    private func rate(_ initial: Double, _ final: Double, progress x: Double) -> Double {
      let half = 0.5 * (1 + cos(.pi * x))
      if makes(.finalIgnored) { return initial * half }
      if makes(.finalAdded) { return final + initial * half }
      if makes(.finalAsFloor) { return max(final, initial * half) }
      if makes(.parenthesesMissing) { return final + 0.5 * (initial - final) + cos(.pi * x) }
      var share = half
      if makes(.halfMissing) { share = 2 * half }
      if makes(.cosineAlone) { share = cos(.pi * x) }
      if makes(.quarterWave) { share = cos(0.5 * .pi * x) }
      if makes(.fullWave) { share = 0.5 * (1 + cos(2 * .pi * x)) }
      if makes(.piMissing) { share = 0.5 * (1 + cos(x)) }
      if makes(.cosineRising) { share = 1 - half }
      if makes(.straightLine) { share = 1 - x }
      return final + (initial - final) * share
    }

    func warmup(
      atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
    ) -> Double {
      func wave(_ step: Int, of total: Int) -> Double {
        cosine(
          atStep: step, initialRate: peakRate, finalRate: finalRate, totalSteps: max(total, 1))
      }
      if makes(.rampNotANumber), step == 0, warmupSteps == 0 { return .nan }
      let start = makes(.rampOfOneStep) ? max(warmupSteps, 1) : warmupSteps
      let bottom = makes(.rampFromFinal) ? finalRate : 0
      let share = step < start ? ramp(step, start) : 1
      if makes(.waveMultiplied) {
        return (bottom + (1 - bottom) * share) * wave(step, of: totalSteps)
      }
      if step < start { return bottom + (peakRate - bottom) * share }
      let (passed, rest) = (step - start, totalSteps - start)
      if makes(.constantAfterwards) { return peakRate }
      if makes(.lineAfterwards) {
        return peakRate + (finalRate - peakRate) * min(Double(passed) / Double(rest), 1)
      }
      if makes(.waveOfIntegers) { return passed < rest ? wave(0, of: rest) : wave(rest, of: rest) }
      if makes(.waveEarly) { return wave(passed, of: rest - 1) }
      if makes(.waveNotShifted) { return wave(step, of: totalSteps) }
      if makes(.waveOfAllSteps) { return wave(passed, of: totalSteps) }
      return makes(.waveShortened) ? wave(step, of: rest) : wave(passed, of: rest)
    }

    /// Of the peak, before the last step of the warm-up.
    private func ramp(_ step: Int, _ steps: Int) -> Double {
      if makes(.rampFromOne) { return Double(step + 1) / Double(steps) }
      if makes(.rampInside) { return Double(step + 1) / Double(steps + 1) }
      if makes(.rampEarly) { return Double(step) / Double(max(steps - 1, 1)) }
      if makes(.rampOfIntegers) { return 0 }
      return makes(.rampMissing) ? 1 : Double(step) / Double(steps)
    }
  }
}
