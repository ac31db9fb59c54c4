import Grading
import KataKit

extension LearningRateScheduleSuite {
  /// final + ½·(initial − final)·(1 + cos(π·step/total)).
  enum Cosine {
    static let progress = Site<(step: Int, total: Int), Double>("progress", "Your cosine ") {
      Double($0.step) / Double($0.total)
    } mistakes: {
      Mistake(
        "cosine-integer-division",
        "divides the steps as integers, which gives 0 up to the end; use Doubles."
      ) { Double($0.step / $0.total) }
      Mistake("cosine-early", "divides by T − 1, and so ends a step too soon; divide by T.") {
        Double($0.step) / Double($0.total - 1)
      }
      Mistake(
        "cosine-early-but-for-one-step",
        "divides by max(T − 1, 1), and so ends a step too soon; divide by T."
      ) { Double($0.step) / Double(max($0.total - 1, 1)) }
      Mistake("cosine-from-one", "counts from 1: at its first step it is one step on already.") {
        Double($0.step + 1) / Double($0.total)
      }
    }

    static let waves = Site<Wave, Double>("wave") {
      $0.final + $0.fall * $0.half
    } mistakes: {
      Mistake(
        "cosine-half-missing",
        "Your cosine lacks the ½, and so begins too high; 1 + cos begins at 2."
      ) { $0.final + $0.fall * 2 * $0.half }
      wrongWave(
        "cosine-alone", "You scaled by cos alone, which goes from 1 to −1; take ½·(1 + cos)."
      ) { $0.final + $0.fall * $0.cosine }
      wrongWave(
        "cosine-parentheses-missing",
        "You multiplied by 1 and then added cos; multiply by (1 + cos), in parentheses."
      ) { $0.final + 0.5 * $0.fall + $0.cosine }
      Mistake(
        "cosine-quarter-wave",
        "Your cosine is a quarter of a wave, cos(½·π·x); take ½·(1 + cos(π·x))."
      ) { $0.final + $0.fall * cos(0.5 * .pi * $0.x) }
      wrongWave(
        "cosine-full-wave",
        "Your cosine is a whole wave, 2·π, and comes back up; take half of one, π."
      ) { $0.final + $0.fall * 0.5 * (1 + cos(2 * .pi * $0.x)) }
      wrongWave(
        "cosine-in-degrees", "Your cosine takes degrees, cos(180·x); it takes radians, cos(π·x)."
      ) {
        $0.final + $0.fall * 0.5 * (1 + cos(180 * $0.x))
      }
      wrongWave("sine", "You took the sine; take the cosine, ½·(1 + cos(π·x)).") {
        $0.final + $0.fall * 0.5 * (1 + sin(.pi * $0.x))
      }
      wrongWave(
        "rates-summed", "You scaled the sum of both rates; scale their difference, initial − final."
      ) { $0.final + ($0.initial + $0.final) * $0.half }
      wrongWave(
        "final-halved", "You halved finalRate as well; only the difference of the rates has the ½."
      ) { 0.5 * $0.final + $0.fall * $0.half }
      wrongWave(
        "cosine-pi-missing", "Your cosine has no π in it; half a wave is done after π."
      ) { $0.final + $0.fall * 0.5 * (1 + cos($0.x)) }
      wrongWave("cosine-rising", "Your cosine rises, as ½·(1 − cos) does; take ½·(1 + cos).") {
        $0.final + $0.fall * (1 - $0.half)
      }
      Mistake(
        "cosine-straight-line",
        "Your cosine falls in a straight line; take ½·(1 + cos(π·x)) for 1 − x."
      ) { $0.final + $0.fall * (1 - $0.x) }
      wrongWave(
        "final-ignored", "Your cosine falls toward 0; it falls from initialRate to finalRate."
      ) { $0.initial * $0.half }
      Mistake(
        "final-added", "Your cosine begins at the sum of both rates; scale their difference only."
      ) { $0.final + $0.initial * $0.half }
      Mistake(
        "final-as-floor",
        "Your cosine falls toward 0 and is cut off at finalRate; the wave itself ends there."
      ) { max($0.final, $0.initial * $0.half) }
      Mistake(
        "rates-swapped",
        "You scaled finalRate − initialRate, which is below 0; scale initialRate − finalRate."
      ) { $0.final - $0.fall * $0.half }
      wrongWave(
        "final-not-added",
        "You did not add finalRate to the scaled difference: finalRate + ½·(…)·(1 + cos)."
      ) { $0.fall * $0.half }
    }

    /// A wrong wave, and the same where the end is as it should be all the same.
    static func wrongWave(
      _ id: String, _ sentence: String, instead: @escaping @Sendable (Wave) -> Double
    ) -> [Mistake<Wave, Double>] {
      [
        Mistake(id, sentence, instead: instead),
        Mistake(id + "-before-the-end", sentence) { $0.end ?? instead($0) },
      ]
    }

    struct Wave {
      let initial, final: Double
      /// How much of the way is behind.
      let x: Double
      /// What is right once the steps are over.
      let end: Double?

      var fall: Double { initial - final }
      var cosine: Double { cos(.pi * x) }
      var half: Double { 0.5 * (1 + cosine) }
    }

    /// How much of the way is behind, which is all of it from the end on.
    static let ends = Site<Run, Ending>("end") {
      Ending(x: $0.bounded(at: $0.step))
    } mistakes: {
      Mistake(
        "goes-on-after-the-end",
        "Your cosine goes on after its last step; the rate stays at finalRate."
      ) { Ending(x: $0.progress($0.step)) }
      Mistake("zero-after-the-end", "Your rate is 0 after the last step; it stays at finalRate.") {
        $0.step > $0.total ? Ending(x: 1, scale: 0) : nil
      }
      Mistake(
        "zero-at-the-end", "Your rate is 0 from the last step on; it stays at finalRate."
      ) { $0.step >= $0.total ? Ending(x: 1, scale: 0) : nil }
      Mistake(
        "restarts", "Your cosine starts again after its last step; the rate stays at finalRate."
      ) { Ending(x: $0.bounded(at: $0.step % $0.total)) }
    }

    struct Run {
      let step, total: Int
      let progress: (_ step: Int) -> Double

      func bounded(at step: Int) -> Double {
        let x = progress(step)
        return x > 1 ? 1 : x
      }
    }

    struct Ending {
      let x: Double
      /// What both rates are multiplied by.
      var scale = 1.0
    }
  }
}
