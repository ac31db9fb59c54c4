import KataKit

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// FSRS-6, a model of memory that says when a thing learned is about to be forgotten.
///
/// A memory has a stability S, the days until the chance of recall has fallen to 0.9, and a
/// difficulty D from 1 to 10. Below, G is the rating from 1 to 4, R the retrievability at the
/// review and w the parameters. There are no learning steps and no fuzz: every interval is whole
/// days.
///
/// Source: Ye, Su & Cao 2022, "A stochastic shortest path algorithm for optimizing spaced
/// repetition scheduling", for the idea; py-fsrs 6.3.2 for the formulas and default parameters.
/// It is the first release in which "hard" on the same day does not lower the stability.
package enum FSRS {
  /// How a recall went, by the learner's own account; the raw value is the G of the formulas.
  package enum Rating: Int, CaseIterable, Sendable {
    case again = 1
    case hard, good, easy
  }

  /// w₀ to w₂₀.
  static let w = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ]
  static let minimumStability = 0.001
  static let maximumInterval = 36_500.0

  /// What a review at `time` leaves behind; `memory` is nil at the first.
  ///
  /// A review within 24 hours of the last, or before it because a clock was set back, is one of the
  /// same day. S is at least 0.001 and has no upper bound.
  package static func memory(
    after rating: Rating, at time: Date, from memory: Memory?
  ) -> Memory {
    guard let memory else {
      return Memory(
        stability: w[rating.rawValue - 1], difficulty: max(1, initialDifficulty(rating)),
        lastReview: time)
    }
    let stability =
      if memory.elapsedDays(at: time) < 1 {
        stabilityOnTheSameDay(memory, rating)
      } else if rating == .again {
        stabilityOnceForgotten(memory, retrievability: memory.retrievability(at: time))
      } else {
        stabilityOnceRecalled(memory, rating, retrievability: memory.retrievability(at: time))
      }
    return Memory(
      stability: max(minimumStability, stability), difficulty: difficulty(memory, rating),
      lastReview: time)
  }

  /// S′ = S · SInc, with SInc = e^(w₁₇ (G − 3 + w₁₈)) · S^(−w₁₉), at least 1 unless G is "again".
  private static func stabilityOnTheSameDay(_ memory: Memory, _ rating: Rating) -> Double {
    let s = memory.stability
    let increase = exp(w[17] * (Double(rating.rawValue - 3) + w[18])) * pow(s, -w[19])
    return s * (rating == .again ? increase : max(1, increase))
  }

  /// S′ = w₁₁ · D^(−w₁₂) · ((S + 1)^w₁₃ − 1) · e^(w₁₄ (1 − R)), at most S / e^(w₁₇ w₁₈).
  private static func stabilityOnceForgotten(
    _ memory: Memory, retrievability r: Double
  ) -> Double {
    let (s, d) = (memory.stability, memory.difficulty)
    let relearned = w[11] * pow(d, -w[12]) * (pow(s + 1, w[13]) - 1) * exp(w[14] * (1 - r))
    return min(relearned, s / exp(w[17] * w[18]))
  }

  /// S′ = S · (1 + e^w₈ · (11 − D) · S^(−w₉) · (e^(w₁₀ (1 − R)) − 1) · h), where h is w₁₅ for
  /// "hard", 1 for "good" and w₁₆ for "easy".
  private static func stabilityOnceRecalled(
    _ memory: Memory, _ rating: Rating, retrievability r: Double
  ) -> Double {
    let (s, d) = (memory.stability, memory.difficulty)
    let h = rating == .hard ? w[15] : rating == .easy ? w[16] : 1
    return s * (1 + exp(w[8]) * (11 - d) * pow(s, -w[9]) * (exp(w[10] * (1 - r)) - 1) * h)
  }

  /// D₀(G) = w₄ − e^(w₅ (G − 1)) + 1, which is below 1 for "easy".
  private static func initialDifficulty(_ rating: Rating) -> Double {
    w[4] - exp(w[5] * Double(rating.rawValue - 1)) + 1
  }

  /// D′ = w₇ · D₀(4) + (1 − w₇) · (D − w₆ (G − 3) (10 − D) / 9), at least 1; it never reaches 10.
  private static func difficulty(_ memory: Memory, _ rating: Rating) -> Double {
    let d = memory.difficulty
    let damped = d - w[6] * Double(rating.rawValue - 3) * (10 - d) / 9
    return max(1, w[7] * initialDifficulty(.easy) + (1 - w[7]) * damped)
  }
}

extension FSRS {
  /// What is known of one memory after a review.
  package struct Memory: Equatable, Sendable {
    /// S, in days.
    package let stability: Double
    /// D, from 1 to 10.
    package let difficulty: Double
    package let lastReview: Date

    /// The chance of recall at `time`: R = (1 + F t / S)^(−w₂₀), with F = 0.9^(−1/w₂₀) − 1 and t
    /// the whole days since the last review.
    ///
    /// It is 1 for the first 24 hours, and before the last review.
    package func retrievability(at time: Date) -> Double {
      pow(1 + Self.factor * elapsedDays(at: time) / stability, -w[20])
    }

    /// When the chance of recall has fallen to `desiredRetention`.
    ///
    /// That is S (r^(−1/w₂₀) − 1) / F days after the last review, which is S where r is 0.9,
    /// rounded to the nearest whole day, a half to the even one, and from 1 to 36,500.
    package func due(desiredRetention r: Double = 0.9) -> Date {
      // Not a precondition, whose message is compiled away by -O.
      guard r > 0, r < 1 else { fatalError("a desired retention of \(r) is not between 0 and 1") }
      let days = stability * (Self.quotient(r) / Self.factor)
      let interval = min(max(1, days.rounded(.toNearestOrEven)), maximumInterval)
      return lastReview.addingTimeInterval(interval * Self.secondsPerDay)
    }

    /// The whole periods of 24 hours between the last review and `time`, at least 0.
    func elapsedDays(at time: Date) -> Double {
      max(0, (time.timeIntervalSince(lastReview) / Self.secondsPerDay).rounded(.down))
    }

    private static let secondsPerDay = 86_400.0
    /// F t / S where the chance of recall is `r`.
    private static func quotient(_ r: Double) -> Double { pow(r, -1 / w[20]) - 1 }
    private static let factor = quotient(0.9)
  }
}
