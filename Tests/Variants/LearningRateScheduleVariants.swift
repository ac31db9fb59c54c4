import KataKit

extension CorrectAnswers {
  static let learningRateSchedule = CorrectAnswers(
    kata: "learning-rate-schedule",
    variants: [
      LoopSchedule.self, OptaxSchedule.self, SineSchedule.self, EarlyReturnSchedule.self,
      RecursiveSchedule.self, FractionSchedule.self,
    ])
}

/// Decays in a loop, and branches at every border.
private struct LoopSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    var rate = initialRate
    if step > 0 { for k in 1...step where k % interval == 0 { rate *= factor } }
    return rate
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    if step >= totalSteps { return finalRate }
    let angle = Double(step) * Double.pi / Double(totalSteps)
    return (initialRate + finalRate) / 2 + (initialRate - finalRate) / 2 * cos(angle)
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    if step < warmupSteps { return Double(step) * (peakRate / Double(warmupSteps)) }
    if step > totalSteps { return finalRate }
    let angle = Double.pi * Double(step - warmupSteps) / Double(totalSteps - warmupSteps)
    return (peakRate + finalRate) / 2 + (peakRate - finalRate) / 2 * cos(angle)
  }
}

/// α, the share of the initial rate that is left, as optax has it.
private struct OptaxSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    initialRate * pow(factor, (Double(step) / Double(interval)).rounded(.down))
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    let count = Double(min(step, totalSteps))
    let alpha = finalRate / initialRate
    let decayed = 0.5 * (1 + cos(.pi * count / Double(totalSteps)))
    return initialRate * ((1 - alpha) * decayed + alpha)
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    step >= warmupSteps
      ? cosine(
        atStep: step - warmupSteps, initialRate: peakRate, finalRate: finalRate,
        totalSteps: totalSteps - warmupSteps)
      : peakRate - peakRate * (1 - Double(step) / Double(warmupSteps))
  }
}

/// ½·(1 + cos x) = cos²(x/2) = 1 − sin²(x/2).
private struct SineSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    exp(log(initialRate) + Double(step / interval) * log(factor))
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    let x = max(0, min(1, Double(step) / Double(totalSteps)))
    let sine = sin(.pi / 2 * x)
    return initialRate - (initialRate - finalRate) * sine * sine
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    let share = warmupSteps == 0 ? 1 : min(1, Double(step) / Double(warmupSteps))
    let x = min(1, max(0, Double(step - warmupSteps) / Double(totalSteps - warmupSteps)))
    let cosine = cos(.pi / 2 * x)
    return share < 1 ? peakRate * share : finalRate + (peakRate - finalRate) * cosine * cosine
  }
}

private final class EarlyReturnSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    let (count, _) = step.quotientAndRemainder(dividingBy: interval)
    return (0..<count).reduce(initialRate) { rate, _ in rate * factor }
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    guard step < totalSteps else { return finalRate }
    guard step > 0 else { return initialRate }
    let share = (cos(Double(step) / Double(totalSteps) * .pi) + 1) / 2
    return initialRate * share + finalRate * (1 - share)
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    if warmupSteps > 0 && step <= warmupSteps {
      return peakRate * (Double(step) / Double(warmupSteps))
    }
    return cosine(
      atStep: step - warmupSteps, initialRate: peakRate, finalRate: finalRate,
      totalSteps: totalSteps - warmupSteps)
  }
}

private struct RecursiveSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    if step < interval { return initialRate }
    return stepDecay(
      atStep: step - interval, initialRate: initialRate * factor, factor: factor,
      interval: interval)
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    warmup(
      atStep: step, peakRate: initialRate, finalRate: finalRate, warmupSteps: 0,
      totalSteps: totalSteps)
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    if step > totalSteps {
      return warmup(
        atStep: totalSteps, peakRate: peakRate, finalRate: finalRate, warmupSteps: warmupSteps,
        totalSteps: totalSteps)
    }
    if step < warmupSteps { return peakRate / Double(warmupSteps) * Double(step) }
    let x = Double(step - warmupSteps) / Double(totalSteps - warmupSteps)
    return finalRate + (peakRate - finalRate) * (1 + cos(x * .pi)) * 0.5
  }
}

/// The smaller of the ramp and the wave, the wave held at the peak before it begins.
private struct FractionSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    initialRate / pow(1 / factor, floor(Double(step) / Double(interval)))
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    let x = Double(max(0, min(step, totalSteps))) / Double(totalSteps)
    return finalRate + (initialRate - finalRate) / 2 - (initialRate - finalRate) / 2
      * cos(.pi * (1 - x))
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    let ramp = warmupSteps > 0 ? peakRate * Double(step) / Double(warmupSteps) : .infinity
    let wave = cosine(
      atStep: step - warmupSteps, initialRate: peakRate, finalRate: finalRate,
      totalSteps: totalSteps - warmupSteps)
    return min(ramp, wave)
  }
}
