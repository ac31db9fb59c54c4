import KataKit

/// One line of a verdict: something that an attempt must get right, on fixtures drawn from a seed.
package struct Check<S: Suite>: Sendable {
  package let name: String
  /// The families of fixtures that it draws; where it fails, the mistake shows on them.
  package let cases: [Case<S.Fixture>]
  /// Whether the checks after it could only repeat its failure.
  var isGate = false
  /// Whether passing it means that equal calls give equal answers.
  var isRepetition = false
  /// Whether it takes so long that it waits until every other check has passed.
  var isLong = false
  /// Returns what was found right, or throws what was found wrong.
  let body: @Sendable (S.Subject, UInt64) throws(Finding) -> String

  package init(
    _ name: String, on cases: [Case<S.Fixture>],
    body: @escaping @Sendable (S.Subject, UInt64) throws(Finding) -> String
  ) {
    self.name = name
    self.cases = cases
    self.body = body
  }

  /// The same check, to be run only once every other has passed, and with one seed in proofs: for one
  /// that takes long. Nothing is diagnosed on its cases.
  package var afterTheRest: Self {
    var check = Check(name, on: [], body: body)
    check.isLong = true
    return check
  }

  /// Everything that is returned is there and has the right shape. What follows would only repeat it.
  package static func shapes(on probe: Case<S.Fixture>) -> Self {
    var check = Check("shapes", on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      let truth = S.truth(of: fixture)
      if let finding = S.answer(of: subject, to: fixture).shapeFinding(against: truth) {
        throw finding
      }
      return truth.shapes
    }
    check.isGate = true
    return check
  }

  /// The answer agrees with the reference, in the blocks that `isJudged` picks.
  package static func reference(
    _ name: String? = nil, on probe: Case<S.Fixture>,
    judging isJudged: @escaping @Sendable (Block) -> Bool = { _ in true }
  ) -> Self {
    Check(name ?? probe.name, on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      let (answer, truth) = (S.answer(of: subject, to: fixture), S.truth(of: fixture))
      if let finding = answer.shapeFinding(against: truth) { throw finding }
      let (judged, expected) = (answer.filter(isJudged), truth.filter(isJudged))
      if let finding = judged.finding(
        against: expected, quantities: S.quantities(of: fixture))
      {
        throw finding
      }
      return "agrees with the reference" + Self.precision(judged, expected)
    }
  }

  /// A part of the answer agrees with the reference, asked for by itself: what else the kata wants may
  /// still be to be written.
  package static func reference(
    _ name: String, on probe: Case<S.Fixture>,
    of part: @escaping @Sendable (S.Subject, S.Fixture) -> [Block]
  ) -> Self {
    Check(name, on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      let (answer, truth) = (part(subject, fixture), part(S.reference(making: []), fixture))
      if let finding = answer.finding(against: truth, quantities: S.quantities(of: fixture)) {
        throw finding
      }
      return "agrees with the reference" + Self.precision(answer, truth)
    }
  }

  /// A property that needs no reference: two answers that must be the same.
  package static func property(
    _ name: String, on probe: Case<S.Fixture>, holds: String,
    comparing: @escaping @Sendable (S.Subject, S.Fixture) -> (actual: [Block], expected: [Block])
  ) -> Self {
    Check(name, on: [probe]) { (subject, seed) throws(Finding) in
      let (actual, expected) = comparing(subject, probe.fixture(seed: seed))
      if let finding = actual.finding(against: expected, isProperty: true) { throw finding }
      return holds
    }
  }

  /// The gradient is the derivative of the loss, by central differences: no reference is asked.
  package static func derivative(
    _ name: String, on probe: Case<S.Fixture>, of loss: String,
    derivatives: @escaping @Sendable (S.Subject, S.Fixture) -> [Derivative]
  ) -> Self {
    Check(name, on: [probe]) { (subject, seed) throws(Finding) in
      // A fixture beside a kink decides nothing; another one will.
      for retry in 0..<(8 as UInt64) {
        let fixture = probe.fixture(seed: seed &+ retry)
        let verdict = GradientVerdict(
          derivatives(subject, fixture), of: loss, quantities: S.quantities(of: fixture))
        switch verdict {
        case .agrees(let error):
          return "within \(Numbers.brief(error, digits: 1)) of the slope of the loss"
        case .differs(let finding): throw finding
        case .undecided: continue
        }
      }
      return "no fixture could decide"
    }
  }

  /// The same call gives the same bits, whatever was asked in between.
  package static func repeatable(on probe: Case<S.Fixture>) -> Self {
    var check = Check(CheckResult.repetition, on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      let first = S.answer(of: subject, to: fixture)
      _ = S.answer(of: subject, to: probe.fixture(seed: seed &+ 1))
      let second = S.answer(of: subject, to: fixture)
      guard first.isIdentical(to: second) else {
        let difference =
          second.finding(against: first)?.message ?? "some bits differ from call to call"
        throw Finding(
          "the second of two equal calls differs: \(difference)",
          pattern: "The same input must give the same output: "
            + "something is remembered between calls, or drawn at random.")
      }
      return "two equal calls, the same bits"
    }
    check.isRepetition = true
    return check
  }

  private static func precision(_ answer: [Block], _ truth: [Block]) -> String {
    guard truth.contains(where: { if case .near = $0.acceptance { true } else { false } }) else {
      return ""
    }
    let worst = zip(answer, truth).map { $0.relativeError(against: $1) }.max() ?? 0
    return worst == 0 ? " to the last bit" : " to \(Numbers.brief(worst, digits: 1))"
  }
}
