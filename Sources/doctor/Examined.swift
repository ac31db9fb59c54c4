import AnswerKey
import Grading
import Practice
import Variants
import Workshop

/// What was found of one kata.
struct Examined: Sendable {
  let kata: Kata
  let audit: Audit
  /// Correct implementations, the solution among them.
  let correct: Int
  let falseAlarms: [FalseAlarm]
  /// What came of the bugs that are planted in the solution.
  let bugs: BugProof
  /// What came of the solution when it was compiled and run as an attempt is.
  var solution: Verdict?
  /// The pages that nobody has written yet.
  var unwritten: [String] = []
  let seconds: Double

  static let seeds = 0..<100 as Range<UInt64>

  init<S: Suite>(_ suite: S.Type, by grader: Grader) throws {
    let clock = ContinuousClock()
    let start = clock.now
    kata = S.kata
    let types =
      [CorrectAnswers.solution(type: S.kata.type)].compactMap(\.self)
      + (CorrectAnswers.all.first { $0.kata == S.kata.name }?.variants ?? [])
    correct = types.count
    audit = Audit(suite, seeds: [1, 2, 3])
    falseAlarms = FalseAlarm.all(of: types, in: suite, seeds: Self.seeds)
    bugs = try BugProof(suite, by: grader)
    seconds = (clock.now - start) / .seconds(1)
  }

  /// Every sentence that breaks a promise.
  var brokenPromises: [String] {
    let wrong = audit.singles.filter { $0.fate != .named } + audit.pairs.filter(\.isMisjudged)
    var sentences = wrong.map {
      "\($0.mistakes.joined(separator: " + ")) is \($0.fate), seed \($0.seed)"
    }
    sentences += falseAlarms.map {
      "\($0.type) is correct and fails, seed \($0.seed): \($0.finding)"
    }
    if solution != .passed {
      sentences.append("the solution is graded \(solution?.rawValue ?? "not at all")")
    }
    let known = Set(audit.singles.map(\.mistakes)).count
    if known < 6 { sentences.append("\(known) known mistakes are too few") }
    sentences += unwritten.map { "\($0) is still to be written" }
    if bugs.planted < 5 { sentences.append("\(bugs.planted) planted bugs are too few") }
    sentences += bugs.broken
    if correct < 5 { sentences.append("\(correct) correct implementations are too few") }
    return sentences.map { "\(kata.name): \($0)" }
  }
}

extension Audit.Entry {
  /// Whether a pair is passed, or explained by something else.
  fileprivate var isMisjudged: Bool { fate != .named && fate != .unnamed }
}
