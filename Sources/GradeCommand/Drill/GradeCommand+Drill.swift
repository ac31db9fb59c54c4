import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a drill is asked for.
package struct DrillOptions: Equatable, Sendable {
  /// The target; the kata's own when it is not given.
  var minutes: Int?
  /// Whether the attempt is opened in the learner's editor.
  var edits = false
  /// Whether the clock of an unfinished drill goes on.
  var resumes = false
}

extension GradeCommand {
  func drill(_ name: String?, _ options: DrillOptions) throws -> ExitCode {
    let project = try project()
    if !options.resumes {
      // What cannot begin puts an end to nothing.
      guard let name else { throw UsageError.missingKata(command: CommandName.drill.rawValue) }
      _ = try named(name)
      if let code = try settleUnfinished(in: project, edits: options.edits) { return code }
    }
    guard let lock = try DrillLock(in: project) else { return refuse(DrillWording.isRunning) }
    if !options.resumes { try putProgramsAway(in: project, at: surroundings.now()) }
    let practice = practice(in: project)
    let grader = try practiceGrader(of: project, edits: options.edits)
    let drill: Drill
    if options.resumes {
      let unfinished = practice.drills.last {
        $0.outcome == nil && $0.mock == nil && !$0.isDebugging && (name == nil || $0.kata == name)
          && catalogue.suite(named: $0.kata) != nil
      }
      guard let unfinished else { return refuse(DrillWording.nothingToResume(name)) }
      drill = try resumed(unfinished, practice, in: project)
    } else {
      guard let name else { throw UsageError.missingKata(command: CommandName.drill.rawValue) }
      drill = try begun(try named(name), options, practice, in: project)
    }
    return try run(drill, practice, by: grader, options, in: project, lock)
  }

  func run(
    _ drill: Drill, _ practice: PracticeRecord, by grader: Grader, _ options: DrillOptions,
    in project: Project, _ lock: borrowing DrillLock
  ) throws -> ExitCode {
    var drill = drill
    var editor: String?
    if options.edits {
      editor = Editor.command(in: surroundings.environment)
      if editor == nil { surroundings.note("grade: \(DrillWording.noEditor)\n") }
      drill.startsAtOnce = editor != nil
      drill.offersEditor = editor != nil && surroundings.hasKeys
    }
    // What is seen of a program with bugs is read before the program.
    let opensEditor = !(drill.isDebugging && drill.offersEditor)
    if !opensEditor { drill.board.notice = DebugWording.editorWaits }
    return try sayingWhatIsLeft(of: drill, in: project) {
      var loop = PracticeLoop(
        drill, command: self, project: project, grader: grader, practice: practice,
        options: GradingOptions())
      let code = try loop.run(editor: editor, opens: opensEditor)
      if loop.mode.isOver { try putProgramsAway(in: project, at: surroundings.now()) }
      return code
    }
  }

  private func resumed(
    _ record: DrillRecord, _ practice: PracticeRecord, in project: Project
  ) throws -> Drill {
    let kata = try named(record.kata)
    return Drill(
      board: board(kata, .auto, in: project), record: record,
      best: practice[kata.name].best)
  }

  /// Lays the stub of a new drill. An unfinished one of the same kata is over with that.
  private func begun(
    _ kata: Kata, _ options: DrillOptions, _ practice: PracticeRecord, in project: Project
  ) throws -> Drill {
    let now = surroundings.now()
    let kept = try Desk(project: project).layFreshStub(kata, at: now)
    let board = board(kata, .auto, in: project)
    abandon(kata, among: practice.drills, board, in: project, at: now)
    var drill = Drill(
      board: board,
      record: DrillRecord(
        id: "\(now.formatted(.iso8601))-\(kata.name)", kata: kata.name,
        minutes: options.minutes ?? kata.minutes), best: practice[kata.name].best)
    remember(drill.started(at: now), in: project)
    drill.kept = kept.map(project.display)
    return drill
  }

  /// A fresh stub ends what was unfinished.
  func abandon(
    _ kata: Kata, among records: [DrillRecord], _ board: Board, in project: Project, at time: Date
  ) {
    for record in records where record.kata == kata.name && record.outcome == nil {
      let left = Drill(board: board, record: record, best: nil)
      remember(left.finished(.abandoned, at: time), in: project)
    }
  }

  /// An editor may start windows that outlive it; they are not an attempt's to be ended.
  func practiceGrader(of project: Project, edits: Bool) throws -> Grader {
    guard edits else { return try grader(of: project) }
    Orphans.release()
    var free = self.surroundings
    free.adoptsOrphans = false
    return try GradeCommand(free, catalogue: catalogue).grader(of: project)
  }

  func refuse(_ sentence: String) -> ExitCode {
    surroundings.note("grade: \(sentence)\n")
    return .notPassed
  }
}
