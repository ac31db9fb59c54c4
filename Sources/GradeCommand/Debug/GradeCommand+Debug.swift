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
  var hunt: BugHunt
  /// What they were drawn by, and what the program is asked is drawn by, too.
  let seed: UInt64
}

extension GradeCommand {
  /// A program with bugs, against the clock.
  func debug(_ name: String?, _ options: DebugOptions) throws -> ExitCode {
    let project = try project()
    let drillOptions = options.drill
    if drillOptions.resumes { return try resumeDebugging(name, drillOptions, in: project) }
    let seed = options.seed ?? surroundings.newSeed()
    // What cannot begin puts an end to nothing.
    let drawn =
      try name.map { try hunt(in: try suite($0), bugs: options.bugs, seed: seed, in: project) }
      ?? mostUrgentHunt(bugs: options.bugs, seed: seed, practice(in: project), in: project)
    guard let drawn else { return refuse(DebugWording.noBugs) }
    if let code = try settleUnfinished(in: project, edits: drillOptions.edits) { return code }
    guard let lock = try DrillLock(in: project) else { return refuse(DrillWording.isRunning) }
    let now = surroundings.now()
    try putProgramsAway(in: project, at: now)
    let practice = practice(in: project)
    let grader = try practiceGrader(of: project, edits: drillOptions.edits)
    let drill = try debugDrill(
      drawn, minutes: drillOptions.minutes, practice, by: grader, at: now)
    remember(drill.started(at: now), in: project)
    return try run(drill, practice, by: grader, drillOptions, in: project, lock)
  }

  private func resumeDebugging(
    _ name: String?, _ options: DrillOptions, in project: Project
  ) throws -> ExitCode {
    guard let lock = try DrillLock(in: project) else { return refuse(DrillWording.isRunning) }
    let practice = practice(in: project)
    let unfinished = practice.drills.last {
      $0.outcome == nil && $0.mock == nil && $0.isDebugging && (name == nil || $0.kata == name)
        && catalogue.suite(named: $0.kata) != nil
    }
    guard let unfinished,
      let drill = try debugDrill(
        going: unfinished, practice, in: project, at: surroundings.now())
    else { return refuse(DebugWording.nothingToResume(name)) }
    let grader = try practiceGrader(of: project, edits: options.edits)
    return try run(drill, practice, by: grader, options, in: project, lock)
  }

  /// Puts the learner's own attempts back wherever a program with bugs lies that nobody looks for anymore.
  func putProgramsAway(in project: Project, at time: Date) throws(HarnessError) {
    let desk = Desk(project: project)
    for kata in catalogue.katas { try desk.putProgramAway(kata, at: time) }
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
    try KeptSeed(ofProgramFor: kata, in: project).keep(drawn.seed)
    hunt.report = try grader.grade(drawn.suite, file: project.attempt(kata), seed: drawn.seed)
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

  /// The debug drill that `record` tells of, its program on the desk as it was left, or laid again where
  /// something else took its place; nil where its bugs are not known any more.
  func debugDrill(
    going record: DrillRecord, _ practice: PracticeRecord, in project: Project, at time: Date
  ) throws -> Drill? {
    let suite = try suite(record.kata)
    let solution = try project.annotatedSolution(of: suite)
    let bugs = solution.bugs.filter { record.bugs.contains($0.id) }
    guard bugs.count == record.bugs.count else { return nil }
    let program = BuggyProgram(solution, with: bugs)
    let desk = Desk(project: project)
    if record.outcome == nil, !desk.hasProgram(suite.kata) {
      _ = try desk.lay(program: program.text, for: suite.kata, at: time)
    }
    return Drill(
      board: board(suite.kata, .auto, in: project), record: record,
      best: practice.debugging[record.kata]?.best,
      hunt: BugHunt(program, in: suite, progress: record.hunt))
  }

  /// - Returns: nil where no bugs are planted.
  private func hunt(
    in suite: any Suite.Type, bugs count: Int?, seed: UInt64, in project: Project
  ) throws -> DrawnHunt? {
    let solution = try project.annotatedSolution(of: suite)
    let bugs = BugDraw.bugs(of: solution, in: suite, count: count, seed: seed)
    guard !bugs.isEmpty else { return nil }
    var hunt = BugHunt(BuggyProgram(solution, with: bugs), in: suite)
    hunt.asked = count
    return DrawnHunt(suite: suite, hunt: hunt, seed: seed)
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
        let urgency = own.urgency(on: today, surroundings.clock)
        // What was weak a moment ago would come again and again.
        let isOfToday =
          own.drills.last.map { surroundings.clock.day(of: $0.time) == today } ?? false
        return urgency == .weak && isOfToday ? .known : urgency
      }
      return practice[suite.kata.name].passes > 0 ? .undrilled : .new
    }
    let suites = catalogue.suites.shuffled(using: &generator)
    let order = Dictionary(grouping: suites, by: urgency)
      .sorted { $0.key.rawValue < $1.key.rawValue }.flatMap(\.value)
    // Where as many as were drawn take too long, there is time for fewer.
    let counts: [Int?] = bugs.map { [$0] } ?? [nil] + (1..<BugDraw.most).reversed()
    for suite in order {
      for count in counts {
        guard var drawn = try hunt(in: suite, bugs: count, seed: seed, in: project) else { break }
        drawn.hunt.asked = bugs
        if drawn.hunt.minutes <= minutes { return drawn }
      }
    }
    return nil
  }
}
