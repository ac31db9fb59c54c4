import Foundation
import Testing

@testable import Practice

private let day = 86_400.0
private let start = Date(timeIntervalSince1970: 1_767_265_503)

@Suite("Spaced repetition")
struct SpacedRepetitionTests {
  @Test("remembers what py-fsrs remembers")
  func sequences() throws {
    let golden = try Golden()
    #expect(FSRS.w == golden.parameters)
    #expect(golden.sequences.count >= 60)
    for sequence in golden.sequences {
      var memory: FSRS.Memory?
      for (index, step) in sequence.steps.enumerated() {
        let next = FSRS.memory(after: step.rating, at: step.time, from: memory)
        memory = next
        let place: Comment = "\(sequence.name), review \(index + 1)"
        #expect(near(next.stability, step.stability), place)
        #expect(near(next.difficulty, step.difficulty), place)
        #expect(next.lastReview == step.time, place)
        #expect(next.due() == step.due, place)
        let following = sequence.steps.dropFirst(index + 1).first?.time ?? step.due
        #expect(near(next.retrievability(at: following), step.retrievability), place)
      }
    }
  }

  @Test("rounds and bounds an interval as py-fsrs does")
  func intervals() throws {
    for row in try Golden().intervals {
      let (stability, retention, days) = (row[0], row[1], row[2])
      let memory = FSRS.Memory(stability: stability, difficulty: 5, lastReview: start)
      #expect(
        memory.due(desiredRetention: retention) == start + days * day,
        "stability \(stability), desired retention \(retention)")
    }
  }

  @Test("never asks again sooner after a better rating, nor within a day, nor after a century")
  func ratingsAreOrdered() {
    for memory in histories {
      for gap in gaps {
        let time = memory.lastReview + gap
        let next = FSRS.Rating.allCases.map { FSRS.memory(after: $0, at: time, from: memory) }
        for (worse, better) in zip(next, next.dropFirst()) {
          #expect(worse.stability <= better.stability)
          #expect(worse.difficulty >= better.difficulty)
          #expect(worse.due() <= better.due())
        }
        #expect(next[0].due() >= time + day)
        #expect(next[3].due() <= time + 36_500 * day)
      }
    }
  }

  @Test("asks again sooner where more is to be retained")
  func retentionIsOrdered() {
    for memory in histories {
      let due = [0.7, 0.8, 0.9, 0.95].map { memory.due(desiredRetention: $0) }
      #expect(due == due.sorted(by: >))
    }
  }

  @Test("forgets with time, and only with time")
  func retrievability() {
    for memory in histories {
      let chances = gaps.map { memory.retrievability(at: memory.lastReview + $0) }
      #expect(chances == chances.sorted(by: >))
      #expect(chances.allSatisfy { $0 > 0 && $0 <= 1 })
    }
  }

  @Test("takes a clock set back as a review on the same day", arguments: FSRS.Rating.allCases)
  func clockSetBack(rating: FSRS.Rating) {
    let memory = FSRS.memory(after: .good, at: start, from: nil)
    let sameDay = FSRS.memory(after: rating, at: start, from: memory)
    for gap in [-1, -day, -1000 * day] {
      let earlier = start + gap
      let next = FSRS.memory(after: rating, at: earlier, from: memory)
      #expect(memory.elapsedDays(at: earlier) == 0)
      #expect(memory.retrievability(at: earlier) == 1)
      #expect(next.stability == sameDay.stability)
      #expect(next.difficulty == sameDay.difficulty)
      #expect(next.lastReview == earlier)
    }
  }

  @Test("stays finite whatever the clock says")
  func clocks() {
    let times = [
      .distantFuture, .distantPast, start, Date(timeIntervalSinceReferenceDate: 1e300),
      Date(timeIntervalSinceReferenceDate: -1e300),
    ]
    for first in times {
      for second in times {
        for rating in FSRS.Rating.allCases {
          let memory = FSRS.memory(after: .good, at: first, from: nil)
          let next = FSRS.memory(after: rating, at: second, from: memory)
          #expect(memory.elapsedDays(at: second) >= 0)
          #expect((0...1).contains(memory.retrievability(at: second)))
          #expect(next.stability.isFinite && next.stability >= FSRS.minimumStability)
          #expect((1..<10).contains(next.difficulty))
          #expect(next.due() >= second + day)
        }
      }
    }
  }

  @Test("does not take a desired retention that is no chance, or is certainty or nothing")
  func desiredRetention() async {
    await #expect(processExitsWith: .failure) { _ = due(desiredRetention: 0) }
    await #expect(processExitsWith: .failure) { _ = due(desiredRetention: 1) }
    await #expect(processExitsWith: .failure) { _ = due(desiredRetention: .nan) }
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = due(desiredRetention: 90) }
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(output.contains("a desired retention of 90.0 is not between 0 and 1"))
  }
}

private func due(desiredRetention: Double) -> Date {
  FSRS.memory(after: .good, at: start, from: nil).due(desiredRetention: desiredRetention)
}

private func near(_ actual: Double, _ expected: Double) -> Bool {
  abs(actual - expected) <= 1e-9 * abs(expected)
}

/// Back, at once, within the day, a day, a month, ten years, two centuries.
private let gaps = [-3 * day, 0, 600, day, 30 * day, 3650 * day, 73_000 * day]

/// What every history of up to three reviews with these ratings and gaps leaves.
private let histories: [FSRS.Memory] = {
  var all = FSRS.Rating.allCases.map { FSRS.memory(after: $0, at: start, from: nil) }
  var latest = all
  for _ in 2...3 {
    latest = latest.flatMap { memory in
      FSRS.Rating.allCases.flatMap { rating in
        gaps.map { FSRS.memory(after: rating, at: memory.lastReview + $0, from: memory) }
      }
    }
    all += latest
  }
  return all
}()

/// What py-fsrs computes: `Golden/fsrs_oracle.py`.
private struct Golden: Decodable {
  struct Sequence: Decodable {
    let name: String
    let steps: [Step]
  }

  /// One review and what it leaves; `retrievability` is that at the next review, or when due.
  struct Step: Decodable {
    let time: Date
    let rating: FSRS.Rating
    let stability: Double
    let difficulty: Double
    let due: Date
    let retrievability: Double

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      time = Date(timeIntervalSince1970: try row.decode(Double.self))
      rating = try #require(FSRS.Rating(rawValue: try row.decode(Int.self)))
      stability = try row.decode(Double.self)
      difficulty = try row.decode(Double.self)
      due = Date(timeIntervalSince1970: try row.decode(Double.self))
      retrievability = try row.decode(Double.self)
    }
  }

  let parameters: [Double]
  let sequences: [Sequence]
  /// Stability, desired retention, days.
  let intervals: [[Double]]

  init() throws {
    let url = try #require(
      Bundle.module.url(forResource: "fsrs", withExtension: "json", subdirectory: "Golden"))
    self = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    try #require(!sequences.isEmpty && !intervals.isEmpty)
  }
}
