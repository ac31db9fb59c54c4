import Grading
import KataKit
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a debug drill is asked for.
package struct DebugOptions: Equatable, Sendable {
  /// How many bugs; drawn when it is not given.
  var bugs: Int?
  /// What the bugs are drawn by, and the kata where none is named.
  var seed: UInt64?
  var drill = DrillOptions()
}

/// Bugs that were drawn, and the kata in whose solution they are.
struct DrawnHunt {
  let suite: any Suite.Type
  let hunt: BugHunt
}

extension GradeCommand {
  /// A program with bugs, against the clock.
  func debug(_ name: String?, _ options: DebugOptions) throws -> ExitCode {
    let project = try project()
    let drillOptions = options.drill
    if !drillOptions.resumes,
      let code = try settleUnfinished(in: project, edits: drillOptions.edits)
    {
      return code
    }
    guard let lock = try DrillLock(in: project) else { return refuse(DrillWording.isRunning) }
    let practice = practice(in: project)
    let grader = try practiceGrader(of: project, edits: drillOptions.edits)
    let drill: Drill
    if drillOptions.resumes {
      let unfinished = practice.drills.last {
        $0.outcome == nil && $0.mock == nil && $0.isDebugging && (name == nil || $0.kata == name)
          && catalogue.suite(named: $0.kata) != nil
      }
      guard let unfinished, let old = try debugDrill(going: unfinished, practice, in: project)
      else { return refuse(DebugWording.nothingToResume(name)) }
      drill = old
    } else {
      let seed = options.seed ?? surroundings.newSeed()
      let drawn =
        try name.map { try hunt(in: try suite($0), bugs: options.bugs, seed: seed, in: project) }
        ?? mostUrgentHunt(bugs: options.bugs, seed: seed, practice, in: project)
      guard let drawn else { return refuse(DebugWording.noBugs) }
      let now = surroundings.now()
      drill = try debugDrill(
        drawn, minutes: drillOptions.minutes, practice, by: grader, at: now)
      remember(drill.started(at: now), in: project)
    }
    return try run(drill, practice, by: grader, drillOptions, in: project, lock)
  }

  /// Lays the program of new bugs, graded once so that there is something to see. An unfinished drill of
  /// the same kata is over with that.
  func debugDrill(
    _ drawn: DrawnHunt, mock: String? = nil, minutes: Int? = nil, _ practice: PracticeRecord,
    by grader: Grader, at time: Date
  ) throws -> Drill {
    let project = grader.project
    let kata = drawn.suite.kata
    var hunt = drawn.hunt
    let kept = try Desk(project: project).lay(program: hunt.program.text, for: kata, at: time)
    hunt.report = try grader.grade(
      drawn.suite, file: project.attempt(kata), seed: surroundings.newSeed())
    let board = board(kata, .auto, in: project)
    abandon(kata, among: practice.drills, board, in: project, at: time)
    var record = DrillRecord(
      id: mock.map { "\($0)-\(kata.name)" } ?? "\(time.formatted(.iso8601))-debug-\(kata.name)",
      kata: kata.name, minutes: minutes ?? hunt.minutes)
    record.mock = mock
    record.bugs = hunt.bugs.map(\.id)
    record.kept = kept.map(project.display)
    var drill = Drill(
      board: board, record: record, best: practice.debugging[kata.name]?.best, hunt: hunt)
    drill.kept = record.kept
    return drill
  }

  /// The debug drill that `record` tells of; nil where its bugs are not known any more.
  func debugDrill(
    going record: DrillRecord, _ practice: PracticeRecord, in project: Project
  ) throws -> Drill? {
    let suite = try suite(record.kata)
    let solution = try project.annotatedSolution(of: suite)
    let bugs = solution.bugs.filter { record.bugs.contains($0.id) }
    guard bugs.count == record.bugs.count else { return nil }
    return Drill(
      board: board(suite.kata, .auto, in: project), record: record,
      best: practice.debugging[record.kata]?.best,
      hunt: BugHunt(BuggyProgram(solution, with: bugs), in: suite))
  }

  /// - Returns: nil where no bugs are planted.
  private func hunt(
    in suite: any Suite.Type, bugs count: Int?, seed: UInt64, in project: Project
  ) throws -> DrawnHunt? {
    let solution = try project.annotatedSolution(of: suite)
    let bugs = BugDraw.bugs(of: solution, in: suite, count: count, seed: seed)
    guard !bugs.isEmpty else { return nil }
    return DrawnHunt(
      suite: suite, hunt: BugHunt(BuggyProgram(solution, with: bugs), in: suite))
  }

  /// Bugs in the kata in which they are due to be looked for, or weak, or new; of equals, any.
  ///
  /// - Parameter minutes: what there is time for.
  func mostUrgentHunt(
    bugs: Int?, minutes: Int = .max, seed: UInt64, _ practice: PracticeRecord, in project: Project
  ) throws -> DrawnHunt? {
    var generator = SeededGenerator(seed: seed)
    let today = surroundings.clock.day(of: surroundings.now())
    func urgency(_ suite: any Suite.Type) -> Mock.Urgency {
      if let own = practice.debugging[suite.kata.name], own.due != nil {
        return own.urgency(on: today, surroundings.clock)
      }
      return practice[suite.kata.name].passes > 0 ? .undrilled : .new
    }
    let suites = catalogue.suites.shuffled(using: &generator)
    let order = Dictionary(grouping: suites, by: urgency)
      .sorted { $0.key.rawValue < $1.key.rawValue }.flatMap(\.value)
    for suite in order {
      if let drawn = try hunt(in: suite, bugs: bugs, seed: seed, in: project),
        drawn.hunt.minutes <= minutes
      {
        return drawn
      }
    }
    return nil
  }
}
