import Exam
package import Grading

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One question of a kata, laid out for a debugger: a room that reads it from a file and has no limits.
package struct Rehearsal: Equatable, Sendable {
  package let room: String
  /// Job and question, as a room reads them.
  package let file: String
  /// The compiled attempt.
  package let library: String
  /// The check that asks it.
  package let check: String
}

/// What there is to debug.
package enum Debuggee: Equatable, Sendable {
  case ready(Rehearsal)
  /// There is nothing to run: the compiler's words, or what is missing.
  case broken(String)
}

extension Grader {
  /// Writes the first question of `check`, or of the first check that asks any, to `.katas/question`.
  package func rehearsal(
    of suite: any Suite.Type, check: String?, seed: UInt64
  ) throws(HarnessError) -> Debuggee {
    let kata = suite.kata
    let file = project.attempt(kata)
    let path = project.display(file)
    guard case .text(let source) = AttemptSource(at: file) else {
      return .broken("There is nothing to run in \(path).")
    }
    let product = try compiler.compile(
      source, fileName: "\(kata.type).swift", path: path,
      directory: Self.directory(of: file, for: kata), isDebugged: true, color: false)
    guard case .library(let library) = product else {
      if case .errors(let words) = product { return .broken(words) }
      return .broken("\(path) does not compile.")
    }
    // Zero seconds set no timer.
    let job = Job(kata: kata.name, library: library, scratch: "", processorSeconds: 0)
    let question = project.memory.appending(path: "question").path
    for name in check.map({ [$0] }) ?? suite.checkNames {
      let bytes: [UInt8]?
      do {
        bytes = try suite.rehearsal(of: name, seed: seed, job: job)
      } catch {
        throw .roomDied(details: "\(error)")
      }
      guard let bytes else { continue }
      try compiler.cache.write(bytes, to: question)
      return .ready(Rehearsal(room: room, file: question, library: library, check: name))
    }
    return .broken("\(check ?? kata.name) asks nothing that could be run by itself.")
  }
}
