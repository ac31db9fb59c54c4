import Exam
import Numerics

extension Examination {
  /// Puts every question that was answered a second time to another instance, the cases in the opposite
  /// order, and before each the same about other values in the same shapes.
  mutating func askedAgain() throws(E.Failure) -> CheckResult {
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
          return Finding.remembered(parts, first.parts, before: siblings[id]?.parts ?? [])
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
      let ids = check.questions.map { $0.id(seed: paper.seed) }
      let answered = ids.compactMap { siblings[$0] }
      guard answered.count == ids.count else { continue }
      do throws(Finding) {
        _ = try check.judge(answered)
      } catch {
        for (id, answer) in zip(ids, answered) {
          if let silence = try examinee.start(forgetting: true) {
            return silence.result(CheckResult.repetition)
          }
          switch try examinee.reply(to: answer.question.script, on: answer.fixture) {
          case .answer(let parts, _):
            if !parts.isIdentical(to: answer.parts) {
              isRepeatable = false
              return Finding.remembered(
                answer.parts, parts, before: answers[id]?.parts ?? []
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
}

extension Finding {
  /// Two equal questions with different answers.
  ///
  /// - Parameter before: what was answered to the last question about values of the same shapes.
  fileprivate static func remembered(
    _ later: [Part], _ alone: [Part], before: [Part]
  ) -> Finding {
    let difference =
      later.map { Block($0) }.finding(against: alone.map { Block($0) })?.message
      ?? "some bits differ from call to call"
    let stale = zip(later, alone).enumerated().first { place, parts in
      !parts.0.isSame(as: parts.1) && before.indices.contains(place)
        && parts.0.isSame(as: before[place])
    }
    let source =
      stale.map {
        let name = $0.element.0.name
        return "\(name) \("is what was returned".agreeing(with: name)) for other values before: "
          + "something is remembered between calls."
      } ?? "something is remembered between calls, or drawn at random."
    return Finding(
      "the second of two equal calls differs: \(difference)",
      pattern: "The same input must give the same output: " + source)
  }
}

extension Part {
  fileprivate func isSame(as other: Part) -> Bool {
    name == other.name && [self].isIdentical(to: [other])
  }
}
