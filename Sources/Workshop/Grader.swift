import Exam
package import Grading
import Practice

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Takes one attempt from its file to its report.
package struct Grader: Sendable {
  package let project: Project
  let compiler: Compiler
  /// The `room` binary.
  let room: String
  /// The `grade` binary.
  private let executable: String
  private let limits: RoomLimits
  private let adoptsOrphans: Bool

  /// The grader of the `grade` binary at `executable`, with the room beside it and the compiler on `path`.
  ///
  /// - Parameter adoptsOrphans: whether this process is nothing but a grader, and may end every child it
  ///   has.
  package init(
    project: Project, executable: URL, path: String?, limits: RoomLimits = .init(),
    adoptsOrphans: Bool = false
  ) throws(HarnessError) {
    let directory = executable.deletingLastPathComponent()
    let modules = directory.appending(path: "Modules")
    room = directory.appending(path: "room").path
    try RoomBuild.check(room: room, modules: modules.path)
    self.project = project
    self.executable = executable.path
    self.limits = limits
    self.adoptsOrphans = adoptsOrphans
    compiler = try Compiler(
      toolchain: try Toolchain(path: path),
      module: modules.appending(path: "KataKit.swiftmodule").path,
      cache: try AttemptCache(preferred: project.cache))
  }

  /// What a verdict depends on beside the attempt and the seed: this program, the room and the compiler.
  package var identity: String {
    get throws(HarnessError) {
      let files = [executable, room, compiler.module]
      let identities = try files.map { (path) throws(HarnessError) in
        try FileIdentity(of: path).description
      }
      return (identities + [try compiler.toolchain.identity]).joined(separator: "\n")
    }
  }

  /// Grades the attempt in `file`.
  ///
  /// - Parameters:
  ///   - source: what was read of the file, if somebody has read it.
  ///   - path: what the file is called in every message; where it lies, if nothing is said.
  ///   - asked: told what was asked, what was true and what came of it, once.
  ///   - meanwhile: called some fifty times a second until there is a verdict; what it throws ends the
  ///     grading.
  package func grade(
    _ suite: any Suite.Type, file: URL, source: AttemptSource? = nil, path: String? = nil,
    seed: UInt64, color: Bool = false, asked: ([QuestionRecord]) -> Void = { _ in },
    meanwhile: Meanwhile = {}
  ) throws(HarnessError) -> Report {
    let kata = suite.kata
    let clock = ContinuousClock()
    let start = clock.now
    let path = path ?? project.display(file)
    func report(
      _ verdict: Verdict, _ outcome: Outcome = .init(), message: String? = nil
    ) -> Report {
      var report = Report(
        kata: kata.name, verdict: verdict, seed: seed,
        seconds: (clock.now - start) / .seconds(1), checks: outcome.results,
        mistakes: verdict == .passed ? [] : outcome.mistakes, message: message)
      report.difference = outcome.difference
      report.pictures = outcome.pictures.isEmpty ? nil : outcome.pictures
      return report
    }

    let text: [UInt8]
    switch source ?? AttemptSource(at: file) {
    case .text(let bytes): text = bytes
    case .missing:
      return report(
        .notAttempted,
        message: "There is no \(path). For a blank stub: swift run grade reset \(kata.name)")
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
      return report(.doesNotCompile, message: "\(path) cannot be read: \(reason)")
    }
    let directory = Self.directory(of: file, for: kata)
    switch try compiler.compile(
      text, fileName: "\(kata.type).swift", path: path, directory: directory, color: color,
      meanwhile: meanwhile)
    {
    case .errors(let words): return report(.doesNotCompile, message: words)
    case .library(let library):
      let kept = try KeptLibrary(library, of: compiler.cache)
      let place = RoomPlace(
        executable: room,
        library: { (scratch) throws(HarnessError) in try kept.path(orIn: scratch) }, path: path,
        cache: compiler.cache, adoptsOrphans: adoptsOrphans)
      let outcome = try withoutActuallyEscaping(meanwhile) { (meanwhile) throws(HarnessError) in
        try examine(suite, seed: seed, in: place, meanwhile: meanwhile)
      }
      asked(outcome.records)
      if let unfit = outcome.unfit {
        return report(.doesNotCompile, message: unfit.sentence(for: kata, source: text))
      }
      var told = outcome
      told.results = outcome.results.map { $0.tellingTodo(in: text) }
      return report(Verdict(told.results), told)
    }
  }

  /// Where the file is that has the name of the compiled one, if there is one.
  static func directory(of file: URL, for kata: Kata) -> String? {
    file.lastPathComponent == "\(kata.type).swift" ? file.deletingLastPathComponent().path : nil
  }

  private struct Outcome {
    var results: [CheckResult] = []
    var mistakes: [NamedMistake] = []
    var difference: Difference?
    var pictures: [Picture] = []
    var records: [QuestionRecord] = []
    /// Why the library cannot be judged at all.
    var unfit: Response.Unfit?
  }

  private func examine<S: Suite>(
    _ suite: S.Type, seed: UInt64, in place: RoomPlace, meanwhile: @escaping Meanwhile
  ) throws(HarnessError) -> Outcome {
    var examinee = RoomExaminee<S>(place, limits: limits, meanwhile: meanwhile)
    do throws(HarnessError) {
      try examinee.prepare()
    } catch {
      examinee.close()
      throw error
    }
    let paper = Paper<S>(seed: seed)
    paper.drawAll()
    var examination = Examination(examinee, paper: paper)
    var outcome = Outcome()
    do throws(HarnessError) {
      outcome.results = try examination.run()
      outcome.mistakes = MistakeID<S>.named(try examination.explanations())
      if outcome.mistakes.isEmpty { outcome.difference = try examination.difference() }
      outcome.pictures = try examination.pictures()
    } catch {
      examination.close()
      throw error
    }
    outcome.records = examination.records
    outcome.unfit = examination.examinee.unfit
    examination.close()
    return outcome
  }
}

extension Response.Unfit {
  fileprivate func sentence(for kata: Kata, source: [UInt8]) -> String {
    switch self {
    case .doesNotLoad(let reason): "It does not load: \(reason)"
    case .noType, .doesNotConform:
      WhyNoType.sentence(type: kata.type, requirement: kata.requirement, source: source)
    case .unknown, .tooMuch: "The room does not know \(kata.name)."
    }
  }
}
