import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  /// Grades with the seed that is kept of the kata, or that was asked for. A pass with values that have
  /// been seen is confirmed at once with fresh ones, and only then is it one.
  ///
  /// - Parameters:
  ///   - source: what was read of `file`, if somebody has read it.
  ///   - isDebugging: whether it is a program with bugs, which has a seed of its own, and whose failures
  ///     are not the learner's.
  ///   - printed: told what the attempt printed; standard error, unless there is another place.
  func report(
    on suite: any Suite.Type, file: URL, source: AttemptSource? = nil, by grader: Grader,
    _ options: GradingOptions, isDebugging: Bool = false, printed: ((String) -> Void)? = nil,
    asked: ([QuestionRecord]) -> Void = { _ in },
    meanwhile: Meanwhile = {}
  ) throws(HarnessError) -> Report {
    var records: [QuestionRecord] = []
    func run(_ seed: UInt64) throws(HarnessError) -> Report {
      try grader.grade(
        suite, file: file, source: source, seed: seed,
        color: options.format == .text && surroundings.style(options.color).isColored,
        asked: { records = $0 }, meanwhile: meanwhile)
    }
    var report: Report
    if let seed = options.seed {
      report = try run(seed)
    } else {
      let kept =
        isDebugging
        ? KeptSeed(ofProgramFor: suite.kata, in: grader.project)
        : KeptSeed(of: suite.kata, in: grader.project)
      let seen = kept.value
      let seed = seen ?? surroundings.newSeed()
      report = try run(seed)
      if report.verdict == .passed, seen != nil {
        let fresh = surroundings.newSeed()
        report = try run(fresh == seed ? fresh &+ 1 : fresh)
        report.seedBefore = seed
      }
      if options.attempt == nil { keep(kept, after: report) }
    }
    asked(records)
    if options.attempt == nil, !isDebugging {
      keep(report, records, of: suite.kata, in: grader.project)
    }
    tell(Prints(of: records, in: report), of: suite.kata, in: grader.project, options, printed)
    return report
  }

  /// Values that were asked or are on the screen stay until they are answered rightly.
  private func keep(_ kept: KeptSeed, after report: Report) {
    do {
      switch report.verdict {
      case .passed: try kept.forget()
      case .failed, .crashed, .timedOut, .notAttempted, .doesNotCompile:
        try kept.keep(report.seed)
      }
    } catch {
      noteOnce("seed", Wording.sentence(for: error))
    }
  }

  /// What was failed last is looked at later, in the page of `report`.
  private func keep(
    _ report: Report, _ records: [QuestionRecord], of kata: Kata, in project: Project
  ) {
    do {
      try FailedQuestion.keep(report, records, at: surroundings.now(), of: kata, in: project)
    } catch {
      noteOnce("failed", Wording.sentence(for: error))
    }
  }

  private func tell(
    _ prints: Prints, of kata: Kata, in project: Project, _ options: GradingOptions,
    _ printed: ((String) -> Void)?
  ) {
    guard !prints.isEmpty else { return }
    let file = project.prints(kata)
    var place: String?
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(prints.everything.utf8).write(to: file, options: .atomic)
      place = project.display(file)
    } catch {
      noteOnce(
        "prints",
        Wording.sentence(
          for: HarnessError.cannotWrite(
            path: project.display(file), reason: HarnessError.reason(error))))
    }
    let text =
      switch options.prints {
      case .all: prints.everything
      case .nothing: ""
      case nil: prints.excerpt(in: place)
      }
    guard !text.isEmpty else { return }
    if let printed { printed(text) } else { surroundings.note(text) }
  }
}
