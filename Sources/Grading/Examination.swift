import Exam

/// An examinee put through the checks of a suite.
package struct Examination<S: Suite, E: Examinee> where E.S == S {
  /// So many fixtures are drawn where one cannot decide.
  private static var mostDraws: UInt64 { 8 }

  package internal(set) var examinee: E
  let paper: Paper<S>
  private var replies: [QuestionID: Reply] = [:]
  private(set) var answers: [QuestionID: Answered<S>] = [:]
  /// Questions that did not come to an end, with the checks that asked them.
  private(set) var endless: [(check: String, question: Drawn<S>)] = []
  var results: [CheckResult] = []
  /// What was asked in the first round, and what came of it.
  package private(set) var records: [QuestionRecord] = []
  /// Whether the same question had the same answer, as far as it was put twice.
  var isRepeatable = true

  package init(_ examinee: E, paper: Paper<S>) {
    self.examinee = examinee
    self.paper = paper
  }

  /// Lets the examinee go. Nothing can be asked afterward.
  package mutating func close() { examinee.close() }

  /// Which examinees are asked everything a second time.
  package enum Repetition: Sendable { case all, thoseThatPass, none }

  /// Every check in order; those that take long once all others pass, if they are wanted.
  package mutating func run(
    asksLongChecks: Bool = true, repeating repetition: Repetition = .all
  ) throws(E.Failure) -> [CheckResult] {
    if let silence = try examinee.start(forgetting: false) {
      // Nothing follows where nothing can be made.
      results = paper.checks.prefix(1).map { silence.result($0.name) }
      return results
    }
    var late: [Int] = []
    for check in paper.checks where !check.isLong {
      if let result = skipped(check) {
        results.append(result)
      } else if let silence = likelyEndless(check) {
        late.append(results.count)
        results.append(silence.result(check.name))
      } else {
        results.append(try judged(check))
      }
    }
    let isPassing = results.allSatisfy { $0.status == .passed }
    switch repetition {
    case .all where results.contains { $0.message == Self.waitsForShapes }:
      results.append(
        CheckResult(name: CheckResult.repetition, status: .skipped, message: Self.waitsForShapes))
    case .all: results.append(try askedAgain())
    case .thoseThatPass where isPassing: results.append(try askedAgain())
    case .thoseThatPass, .none: break
    }
    for place in late { results[place] = try judged(paper.checks[place]) }
    for check in paper.checks where check.isLong && asksLongChecks {
      let isEarly = results.contains { $0.status != .passed }
      results.append(
        isEarly
          ? CheckResult(name: check.name, status: .skipped, message: Self.waitsForTheRest)
          : try judged(check))
    }
    return results
  }

  private static var waitsForShapes: String { "until the shapes are right" }

  private func skipped(_ check: Check<S>) -> CheckResult? {
    let isGateShut = zip(paper.checks, results).contains { $0.isGate && $1.status == .failed }
    return isGateShut
      ? CheckResult(name: check.name, status: .skipped, message: Self.waitsForShapes) : nil
  }

  private mutating func judged(_ check: Check<S>) throws(E.Failure) -> CheckResult {
    for draw in 0..<Self.mostDraws {
      var answered: [Answered<S>] = []
      for question in check.questions {
        switch try reply(to: question, seed: paper.seed &+ draw, for: check.name) {
        case .answered(let answer): answered.append(answer)
        case .silence(let silence): return silence.result(check.name)
        }
      }
      if let awaited = check.awaited,
        results.contains(where: { $0.name == awaited && $0.status != .passed })
      {
        return CheckResult(
          name: check.name, status: .skipped, message: "until “\(awaited)” is right")
      }
      do throws(Finding) {
        guard let message = try check.judge(answered) else { continue }
        return CheckResult(name: check.name, status: .passed, message: message)
      } catch {
        return error.result(check.name)
      }
    }
    return CheckResult(name: check.name, status: .passed, message: "no fixture could decide")
  }

  private enum Outcome {
    case answered(Answered<S>)
    case silence(Silence)
  }

  /// Asks, unless it was asked before.
  private mutating func reply(
    to question: Question<S>, seed: UInt64, for check: String
  ) throws(E.Failure) -> Outcome {
    let id = question.id(seed: seed)
    // The truth is there before anyone is asked.
    let drawn = paper.drawn(question, seed: seed)
    let reply: Reply
    if let known = replies[id] {
      reply = known
      records.firstIndex { $0.question == id }.map { records[$0].add(check: check) }
    } else {
      reply = try examinee.reply(to: drawn.script, on: drawn.fixture)
      replies[id] = reply
      switch reply {
      case .answer(let parts, _): answers[id] = Answered(drawn, parts: parts)
      case .silence(let silence):
        if silence.status == .timedOut { endless.append((check, drawn)) }
      }
      records.append(QuestionRecord(check: check, question: id, drawn, reply))
    }
    switch reply {
    case .answer: return .answered(answers[id] ?? Answered(drawn, parts: []))
    case .silence(let silence): return .silence(silence)
    }
  }

  private static var waitsForTheRest: String { "once all the others pass" }

  /// What there is to see, where the shapes are right and everything came to an end.
  package mutating func pictures() throws(E.Failure) -> [Picture] {
    let questions = S.pictures
    let isComplete = results.allSatisfy {
      $0.status != .crashed && $0.message != Self.waitsForShapes
    }
    guard !questions.isEmpty, isComplete, try examinee.start(forgetting: false) == nil else {
      return []
    }
    var pictures: [Picture] = []
    for picture in questions {
      let drawn = paper.drawn(picture.question, seed: paper.seed)
      guard case .answer(let parts, _) = try examinee.reply(to: drawn.script, on: drawn.fixture)
      else { return pictures }
      pictures += [picture.draw(Answered(drawn, parts: parts))].compactMap(\.self)
    }
    return pictures
  }
}

extension Finding {
  func result(_ name: String) -> CheckResult {
    CheckResult(name: name, status: .failed, message: message, pattern: pattern)
  }
}
