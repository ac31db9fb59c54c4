import Exam
import KataKit
package import Numerics

/// One line of a verdict: something that an attempt must get right, on fixtures drawn from a seed.
package struct Check<S: Suite>: Sendable {
  package let name: String
  /// What has to be answered before it can be judged; where it fails, the mistake shows there.
  package let questions: [Question<S>]
  /// Whether the checks after it could only repeat its failure.
  var isGate = false
  /// Whether it takes so long that it waits until every other check has passed.
  package var isLong = false
  /// The check without which it cannot be judged.
  private(set) var awaited: String?
  /// Whether nothing is diagnosed on its questions, nor judged of their siblings.
  package private(set) var isAside = false
  /// Returns what was found right, throws what was found wrong, and returns nil where the fixtures
  /// cannot decide: then others are drawn.
  private let rule: @Sendable ([Answered<S>]) throws(Finding) -> String?

  /// A check that looks at the answers to several questions, in their order.
  package init(
    _ name: String, asking questions: [Question<S>],
    judge: @escaping @Sendable ([Answered<S>]) throws(Finding) -> String?
  ) {
    self.name = name
    self.questions = questions
    rule = judge
  }

  /// Judges the numbers, and then whether there is nothing but what was asked for: a rule may look at some
  /// of an answer, or put its rows in an order of its own.
  package func judge(_ answers: [Answered<S>]) throws(Finding) -> String? {
    let message = try rule(answers)
    for answered in answers {
      if let finding = answered.parts.finding(against: answered.question.form) { throw finding }
    }
    return message
  }

  /// A check that looks at the answer to one question.
  package init(
    _ name: String, on probe: Case<S.Fixture>, to script: S.Script,
    judge: @escaping @Sendable (Answered<S>) throws(Finding) -> String?
  ) {
    self.init(name, asking: [Question(on: probe, to: script)]) { (answers) throws(Finding) in
      try judge(answers[0])
    }
  }

  /// The same check, asked once and with one seed in proofs, when every other has passed: for one that
  /// takes long. Nothing is diagnosed on its questions.
  package var afterTheRest: Self {
    var check = self
    check.isLong = true
    return check
  }

  /// The same check, on whose questions nothing is diagnosed, and whose siblings are asked and not judged:
  /// for a script of many calls, each of which other questions make by itself.
  package var aside: Self {
    var check = self
    check.isAside = true
    return check
  }

  /// The same check, which is asked and left open where the one of this name fails.
  package func waiting(for name: String) -> Self {
    var check = self
    check.awaited = name
    return check
  }

  /// The same check, for which the questions of `others` have to fit, too, before a mistake is named.
  package func alsoDiagnosed(on others: [Question<S>]) -> Self {
    let own = questions.count
    var check = Check(name, asking: questions + others) { (answers) throws(Finding) in
      try self.judge(Array(answers.prefix(own)))
    }
    (check.isGate, check.isLong, check.isAside) = (isGate, isLong, isAside)
    check.awaited = awaited
    return check
  }

  /// Everything that is returned is there and has the right shape. What follows would only repeat it.
  package static func shapes(on probe: Case<S.Fixture>, to script: S.Script) -> Self {
    var check = Check("shapes", on: probe, to: script) { (answered) throws(Finding) in
      if let finding = answered.blocks.shapeFinding(against: answered.truth) { throw finding }
      return answered.truth.shapes
    }
    check.isGate = true
    return check
  }

  /// The answer agrees with the reference, in the blocks that `isJudged` picks.
  package static func reference(
    _ name: String? = nil, on probe: Case<S.Fixture>, to script: S.Script,
    judging isJudged: @escaping @Sendable (Block) -> Bool = { _ in true }
  ) -> Self {
    Check(name ?? probe.name, on: probe, to: script) { (answered) throws(Finding) in
      let (answer, truth) = (answered.blocks, answered.truth)
      if let finding = answer.shapeFinding(against: truth) { throw finding }
      let (judged, expected) = (answer.filter(isJudged), truth.filter(isJudged))
      if let finding = judged.finding(
        against: expected, quantities: S.quantities(of: answered.fixture))
      {
        throw finding
      }
      return "agrees with the reference" + Self.precision(judged, expected)
    }
  }

  /// A property that needs no reference: two parts of an answer, or an answer and what follows from the
  /// fixture, that must be the same.
  package static func property(
    _ name: String, on probe: Case<S.Fixture>, to script: S.Script, holds: String,
    comparing: @escaping @Sendable (Answered<S>) -> (actual: [Block], expected: [Block])
  ) -> Self {
    Check(name, on: probe, to: script) { (answered) throws(Finding) in
      let (actual, expected) = comparing(answered)
      if let finding = actual.finding(against: expected) { throw finding }
      return holds
    }
  }

  /// The gradient is the derivative of the loss, by central differences.
  package static func derivative(
    _ name: String, on probe: Case<S.Fixture>, to script: S.Script, of loss: String,
    derivatives: @escaping @Sendable (Answered<S>) -> [Derivative]
  ) -> Self {
    Check(name, on: probe, to: script) { (answered) throws(Finding) in
      let verdict = GradientVerdict(
        derivatives(answered), of: loss, quantities: S.quantities(of: answered.fixture),
        right: Set(answered.rightNames))
      switch verdict {
      case .agrees(let error):
        return "within \(Numbers.brief(error, digits: 1)) of the slope of the loss"
      case .differs(let finding): throw finding
      case .undecided: return nil
      }
    }
  }

  static func precision(_ answer: [Block], _ truth: [Block]) -> String {
    let told = zip(answer, truth).filter { $1.tellsPrecision }
    guard let worst = told.map({ $0.relativeError(against: $1) }).max() else { return "" }
    return worst == 0 ? " to the last bit" : " to \(Numbers.brief(worst, digits: 1))"
  }
}
