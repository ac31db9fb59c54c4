package import Grading
import KataKit

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The parent side: has workers run every check of a suite, however often the attempt brings one down.
package struct Supervisor: Sendable {
  package struct Limits: Sendable {
    /// Seconds of processor time for one check; all checks of a suite together take some 0.01.
    package var processorSeconds = 2
    /// How long a check may take without using the processor: a sleep, a deadlock.
    package var silence = Duration.seconds(5)
    /// The checks after this many time-outs are skipped.
    package var timeOuts = 2
    /// Traps that are traced to their line; more of them tell nothing new.
    package var backtraces = 3
    /// Bytes of the attempt's own prints that are kept.
    package var kept = 1 << 16

    package init() {}
  }

  package struct Outcome: Sendable {
    package var results: [CheckResult] = []
    package var mistakes: [NamedMistake] = []
    package var pictures: [Picture] = []
    /// Whether the last worker came to its end, having had its say.
    package var isComplete = false
    /// Why the library can not be judged at all.
    package var unfit: String?
    /// What the attempt printed.
    package var prints = ""
  }

  /// The `grade` binary.
  let executable: String
  let limits: Limits
  /// Whether this process is nothing but a grader, and may end every child it has.
  let adoptsOrphans: Bool

  package init(executable: String, limits: Limits = Limits(), adoptsOrphans: Bool = false) {
    self.executable = executable
    self.limits = limits
    self.adoptsOrphans = adoptsOrphans
  }

  /// Runs the checks of `suite` against a compiled attempt.
  ///
  /// - Parameter path: the attempt's path as the learner knows it.
  package func examine<S: Suite>(
    _ suite: S.Type, library: String, seed: UInt64, path: String,
    cache: AttemptCache, meanwhile: () -> Void = {}
  ) throws(HarnessError) -> Outcome {
    var outcome = Outcome()
    let names = S.checks.map(\.name)
    while !outcome.isComplete, outcome.unfit == nil {
      let ran = outcome.results.count
      let scratch = try cache.makeScratchDirectory()
      defer { cache.remove(scratch) }
      var generator = SystemRandomNumberGenerator()
      let nonce =
        String(generator.next() as UInt64, radix: 36)
        + String(generator.next() as UInt64, radix: 36)
      let job = Job(
        nonce: nonce, kata: S.kata.name, library: library, seed: seed,
        earlier: outcome.results, scratch: scratch,
        processorSeconds: limits.processorSeconds * S.kata.patience)
      var reader = RecordReader(nonce: nonce)
      let crashes = outcome.results.count { $0.status == .crashed }
      let finished = try start(job, backtrace: crashes < limits.backtraces)
        .drain(heard: { reader.read($0) }, meanwhile: meanwhile)
      if adoptsOrphans { Orphans.end() }
      let started = absorb(reader.records, into: &outcome)
      let standardError = String(decoding: finished.standardError, as: UTF8.self)
      outcome.prints += Self.prints(finished, standardError)
      if outcome.isComplete || outcome.unfit != nil { break }

      // The worker fell: in a check, in the diagnosis after the last one, or before the first.
      if let started {
        let crash = Crash(
          standardError: standardError, scratch: scratch, library: library,
          source: "\(S.kata.type).swift")
        outcome.results.append(
          Self.result(of: started, finished.end, crash, standardError, path: path))
      } else if ran == outcome.results.count {
        if ran == names.count { break }
        throw .workerDied(details: "\(finished.end) \(standardError)")
      }
      skipAfterTimeOuts(names, &outcome)
    }
    return outcome
  }

  private func start(_ job: Job, backtrace: Bool) throws(HarnessError) -> ChildProcess {
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = Crash.setting(scratch: job.scratch, isWanted: backtrace)
    let input: Data
    do {
      input = try JSONEncoder().encode(job)
    } catch {
      throw .workerDied(details: "\(error)")
    }
    return try ChildProcess(
      [executable, Worker.argument], environment: environment, input: [UInt8](input) + [10],
      limits: .init(silence: limits.silence, kept: limits.kept))
  }

  /// Takes in what a worker said; returns the check that it started and did not finish.
  private func absorb(_ records: [Record], into outcome: inout Outcome) -> String? {
    var started: String?
    for record in records {
      switch record {
      case .started(let check): started = check
      case .finished(let result):
        outcome.results.append(result)
        started = nil
      case .mistakes(let mistakes): outcome.mistakes = mistakes
      case .pictures(let pictures): outcome.pictures = pictures
      case .unfit(let reason): outcome.unfit = reason
      case .closing: outcome.isComplete = true
      }
    }
    return started
  }

  private func skipAfterTimeOuts(_ names: [String], _ outcome: inout Outcome) {
    guard outcome.results.count(where: { $0.status == .timedOut }) >= limits.timeOuts else {
      return
    }
    for name in names where !outcome.results.contains(where: { $0.name == name }) {
      outcome.results.append(
        CheckResult(name: name, status: .skipped, message: "after \(limits.timeOuts) time-outs"))
    }
  }

  private static func result(
    of check: String, _ end: ChildProcess.End, _ crash: Crash, _ standardError: String,
    path: String
  ) -> CheckResult {
    var result = CheckResult(name: check, status: .crashed, file: path, line: crash.line)
    switch end {
    case .exited(Todo.exitStatus):
      result.status = .skipped
      let note = standardError.split(separator: "\n").last { $0.hasPrefix("todo: ") }
      result.message =
        note.map { $0.dropFirst(6).split(separator: " (").first.map(String.init) }
        ?? "not written yet"
    case .exited(Int32(EX_IOERR)): result.message = "it closed the grader's pipe"
    case .exited(let status):
      result.message = "it ended the process with exit status \(status)"
    case .signalled(SIGPROF):
      result.status = .timedOut
      let place = crash.function.map { " in \($0)" } ?? ""
      result.message = "still running\(place)"
    case .silent where crash.message != nil:
      // It trapped, and the runtime's own backtrace hung.
      result.message = crash.message
    case .silent:
      result.status = .timedOut
      result.message = "waiting for something that does not come"
    case .signalled(SIGKILL): result.message = "it was killed"
    case .signalled(let signal): result.message = crash.message ?? "ended by signal \(signal)"
    }
    return result
  }

  /// "0    libswiftCore.so     0x00007f2ba16a5b60 …", a line of the runtime's short trace.
  private static func isFrame(_ line: Substring) -> Bool {
    let words = line.split(separator: " ", maxSplits: 3)
    return words.count >= 3 && Int(words[0]) != nil && words[2].hasPrefix("0x")
  }

  /// What the attempt printed, without what the runtime says of a crash.
  private static func prints(_ finished: ChildProcess.Finished, _ standardError: String) -> String {
    let output = String(decoding: finished.standardOutput, as: UTF8.self)
    let errors = standardError.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.contains("Fatal error: ") && !$0.hasPrefix("*** Signal ") && !$0.hasPrefix("todo: ")
        && !$0.hasPrefix("Current stack trace:") && !isFrame($0)
    }
    let dropped = finished.dropped > 0 ? "\n… and \(finished.dropped) bytes more\n" : ""
    let text = output + errors.joined(separator: "\n")
    return text.allSatisfy(\.isWhitespace) ? "" : text + dropped
  }
}
