package import Grading

/// What the worker is asked to do, on one line of its descriptor 3.
package struct Job: Codable, Sendable {
  /// Proves that a record was written by the worker and not by the attempt.
  let nonce: String
  let kata: String
  let library: String
  let seed: UInt64
  /// What earlier workers found; only the other checks are run.
  let earlier: [CheckResult]
  /// The empty directory to run in.
  let scratch: String
  /// Seconds of processor time for each check.
  let processorSeconds: Int
}

/// What the worker tells, one line each, after the job's nonce.
package enum Record: Codable, Equatable, Sendable {
  case started(check: String)
  case finished(CheckResult)
  case mistakes([NamedMistake])
  case pictures([Picture])
  /// The library holds no type that can be judged.
  case unfit(reason: String)
  /// Nothing comes after this.
  case closing
}
