package import Grading
package import Practice

extension Verdict {
  /// What the results of all checks come to. Nothing passes without any.
  init(_ results: [CheckResult]) {
    let telling = results.filter { $0.status != .passed }
    if telling.isEmpty {
      self = results.isEmpty ? .failed : .passed
    } else if results.allSatisfy({ $0.status == .skipped }) {
      self = .notAttempted
    } else if telling.contains(where: { $0.status == .failed }) {
      self = .failed
    } else {
      switch telling.first(where: { $0.status != .skipped })?.status {
      case .crashed: self = .crashed
      case .timedOut: self = .timedOut
      default: self = .failed
      }
    }
  }
}

/// What the grader says of one attempt. Its JSON is read by other programs: fields are only ever added.
package struct Report: Codable, Equatable, Sendable {
  package var schema = 1
  package let kata: String
  package let verdict: Verdict
  package let seed: UInt64
  package let seconds: Double
  package let checks: [CheckResult]
  package let mistakes: [NamedMistake]
  /// What the numbers are, where they are no known mistake's.
  package var difference: Difference?
  package var pictures: [Picture]?
  /// The seed that it had passed with just before, where this run is to confirm that.
  package var seedBefore: UInt64?
  /// What there is to say where no check was run: the compiler's words, or what is missing.
  package let message: String?
}
