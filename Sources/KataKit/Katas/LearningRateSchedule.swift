/// Three learning rate schedules, each a function of the step; steps are counted from 0.
public protocol LearningRateScheduleKata {
  init()

  /// initialRate · factorᵏ, where k counts the full intervals that have passed: k = ⌊step / interval⌋.
  ///
  /// `interval` is at least 1; at step = interval the rate drops for the first time.
  func stepDecay(atStep step: Int, initialRate: Double, factor: Double, interval: Int) -> Double

  /// Half a cosine wave from `initialRate` at step 0 down to `finalRate` at step T = `totalSteps`
  /// (Loshchilov & Hutter 2017, without restarts).
  ///
  /// finalRate + ½·(initialRate − finalRate)·(1 + cos(π·step/T)) up to step T, and `finalRate` from
  /// there on; T is at least 1.
  func cosine(
    atStep step: Int, initialRate: Double, finalRate: Double, totalSteps: Int
  ) -> Double

  /// Linear warm-up from 0 at step 0 to `peakRate` at step W = `warmupSteps`, then half a cosine wave
  /// from `peakRate` at step W down to `finalRate` at step T = `totalSteps`.
  ///
  /// peakRate · step/W before step W; from there on the cosine of the step − W, which takes T − W
  /// steps. 0 ≤ W < T; if W is 0 there is no warm-up.
  func warmup(
    atStep step: Int, peakRate: Double, finalRate: Double, warmupSteps: Int, totalSteps: Int
  ) -> Double
}
