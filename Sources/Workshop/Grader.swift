package import Grading

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Takes one attempt from its file to its report.
package struct Grader: Sendable {
  package let project: Project
  let compiler: Compiler
  let supervisor: Supervisor

  package init(project: Project, compiler: Compiler, supervisor: Supervisor) {
    self.project = project
    self.compiler = compiler
    self.supervisor = supervisor
  }

  /// The grader of the `grade` binary at `executable`, with the compiler on `path`.
  package init(
    project: Project, executable: URL, path: String?, limits: Supervisor.Limits = .init(),
    adoptsOrphans: Bool = false
  ) throws(HarnessError) {
    let module = executable.deletingLastPathComponent()
      .appending(path: "Modules/KataKit.swiftmodule")
    self.init(
      project: project,
      compiler: try Compiler(
        toolchain: try Toolchain(path: path), module: module.path,
        cache: try AttemptCache(preferred: project.cache)),
      supervisor: Supervisor(
        executable: executable.path, limits: limits, adoptsOrphans: adoptsOrphans))
  }

  /// Grades the attempt in `file`.
  ///
  /// - Parameters:
  ///   - printed: told what the attempt printed, once.
  ///   - meanwhile: called some fifty times a second until there is a verdict.
  package func grade(
    _ suite: any Suite.Type, file: URL, seed: UInt64, color: Bool = false,
    printed: (String) -> Void = { _ in }, meanwhile: () -> Void = {}
  ) throws(HarnessError) -> Report {
    let kata = suite.kata
    let clock = ContinuousClock()
    let start = clock.now
    let path = project.display(file)
    func report(
      _ verdict: Verdict, _ outcome: Supervisor.Outcome = .init(), message: String? = nil
    ) -> Report {
      var report = Report(
        kata: kata.name, verdict: verdict, seed: seed,
        seconds: (clock.now - start) / .seconds(1), checks: outcome.results,
        mistakes: verdict == .passed ? [] : outcome.mistakes, message: message)
      report.pictures = outcome.pictures.isEmpty ? nil : outcome.pictures
      return report
    }

    let source: [UInt8]
    switch AttemptSource(at: file) {
    case .text(let bytes): source = bytes
    case .missing: return report(.notAttempted, message: "There is no \(path).")
    case .empty: return report(.notAttempted, message: "\(path) is empty.")
    case .directory:
      return report(.doesNotCompile, message: "\(path) is a directory, not a Swift file.")
    case .special:
      return report(
        .doesNotCompile, message: "\(path) is a pipe or a device, not a Swift file.")
    case .tooLarge(let bytes):
      return report(
        .doesNotCompile,
        message: "\(path) has \(bytes) bytes; an attempt has at most \(AttemptSource.largest).")
    case .unreadable(let reason):
      return report(.doesNotCompile, message: "\(path) can not be read: \(reason)")
    }
    switch try compiler.compile(
      source, fileName: "\(kata.type).swift", path: path, color: color,
      meanwhile: meanwhile)
    {
    case .errors(let words): return report(.doesNotCompile, message: words)
    case .library(let library):
      let outcome = try supervisor.examine(
        suite, library: library, seed: seed, path: path, cache: compiler.cache,
        meanwhile: meanwhile)
      if !outcome.prints.isEmpty { printed(outcome.prints) }
      if let reason = outcome.unfit { return report(.doesNotCompile, message: reason) }
      return report(Verdict(outcome.results, isComplete: outcome.isComplete), outcome)
    }
  }
}
