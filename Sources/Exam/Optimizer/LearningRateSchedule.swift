package import KataKit

package enum LearningRateScheduleExam: Exam {
  /// The settings of all three schedules, and the steps that they are asked for.
  package struct Fixture: Codable, Sendable {
    package var initialRate: Double
    package var finalRate: Double
    package var factor: Double
    package var interval: Int
    package var warmupSteps: Int
    package var totalSteps: Int
    package var steps: [Int]

    package init(
      initialRate: Double, finalRate: Double, factor: Double, interval: Int, warmupSteps: Int,
      totalSteps: Int, steps: [Int]
    ) {
      self.initialRate = initialRate
      self.finalRate = finalRate
      self.factor = factor
      self.interval = interval
      self.warmupSteps = warmupSteps
      self.totalSteps = totalSteps
      self.steps = steps
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case stepDecay, cosine, warmup
    /// All three, and the last step first.
    case backwards
  }

  package static let name = "learning-rate-schedule"
  package static let type = "LearningRateSchedule"

  package static func subject(of type: any Any.Type) -> (any LearningRateScheduleKata)? {
    (type as? any LearningRateScheduleKata.Type)?.init()
  }

  /// Each schedule as one row over the steps.
  package static func answer(
    of subject: any LearningRateScheduleKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let steps = fixture.steps
    switch script {
    case .stepDecay: return [Schedule.stepDecay.rates(of: subject, fixture, at: steps)]
    case .cosine: return [Schedule.cosine.rates(of: subject, fixture, at: steps)]
    case .warmup: return [Schedule.warmup.rates(of: subject, fixture, at: steps)]
    case .backwards:
      return Schedule.allCases.map { $0.rates(of: subject, fixture, at: steps.reversed()) }
    }
  }

  /// One of the learner's methods.
  private enum Schedule: String, CaseIterable {
    case stepDecay = "step decay"
    case cosine
    case warmup = "warm-up"

    func rates(
      of subject: any LearningRateScheduleKata, _ fixture: Fixture, at steps: [Int]
    ) -> Part {
      var rates: [Double] = []
      for step in steps { rates.append(rate(of: subject, fixture, at: step)) }
      return Part(rawValue, rates)
    }

    private func rate(
      of subject: any LearningRateScheduleKata, _ fixture: Fixture, at step: Int
    ) -> Double {
      switch self {
      case .stepDecay:
        subject.stepDecay(
          atStep: step, initialRate: fixture.initialRate, factor: fixture.factor,
          interval: fixture.interval)
      case .cosine:
        subject.cosine(
          atStep: step, initialRate: fixture.initialRate, finalRate: fixture.finalRate,
          totalSteps: fixture.totalSteps)
      case .warmup:
        subject.warmup(
          atStep: step, peakRate: fixture.initialRate, finalRate: fixture.finalRate,
          warmupSteps: fixture.warmupSteps, totalSteps: fixture.totalSteps)
      }
    }
  }
}
