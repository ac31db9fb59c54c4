import Grading
import KataKit

extension LearningRateScheduleSuite {
  package enum Slip: String, ListedMistake {
    case decaySmooth = "decay-smooth"
    case decayEarly = "decay-early"
    case decayLate = "decay-late"
    case decayRoundedUp = "decay-rounded-up"
    case decayOnce = "decay-once"
    case decayEveryStep = "decay-every-step"
    case decayByRemainder = "decay-by-remainder"
    case decayShareLost = "decay-share-lost"
    case decayDivided = "decay-divided"
    case decayRemembered = "decay-remembered"
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
    case ratesSwapped = "rates-swapped"
    case finalNotAdded = "final-not-added"
    // The same but for the end, which is at finalRate all the same.
    case cosineAloneBefore = "cosine-alone-before-the-end"
    case parenthesesMissingBefore = "cosine-parentheses-missing-before-the-end"
    case fullWaveBefore = "cosine-full-wave-before-the-end"
    case piMissingBefore = "cosine-pi-missing-before-the-end"
    case cosineRisingBefore = "cosine-rising-before-the-end"
    case finalIgnoredBefore = "final-ignored-before-the-end"
    case finalNotAddedBefore = "final-not-added-before-the-end"
    case goesOn = "goes-on-after-the-end"
    case zeroAfterwards = "zero-after-the-end"
    case zeroAtTheEnd = "zero-at-the-end"
    case restarts
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
    case waveAhead = "cosine-after-warmup-ahead"
    case waveNotShifted = "cosine-not-shifted"
    case waveOfAllSteps = "cosine-takes-all-steps"
    case waveShortened = "cosine-shortened-not-shifted"
    case waveMultiplied = "warmup-times-cosine"

    /// The mistake itself, where the end is as it should be all the same.
    fileprivate var beforeTheEnd: Slip? {
      switch self {
      case .cosineAloneBefore: .cosineAlone
      case .parenthesesMissingBefore: .parenthesesMissing
      case .fullWaveBefore: .fullWave
      case .piMissingBefore: .piMissing
      case .cosineRisingBefore: .cosineRising
      case .finalIgnoredBefore: .finalIgnored
      case .finalNotAddedBefore: .finalNotAdded
      default: nil
      }
    }

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
      case .decayRemembered:
        "Your step decay multiplies a rate that it keeps from call to call; go by the step alone."
      case .cosineOfIntegers:
        "Your cosine divides the steps as integers, which gives 0 up to the end; use Doubles."
      case .cosineEarly: "Your cosine divides by T − 1, and so ends a step too soon; divide by T."
      case .cosineFromOne:
        "Your cosine counts from 1: at its first step it is one step on already."
      case .halfMissing: "Your cosine lacks the ½, and so begins too high; 1 + cos begins at 2."
      case .cosineAlone, .cosineAloneBefore:
        "You scaled by cos alone, which goes from 1 to −1; take ½·(1 + cos)."
      case .parenthesesMissing, .parenthesesMissingBefore:
        "You multiplied by 1 and then added cos; multiply by (1 + cos), in parentheses."
      case .quarterWave:
        "Your cosine is a quarter of a wave, cos(½·π·x); take ½·(1 + cos(π·x))."
      case .fullWave, .fullWaveBefore:
        "Your cosine is a whole wave, 2·π, and comes back up; take half of one, π."
      case .piMissing, .piMissingBefore: "Your cosine has no π in it; half a wave is done after π."
      case .cosineRising, .cosineRisingBefore:
        "Your cosine rises, as ½·(1 − cos) does; take ½·(1 + cos)."
      case .straightLine: "Your cosine falls in a straight line; take ½·(1 + cos(π·x)) for 1 − x."
      case .finalIgnored, .finalIgnoredBefore:
        "Your cosine falls towards 0; it falls from initialRate to finalRate."
      case .ratesSwapped:
        "You scaled finalRate − initialRate, which is below 0; scale initialRate − finalRate."
      case .finalNotAdded, .finalNotAddedBefore:
        "You did not add finalRate to the scaled difference; it is finalRate + ½·(…)·(1 + cos)."
      case .finalAdded:
        "Your cosine begins at the sum of both rates; scale their difference only."
      case .finalAsFloor:
        "Your cosine falls towards 0 and is cut off at finalRate; the wave itself ends there."
      case .goesOn: "Your cosine goes on after its last step; the rate stays at finalRate."
      case .restarts: "Your cosine starts again after its last step; the rate stays at finalRate."
      case .zeroAtTheEnd: "Your rate is 0 from the last step on; it stays at finalRate."
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
      case .waveAhead:
        "The cosine after your warm-up is a step ahead; at step W it is at its own step 0."
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
        .decayByRemainder, .decayShareLost, .decayDivided, .decayRemembered:
        "step decay"
      case .cosineOfIntegers, .cosineEarly, .cosineFromOne: "progress"
      case .halfMissing, .cosineAlone, .parenthesesMissing, .quarterWave, .fullWave, .piMissing,
        .cosineRising, .straightLine, .finalIgnored, .finalAdded, .finalAsFloor, .ratesSwapped,
        .finalNotAdded, .cosineAloneBefore, .parenthesesMissingBefore, .fullWaveBefore,
        .piMissingBefore, .cosineRisingBefore, .finalIgnoredBefore, .finalNotAddedBefore:
        "wave"
      case .goesOn, .zeroAfterwards, .zeroAtTheEnd, .restarts: "end"
      case .rampFromOne, .rampInside, .rampEarly, .rampOfIntegers, .rampFromFinal, .rampMissing,
        .rampNotANumber, .rampOfOneStep:
        "ramp"
      case .constantAfterwards, .lineAfterwards, .waveOfIntegers, .waveEarly, .waveAhead,
        .waveNotShifted, .waveOfAllSteps, .waveShortened, .waveMultiplied:
        "after the warm-up"
      }
    }
  }

  /// The schedules with any of the mistakes made on purpose.
  struct Reference: LearningRateScheduleKata {
    // The mistake at each site.
    private var decay: Slip?
    private var progress: Slip?
    private var wave: Slip?
    private var endsRight = false
    private var end: Slip?
    private var ramp: Slip?
    private var after: Slip?
    private let memory = Memory<Double>()

    init() {}

    init(mistakes: Set<Slip>) {
      func mistake(at site: String) -> Slip? { mistakes.first { $0.site == site } }
      decay = mistake(at: "step decay")
      progress = mistake(at: "progress")
      let wave = mistake(at: "wave")
      self.wave = wave?.beforeTheEnd ?? wave
      endsRight = wave?.beforeTheEnd != nil
      end = mistake(at: "end")
      ramp = mistake(at: "ramp")
      after = mistake(at: "after the warm-up")
    }

    func stepDecay(
      atStep step: Int, initialRate: Double, factor: Double, interval: Int
    ) -> Double {
      let exact = Double(step) / Double(interval)
      let drops =
        switch decay {
        case .decayRemembered: step > 0 && step % interval == 0 ? 1.0 : 0
        case .decaySmooth: exact
        case .decayEarly: Double((step + 1) / interval)
        case .decayLate: Double(max(step - 1, 0) / interval)
        case .decayRoundedUp: exact.rounded(.up)
        case .decayOnce: Double(min(step / interval, 1))
        case .decayEveryStep: Double(step)
        case .decayByRemainder: Double(step % interval)
        case .decayDivided: Double(-(step / interval))
        default: Double(step / interval)
        }
      let isKept = decay == .decayRemembered && step > 0
      let start = isKept ? memory.last ?? initialRate : initialRate
      let rate = start * pow(decay == .decayShareLost ? 1 - factor : factor, drops)
      memory.last = rate
      return rate
    }

    func cosine(
      atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
    ) -> Double {
      if endsRight, step >= totalSteps { return finalRate }
      switch end {
      case .zeroAfterwards where step > totalSteps, .zeroAtTheEnd where step >= totalSteps:
        return 0
      default: break
      }
      // Who counts the steps wrong may have none left.
      if totalSteps <= 0 { return finalRate }
      let step = end == .restarts ? step % totalSteps : step
      let x =
        switch progress {
        case .cosineOfIntegers: Double(step / totalSteps)
        case .cosineEarly: Double(step) / Double(totalSteps - 1)
        case .cosineFromOne: Double(step + 1) / Double(totalSteps)
        default: Double(step) / Double(totalSteps)
        }
      return rate(initialRate, finalRate, progress: x > 1 && end != .goesOn ? 1 : x)
    }

    private func rate(_ initial: Double, _ final: Double, progress x: Double) -> Double {
      let half = 0.5 * (1 + cos(.pi * x))
      let fall = initial - final
      return switch wave {
      case .finalIgnored: initial * half
      case .finalAdded: final + initial * half
      case .finalNotAdded: fall * half
      case .finalAsFloor: max(final, initial * half)
      case .ratesSwapped: final - fall * half
      case .parenthesesMissing: final + 0.5 * fall + cos(.pi * x)
      case .halfMissing: final + fall * 2 * half
      case .cosineAlone: final + fall * cos(.pi * x)
      case .quarterWave: final + fall * cos(0.5 * .pi * x)
      case .fullWave: final + fall * 0.5 * (1 + cos(2 * .pi * x))
      case .piMissing: final + fall * 0.5 * (1 + cos(x))
      case .cosineRising: final + fall * (1 - half)
      case .straightLine: final + fall * (1 - x)
      default: final + fall * half
      }
    }

    func warmup(
      atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
    ) -> Double {
      func wave(_ step: Int, of total: Int) -> Double {
        cosine(atStep: step, initialRate: peakRate, finalRate: finalRate, totalSteps: total)
      }
      if ramp == .rampNotANumber, step == 0, warmupSteps == 0 { return .nan }
      let start = ramp == .rampOfOneStep ? max(warmupSteps, 1) : warmupSteps
      let bottom = ramp == .rampFromFinal ? finalRate : 0
      let share = step < start ? climbed(step, start) : 1
      if after == .waveMultiplied {
        return (bottom + (1 - bottom) * share) * wave(step, of: totalSteps)
      }
      if step < start { return bottom + (peakRate - bottom) * share }
      let (passed, rest) = (step - start, totalSteps - start)
      return switch after {
      case .constantAfterwards: peakRate
      case .lineAfterwards:
        peakRate + (finalRate - peakRate) * min(Double(passed) / Double(rest), 1)
      case .waveOfIntegers: passed < rest ? wave(0, of: rest) : wave(rest, of: rest)
      case .waveEarly: wave(passed, of: rest - 1)
      case .waveAhead: wave(passed + 1, of: rest)
      case .waveNotShifted: wave(step, of: totalSteps)
      case .waveOfAllSteps: wave(passed, of: totalSteps)
      case .waveShortened: wave(step, of: rest)
      default: wave(passed, of: rest)
      }
    }

    /// The share of the peak before the last step of the warm-up.
    private func climbed(_ step: Int, _ steps: Int) -> Double {
      switch ramp {
      case .rampFromOne: Double(step + 1) / Double(steps)
      case .rampInside: Double(step + 1) / Double(steps + 1)
      case .rampEarly: Double(step) / Double(max(steps - 1, 1))
      case .rampOfIntegers: 0
      case .rampMissing: 1
      default: Double(step) / Double(steps)
      }
    }
  }
}
