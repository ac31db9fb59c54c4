/// The outcome of one attempt.
package enum Verdict: String, Codable, Sendable {
  case passed, failed, crashed
  case notAttempted = "not-attempted"
  case doesNotCompile = "does-not-compile"
  case timedOut = "timed-out"
}
