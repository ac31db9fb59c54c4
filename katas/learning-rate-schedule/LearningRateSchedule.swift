import KataKit

struct LearningRateSchedule: LearningRateScheduleKata {
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double {
    todo()
  }

  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double {
    todo()
  }

  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double {
    todo()
  }
}
