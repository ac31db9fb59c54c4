import KataKit

struct LearningRateSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    // solution:begin
    // Integer division counts the full intervals.
    // bug decay-smooth: initialRate * pow(factor, Double(step) / Double(interval))
    // bug decay-by-remainder: initialRate * pow(factor, Double(step % interval))
    initialRate * pow(factor, Double(step / interval))
    // solution:end
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    // solution:begin
    // bug cosine-integer-division: let progress = min(Double(step / totalSteps), 1)
    // bug goes-on-after-the-end: let progress = Double(step) / Double(totalSteps)
    let progress = min(Double(step) / Double(totalSteps), 1)
    // bug cosine-half-missing: return finalRate + (initialRate - finalRate) * (1 + cos(.pi * progress))
    // bug cosine-parentheses-missing: return finalRate + 0.5 * (initialRate - finalRate) * 1 + cos(.pi * progress)
    // bug final-ignored: return 0.5 * initialRate * (1 + cos(.pi * progress))
    return finalRate + 0.5 * (initialRate - finalRate) * (1 + cos(.pi * progress))
    // solution:end
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    // solution:begin
    // With `<`, a warm-up of 0 steps never divides by 0.
    // bug warmup-from-one: if step < warmupSteps { return peakRate * Double(step + 1) / Double(warmupSteps) }
    // bug warmup-integer-division: if step < warmupSteps { return peakRate * Double(step / warmupSteps) }
    if step < warmupSteps { return peakRate * Double(step) / Double(warmupSteps) }
    return cosine(
      // bug cosine-not-shifted: atStep: step, initialRate: peakRate, finalRate: finalRate,
      // bug cosine-not-shifted: totalSteps: totalSteps)
      atStep: step - warmupSteps, initialRate: peakRate, finalRate: finalRate,
      // bug cosine-takes-all-steps: totalSteps: totalSteps)
      totalSteps: totalSteps - warmupSteps)
    // solution:end
  }
}
