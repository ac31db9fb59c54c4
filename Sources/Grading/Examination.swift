/// A run of a suite's checks over one subject.
package struct Examination<S: Suite> {
  package enum Event: Sendable {
    case started(String)
    case finished(CheckResult)
  }

  let subject: S.Subject
  let seed: UInt64
  /// Made once: a suite makes them anew at every call.
  private let all = S.checks
  let asksLongChecks: Bool
  /// What is known already, from a run that a crash ended.
  private(set) var results: [CheckResult]

  package init(
    _ subject: S.Subject, seed: UInt64, earlier: [CheckResult] = [], asksLongChecks: Bool = true
  ) {
    self.subject = subject
    self.seed = seed
    self.asksLongChecks = asksLongChecks
    self.results = earlier
  }

  /// Runs every check that has no result yet, in order, and tells of each as it happens.
  package mutating func run(report: (Event) -> Void = { _ in }) -> [CheckResult] {
    for check in all
    where (asksLongChecks || !check.isLong)
      && !results.contains(where: { $0.name == check.name })
    {
      report(.started(check.name))
      let result = reasonToSkip(check).map(check.skipped) ?? judge(check)
      results.append(result)
      report(.finished(result))
    }
    return results
  }

  /// The known mistakes that give the numbers of the failed checks; empty where none do.
  package func explanations() -> [Set<S.Slip>] {
    var diagnosis = Diagnosis<S>(seed: seed)
    return explanations(by: &diagnosis)
  }

  /// The same, by a diagnosis that may know of other attempts with this seed, and of an attempt that is
  /// the reference that makes `mistakes`.
  package func explanations(
    by diagnosis: inout Diagnosis<S>, making mistakes: Set<S.Slip>? = nil
  ) -> [Set<S.Slip>] {
    let (failing, passing) = (checks(.failed), checks(.passed))
    guard !failing.isEmpty else { return [] }
    // What does not repeat itself has to be asked again.
    let isRepeatable = passing.contains { $0.isRepetition }
    return diagnosis.explanations(
      of: subject, failing: failing, passing: passing, making: isRepeatable ? mistakes : nil)
  }

  private func checks(_ status: CheckResult.Status) -> [Check<S>] {
    all.filter { check in
      results.contains { $0.name == check.name && $0.status == status }
    }
  }

  private func reasonToSkip(_ check: Check<S>) -> String? {
    let isGateShut = all.contains { check in
      check.isGate && results.contains { $0.name == check.name && $0.status == .failed }
    }
    if isGateShut { return "until the shapes are right" }
    let isEarly = check.isLong && results.contains { $0.status != .passed }
    return isEarly ? "once all the others pass" : nil
  }

  private func judge(_ check: Check<S>) -> CheckResult {
    do throws(Finding) {
      let message = try check.body(subject, seed)
      return CheckResult(name: check.name, status: .passed, message: message)
    } catch {
      return CheckResult(
        name: check.name, status: .failed, message: error.message, pattern: error.pattern)
    }
  }
}

extension Check {
  fileprivate func skipped(_ reason: String) -> CheckResult {
    CheckResult(name: name, status: .skipped, message: reason)
  }
}
