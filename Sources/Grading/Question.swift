package import Exam
package import Numerics

/// A script put to the fixtures of one case.
package struct Question<S: Suite>: Sendable {
  package let probe: Case<S.Fixture>
  package let script: S.Script

  package init(on probe: Case<S.Fixture>, to script: S.Script) {
    self.probe = probe
    self.script = script
  }

  func id(seed: UInt64) -> QuestionID {
    QuestionID(probe: probe.name, script: script.rawValue, seed: seed)
  }
}

/// What tells one question of a suite from another.
package struct QuestionID: Hashable, Sendable {
  package let probe: String
  package let script: String
  package let seed: UInt64
}

/// A question with its fixture and what is true of it.
package struct Drawn<S: Suite>: Sendable {
  package let script: S.Script
  package let fixture: S.Fixture
  /// What the reference answers.
  package let trueParts: [Part]
  package let truth: [Block]
  /// What every answer is made of.
  let form: [PartForm]

  init(_ script: S.Script, _ fixture: S.Fixture) {
    self.script = script
    self.fixture = fixture
    trueParts = S.truth(of: fixture, to: script)
    form = S.form(of: fixture, to: script, truth: trueParts)
    truth = S.blocks(of: trueParts, to: script, on: fixture)
  }

  /// The truth as an answer.
  var flawless: Answered<S> { Answered(self, blocks: truth, parts: trueParts) }
}

/// A question with what came of it.
package struct Answered<S: Suite>: Sendable {
  package let question: Drawn<S>
  /// What was returned, and that as it is judged.
  package let parts: [Part]
  package let blocks: [Block]

  init(_ question: Drawn<S>, parts: [Part]) {
    self.init(
      question, blocks: S.blocks(of: parts, to: question.script, on: question.fixture),
      parts: parts)
  }

  fileprivate init(_ question: Drawn<S>, blocks: [Block], parts: [Part]) {
    self.question = question
    self.blocks = blocks
    self.parts = parts
  }

  package var fixture: S.Fixture { question.fixture }
  package var truth: [Block] { question.truth }
  package var trueParts: [Part] { question.trueParts }

  /// The names of the blocks that are as they should be.
  var rightNames: [String] {
    blocks.count == truth.count
      ? zip(blocks, truth).filter { $0.agrees(with: $1) }.map(\.1.name) : []
  }
}

/// Fixtures and truths of one suite, drawn once however often they are asked for.
struct QuestionBank<S: Suite> {
  private var drawn: [QuestionID: Drawn<S>] = [:]
  private var siblings: [QuestionID: Drawn<S>?] = [:]

  mutating func draw(_ question: Question<S>, seed: UInt64) -> Drawn<S> {
    let id = question.id(seed: seed)
    if let known = drawn[id] { return known }
    let new = Drawn<S>(question.script, question.probe.fixture(seed: seed))
    drawn[id] = new
    return new
  }

  /// The same question about other values in the same shapes; nil where there are none.
  mutating func sibling(_ question: Question<S>, seed: UInt64) -> Drawn<S>? {
    let id = question.id(seed: seed)
    if let known = siblings[id] { return known }
    let new = question.probe.sibling(seed: seed).map { Drawn<S>(question.script, $0) }
    siblings[id] = .some(new)
    return new
  }
}

extension Check where S.Paper.Script == Whole {
  package init(
    _ name: String, on probe: Case<S.Fixture>,
    judge: @escaping @Sendable (Answered<S>) throws(Finding) -> String?
  ) { self.init(name, on: probe, to: .everything, judge: judge) }

  package static func shapes(on probe: Case<S.Fixture>) -> Self {
    .shapes(on: probe, to: .everything)
  }

  package static func reference(
    _ name: String? = nil, on probe: Case<S.Fixture>,
    judging isJudged: @escaping @Sendable (Block) -> Bool = { _ in true }
  ) -> Self { .reference(name, on: probe, to: .everything, judging: isJudged) }

  package static func property(
    _ name: String, on probe: Case<S.Fixture>, holds: String,
    comparing: @escaping @Sendable (Answered<S>) -> (actual: [Block], expected: [Block])
  ) -> Self { .property(name, on: probe, to: .everything, holds: holds, comparing: comparing) }

  package static func derivative(
    _ name: String, on probe: Case<S.Fixture>, of loss: String,
    derivatives: @escaping @Sendable (Answered<S>) -> [Derivative]
  ) -> Self { .derivative(name, on: probe, to: .everything, of: loss, derivatives: derivatives) }
}

extension Question where S.Paper.Script == Whole {
  package init(on probe: Case<S.Fixture>) { self.init(on: probe, to: .everything) }
}
