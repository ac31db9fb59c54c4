import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  func grade(_ name: String, _ options: GradingOptions) throws -> ExitCode {
    let suite = try suite(name)
    let project = try project()
    if options.attempt == nil, let code = refusal(of: suite.kata, in: project) { return code }
    let grader = try grader(of: project)
    let directory = surroundings.directory
    let file = options.attempt.map {
      URL(filePath: $0, relativeTo: URL(filePath: directory, directoryHint: .isDirectory))
    }
    if let attempt = options.attempt, let file,
      !FileManager.default.fileExists(atPath: file.path)
    {
      throw UsageError.noSuchAttempt(path: attempt)
    }
    var records: [QuestionRecord] = []
    let report = try report(
      on: suite, file: file ?? project.attempt(suite.kata), by: grader, options,
      asked: { records = $0 }, waiting: Waiting(for: suite.kata, surroundings))
    if file == nil { remember(report, in: project) }
    switch options.format {
    case .json: surroundings.write(try json(report))
    case .junit: surroundings.write(JUnit.document([report]))
    case .line: surroundings.write(line(of: report, suite.kata, file, in: project))
    // Where nothing was asked, the verdict says why.
    case .text where options.show != nil && !records.isEmpty:
      try writePage(
        shown(
          options.show ?? .first, of: report, records, suite, surroundings.style(options.color)))
    case .text:
      let path = file.map(project.display) ?? project.display(project.attempt(suite.kata))
      var text = ReportText(
        report: report, kata: suite.kata, style: surroundings.style(options.color), path: path,
        isElsewhere: file != nil)
      if options.listsAll { text.extent = .all }
      if report.verdict == .passed {
        let practice = practice(in: project)
        text.next = next(after: suite.kata, practice)
        text.followUp = try followUp(to: suite.kata, in: project, practice)
      }
      surroundings.write(text.text)
    }
    return report.verdict == .passed ? .passed : .notPassed
  }

  /// A program with bugs is graded by its drill, which names nothing, and is nobody's attempt.
  func refusal(of kata: Kata, in project: Project) -> ExitCode? {
    guard Desk(project: project).hasProgram(kata) else { return nil }
    let path = project.display(project.attempt(kata))
    return refuse(DebugWording.isProgram(path, of: kata.name))
  }

  /// The verdict on what somebody sits and waits for.
  private func report(
    on suite: any Suite.Type, file: URL, by grader: Grader, _ options: GradingOptions,
    asked: ([QuestionRecord]) -> Void = { _ in }, waiting: Waiting
  ) throws(HarnessError) -> Report {
    defer { waiting.end() }
    return try report(
      on: suite, file: file, by: grader, options,
      printed: {
        waiting.end()
        surroundings.note($0)
        // At a terminal the verdict follows.
        if surroundings.isNoteTerminal { surroundings.note("\n") }
      }, asked: asked, meanwhile: waiting.look)
  }

  private func line(
    of report: Report, _ kata: Kata, _ elsewhere: URL?, in project: Project
  ) -> String {
    let file = elsewhere ?? project.attempt(kata)
    return EditorLine(
      report: report, path: project.display(file), type: kata.type, source: AttemptSource(at: file)
    ).text
  }

  func gradeAll(_ options: GradingOptions) throws -> ExitCode {
    let project = try project()
    let desk = Desk(project: project)
    let begun = try catalogue.suites.filter { try desk.isBegun($0.kata) }
    let grader = try grader(of: project)
    var reports: [Report] = []
    var failure: HarnessError?
    for suite in begun {
      do throws(HarnessError) {
        let report = try report(
          on: suite, file: project.attempt(suite.kata), by: grader, options,
          waiting: Waiting(for: suite.kata, surroundings))
        remember(report, in: project)
        reports.append(report)
      } catch {
        if case .interrupted = error { throw error }
        // What keeps every kata from its verdict is said once.
        if error != failure {
          surroundings.note("grade: \(suite.kata.name): \(Wording.sentence(for: error))\n")
        }
        failure = error
      }
    }
    switch options.format {
    case .json: surroundings.write(try json(ReportList(results: reports)))
    case .junit: surroundings.write(JUnit.document(reports))
    case .line:
      surroundings.write(
        zip(begun, reports).map { line(of: $1, $0.kata, nil, in: project) }.joined())
    case .text:
      let style = surroundings.style(options.color)
      let texts = zip(begun, reports).map { suite, report in
        ReportText(
          report: report, kata: suite.kata, style: style,
          path: project.display(project.attempt(suite.kata)), extent: .all
        ).text + "\n"
      }
      if options.listsAll { surroundings.write(texts.joined()) }
      surroundings.write(Summary(reports: reports, style: style).text)
    }
    if failure != nil { return .harnessFailed }
    return !reports.isEmpty && reports.allSatisfy { $0.verdict == .passed } ? .passed : .notPassed
  }

  func grader(of project: Project) throws(HarnessError) -> Grader {
    try Grader(
      project: project, executable: surroundings.executable,
      path: surroundings.environment["PATH"], limits: surroundings.limits,
      adoptsOrphans: surroundings.adoptsOrphans)
  }

  private func remember(_ report: Report, in project: Project) {
    remember(.graded(report, at: surroundings.now()), in: project)
  }

  /// The first kata that has not been passed, from the one after `kata` round to it.
  private func next(after kata: Kata, _ practice: PracticeRecord) -> String? {
    let katas = catalogue.katas
    guard let index = katas.firstIndex(of: kata) else { return nil }
    return (katas[(index + 1)...] + katas[..<index])
      .first { practice[$0.name].passes == 0 }?.name
  }
}

/// The reports of `grade all`.
private struct ReportList: Encodable {
  let schema = 1
  let results: [Report]
}
