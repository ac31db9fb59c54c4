import Exam

/// An examinee put through the checks of a suite.
package struct Examination<S: Suite, E: Examinee> where E.S == S {
  /// So many fixtures are drawn where one cannot decide.
  private static var mostDraws: UInt64 { 8 }
  /// More explanations than this say nothing.
  private static var mostAlternatives: Int { 2 }
  /// The share of all answers that a mistake must explain if it does not explain all.
  private static var plainShare: Double { 0.75 }

  package private(set) var examinee: E
  private let paper: Paper<S>
  private var replies: [QuestionID: Reply] = [:]
  private var answers: [QuestionID: Answered<S>] = [:]
  private(set) var results: [CheckResult] = []
  /// What was asked in the first round, and what came of it.
  package private(set) var records: [QuestionRecord] = []
  /// Whether the same question had the same answer, as far as it was put twice.
  private var isRepeatable = true

  package init(_ examinee: E, paper: Paper<S>) {
    self.examinee = examinee
    self.paper = paper
  }

  /// Lets the examinee go. Nothing can be asked afterwards.
  package mutating func close() { examinee.close() }

  // MARK: The checks

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
    for check in paper.checks where !check.isLong {
      if let result = skipped(check) {
        results.append(result)
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
    for check in paper.checks where check.isLong && asksLongChecks {
      let isEarly = results.contains { $0.status != .passed }
      results.append(
        isEarly
          ? CheckResult(name: check.name, status: .skipped, message: "once all the others pass")
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
    } else {
      reply = try examinee.reply(to: drawn.script, on: drawn.fixture)
      replies[id] = reply
      if case .answer(let parts, _) = reply { answers[id] = Answered(drawn, parts: parts) }
      records.append(QuestionRecord(check: check, question: id, drawn, reply))
    }
    switch reply {
    case .answer: return .answered(answers[id] ?? Answered(drawn, parts: []))
    case .silence(let silence): return .silence(silence)
    }
  }

  // MARK: The same again

  /// Puts every question that was answered a second time to another instance, the cases in the opposite
  /// order, and before each the same about other values in the same shapes.
  private mutating func askedAgain() throws(E.Failure) -> CheckResult {
    let name = CheckResult.repetition
    let asked = paper.questions.filter { answers[$0.id(seed: paper.seed)] != nil }
    guard !asked.isEmpty else {
      return CheckResult(name: name, status: .skipped, message: "until something is answered")
    }
    if let silence = try examinee.start(forgetting: false) { return silence.result(name) }
    var siblings: [QuestionID: Answered<S>] = [:]
    let cases = asked.map(\.probe.name).uniqued().reversed()
    for question in cases.flatMap({ name in asked.filter { $0.probe.name == name } }) {
      let id = question.id(seed: paper.seed)
      if let sibling = paper.sibling(of: question) {
        switch try examinee.reply(to: sibling.script, on: sibling.fixture) {
        case .answer(let parts, _): siblings[id] = Answered(sibling, parts: parts)
        case .silence(let silence): return silence.result(name)
        }
      }
      guard let first = answers[id] else { continue }
      switch try examinee.reply(to: first.question.script, on: first.fixture) {
      case .answer(let parts, _):
        if !parts.isIdentical(to: first.parts) {
          isRepeatable = false
          return Finding.remembered(parts.map { Block($0) }, first.parts.map { Block($0) })
            .result(name)
        }
      case .silence(let silence): return silence.result(name)
      }
    }
    return try judge(siblings)
      ?? CheckResult(
        name: name, status: .passed, message: "two equal calls, the same bits")
  }

  /// A check that passes has to pass on the siblings, too. Where it does not, they are asked of somebody
  /// who has not been asked anything else.
  private mutating func judge(
    _ siblings: [QuestionID: Answered<S>]
  ) throws(E.Failure) -> CheckResult? {
    for (place, check) in paper.checks.enumerated()
    where !check.isLong && !check.isAside && results[place].status == .passed {
      let answered = check.questions.compactMap { siblings[$0.id(seed: paper.seed)] }
      guard answered.count == check.questions.count else { continue }
      do throws(Finding) {
        _ = try check.judge(answered)
      } catch {
        for answer in answered {
          if let silence = try examinee.start(forgetting: true) {
            return silence.result(CheckResult.repetition)
          }
          switch try examinee.reply(to: answer.question.script, on: answer.fixture) {
          case .answer(let parts, _):
            if !parts.isIdentical(to: answer.parts) {
              isRepeatable = false
              return Finding.remembered(
                answer.parts.map { Block($0) }, parts.map { Block($0) }
              ).result(CheckResult.repetition)
            }
          case .silence(let silence): return silence.result(CheckResult.repetition)
          }
        }
        results[place] = error.result(check.name)
      }
    }
    return nil
  }

  // MARK: The diagnosis

  /// The known mistakes that give the attempt's own answers, all equally good; empty where none do.
  ///
  /// A set explains the attempt when the reference that makes exactly these mistakes answers the same to
  /// every question, and to every one again on a second draw, which is asked for only here. Where no set
  /// does, the only mistake that gives the answers of the first failing check is one, if it explains
  /// most of the others.
  package mutating func explanations() throws(E.Failure) -> [S.Mistakes] {
    let failing = zip(paper.checks, results).filter { !$0.isLong && $1.status == .failed }
      .map(\.0)
    guard !failing.isEmpty else { return [] }
    let rounds = [firstRound(), try secondRound()]
    let explanations = paper.mistakes(explaining: rounds)
    if !explanations.isEmpty {
      return explanations.count <= Self.mostAlternatives ? explanations : []
    }
    guard isRepeatable, let first = failing.first else { return [] }
    return plainMistake(in: rounds, on: Set(first.questions.map(\.probe.name)))
  }

  private mutating func firstRound() -> Round<S> {
    let (questions, seed) = (paper.telling, paper.seed)
    return Round(
      seed: seed, questions: questions.map { paper.drawn($0, seed: seed) },
      answers: questions.map { answers[$0.id(seed: seed)] })
  }

  /// Every question that had an answer, about another draw.
  private mutating func secondRound() throws(E.Failure) -> Round<S> {
    let seed = paper.seed &+ 1
    var round = Round(
      seed: seed, questions: paper.telling.map { paper.drawn($0, seed: seed) },
      answers: paper.telling.map { _ in nil })
    guard try examinee.start(forgetting: false) == nil else { return round }
    for (place, question) in paper.telling.enumerated()
    where answers[question.id(seed: paper.seed)] != nil {
      let drawn = round.questions[place]
      guard case .answer(let parts, _) = try examinee.reply(to: drawn.script, on: drawn.fixture)
      else { continue }
      round.answers[place] = Answered(drawn, parts: parts)
    }
    return round
  }

  /// One mistake may be plain where the first check failed, and something else be odd elsewhere.
  private mutating func plainMistake(
    in rounds: [Round<S>], on probes: Set<String>
  ) -> [S.Mistakes] {
    let questions = paper.telling
    let plain = rounds.map { round in
      var plain = round
      for place in questions.indices where !probes.contains(questions[place].probe.name) {
        plain.answers[place] = nil
      }
      return plain
    }
    let isWrong = plain.contains { round in
      round.answers.contains { $0.map { !$0.blocks.agree(with: $0.truth) } ?? false }
    }
    guard isWrong else { return [] }
    let explanations = paper.sets(of: 1, explaining: plain)
    guard explanations.count == 1 else { return [] }
    let share = paper.share(of: rounds, explainedBy: explanations[0])
    return share >= Self.plainShare ? explanations : []
  }

  // MARK: Pictures

  /// What there is to see, where the shapes are right and everything came to an end.
  package mutating func pictures() throws(E.Failure) -> [Picture] {
    let questions = S.pictures
    let isComplete = results.allSatisfy { $0.status == .passed || $0.status == .failed }
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

  /// Two equal questions with different answers.
  fileprivate static func remembered(_ later: [Block], _ alone: [Block]) -> Finding {
    let difference =
      later.finding(against: alone)?.message ?? "some bits differ from call to call"
    return Finding(
      "the second of two equal calls differs: \(difference)",
      pattern: "The same input must give the same output: "
        + "something is remembered between calls, or drawn at random.")
  }
}

extension Array where Element: Hashable {
  fileprivate func uniqued() -> [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
