import Curriculum
import Grading
import Variants
import Workshop

/// What was found of one kata.
struct Examined: Sendable {
  let kata: String
  let audit: Audit
  /// Correct implementations, the solution among them.
  let correct: Int
  let falseAlarms: [FalseAlarm]
  /// What came of the solution when it was compiled and run as an attempt is.
  let solution: Verdict
  let seconds: Double

  static let seeds = 0..<100 as Range<UInt64>

  init<S: Suite>(_ suite: S.Type, with grader: Grader) throws {
    let clock = ContinuousClock()
    let start = clock.now
    kata = S.kata.name
    let types =
      [CorrectAnswers.solution(type: S.kata.type)].compactMap(\.self)
      + (CorrectAnswers.all.first { $0.kata == S.kata.name }?.variants ?? [])
    correct = types.count
    audit = Audit(suite, seeds: [1, 2, 3])
    falseAlarms = FalseAlarm.all(of: types, in: suite, seeds: Self.seeds)
    solution = try grader.grade(suite, file: grader.project.solution(S.kata), seed: 1).verdict
    seconds = (clock.now - start) / .seconds(1)
  }

  var mistakes: Int { Set(audit.singles.map(\.mistakes)).count }

  /// Every sentence that breaks a promise.
  var brokenPromises: [String] {
    let wrong = audit.singles.filter { $0.fate != .named } + audit.pairs.filter(\.isMisjudged)
    return wrong.map {
      "\(kata): \($0.mistakes.joined(separator: " + ")) is \($0.fate), seed \($0.seed)"
    }
      + falseAlarms.map {
        "\(kata): \($0.type) is correct and fails, seed \($0.seed): \($0.finding)"
      }
      + (solution == .passed ? [] : ["\(kata): the solution is graded \(solution.rawValue)"])
      + (correct > 4 ? [] : ["\(kata): \(correct) correct implementations are too few"])
  }
}

extension Audit.Entry {
  /// Whether a pair is passed, or explained by something else.
  var isMisjudged: Bool { fate != .named && fate != .unnamed }
}
