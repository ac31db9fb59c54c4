import Grading
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  /// Puts one question to an attempt under lldb: that of `check`, or of the first check that fails.
  func debug(_ name: String, check: String?, seed: UInt64?, onlyPrepares: Bool) throws -> ExitCode {
    let suite = try suite(name)
    if let check, !suite.checkNames.contains(check) {
      throw UsageError.unknownCheck(
        check, kata: suite.kata.name, suggestion: nearest(to: check, among: suite.checkNames),
        names: suite.checkNames)
    }
    let project = try project()
    let debugger = onlyPrepares ? nil : try Debugger(path: surroundings.environment["PATH"])
    let grader = try grader(of: project)
    let seed = seed ?? surroundings.newSeed()
    let file = project.attempt(suite.kata)
    let first = try check ?? firstFailing(suite, file: file, by: grader, seed: seed)
    switch try grader.rehearsal(of: suite, check: first, seed: seed) {
    case .broken(let words):
      surroundings.note("\(words)\n")
      return .notPassed
    case .ready(let rehearsal):
      surroundings.note(
        """
        The question of \(rehearsal.check), seed \(seed), is in \
        \(project.display(URL(filePath: rehearsal.file))).

        """)
      guard let debugger else { return .passed }
      let reason = surroundings.become(debugger.command(rehearsal, source: file))
      throw HarnessError.system(call: "start lldb for", path: rehearsal.room, code: reason)
    }
  }

  /// The first check that fails and can be asked by itself.
  private func firstFailing(
    _ suite: any Suite.Type, file: URL, by grader: Grader, seed: UInt64
  ) throws(HarnessError) -> String? {
    try grader.grade(suite, file: file, seed: seed).checks
      .first { $0.status != .passed && $0.name != CheckResult.repetition }?.name
  }
}
