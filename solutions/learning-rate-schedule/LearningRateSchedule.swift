import KataKit

struct LearningRateSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    // solution:begin
    // Integer division counts the full intervals.
    initialRate * pow(factor, Double(step / interval))
    // solution:end
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    // solution:begin
    let progress = min(Double(step) / Double(totalSteps), 1)
    return finalRate + 0.5 * (initialRate - finalRate) * (1 + cos(.pi * progress))
    // solution:end
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    // solution:begin
    // With `<`, a warm-up of 0 steps never divides by 0.
    if step < warmupSteps { return peakRate * Double(step) / Double(warmupSteps) }
    return cosine(
      atStep: step - warmupSteps, initialRate: peakRate, finalRate: finalRate,
      totalSteps: totalSteps - warmupSteps)
    // solution:end
  }
}
