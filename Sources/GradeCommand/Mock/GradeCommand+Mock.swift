import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a mock interview is asked for.
package struct MockOptions: Equatable, Sendable {
  /// The time for all of it.
  var minutes = 45
  /// What the katas are drawn by.
  var seed: UInt64?
  /// Whether one round is a program with bugs.
  var debugs = false
  /// Whether the clock of an unfinished interview goes on.
  var resumes = false
}

extension GradeCommand {
  /// Several drills against one clock. Every stub is laid before the first, so that nothing fails between.
  func mock(_ options: MockOptions) throws -> ExitCode {
    let project = try project()
    if options.resumes {
      guard let lock = try DrillLock(in: project) else { return refuse(DrillWording.isRunning) }
      let practice = practice(in: project)
      guard let mock = try resumed(practice, in: project) else {
        return refuse(MockWording.nothingToResume)
      }
      return try run(mock, practice, by: try grader(of: project), in: project, lock)
    }
    // What cannot begin puts an end to nothing.
    let before = practice(in: project)
    let now = surroundings.now()
    let id = now.formatted(.iso8601)
    let minutes = options.minutes
    let seed = options.seed ?? surroundings.newSeed()
    let clock = surroundings.clock
    let hunted =
      options.debugs
      ? try mostUrgentHunt(bugs: nil, minutes: minutes, seed: seed, before, in: project) : nil
    if options.debugs, hunted == nil {
      surroundings.note("grade: \(MockWording.noRoom(minutes))\n")
      return .wrongUsage
    }
    let katas = Mock.choice(
      of: catalogue.katas.filter { $0 != hunted?.suite.kata },
      minutes: minutes - (hunted?.hunt.minutes ?? 0), seed: seed
    ) {
      before[$0.name].urgency(on: clock.day(of: now), clock)
    }
    if katas.isEmpty, hunted == nil,
      let shortest = catalogue.katas.min(by: { $0.minutes < $1.minutes })
    {
      surroundings.note("grade: \(MockWording.tooShort(minutes, shortest: shortest))\n")
      return .wrongUsage
    }
    if let code = try settleUnfinished(in: project) { return code }
    guard let lock = try DrillLock(in: project) else { return refuse(DrillWording.isRunning) }
    try putProgramsAway(in: project, at: now)
    let practice = practice(in: project)
    let grader = try grader(of: project)
    let round = try hunted.map { try debugDrill($0, mock: id, practice, by: grader, at: now) }
    var drills = try katas.map { kata in
      let kept = try Desk(project: project).layFreshStub(kata, at: now)
      let board = board(kata, .auto, in: project)
      abandon(kata, among: practice.drills, board, in: project, at: now)
      var record = DrillRecord(id: "\(id)-\(kata.name)", kata: kata.name, minutes: kata.minutes)
      record.mock = id
      var drill = Drill(
        board: board, record: record, best: practice[kata.name].best)
      drill.kept = kept.map(project.display)
      return drill
    }
    if let round { drills.insert(round, at: Int(seed % UInt64(drills.count + 1))) }
    guard let mock = Mock(id: id, minutes: minutes, seed: seed, drills: drills) else {
      return refuse(MockWording.nothingToAsk)
    }
    return try run(mock, practice, by: grader, in: project, lock)
  }

  /// The newest interview that is unfinished, with the drill that was on the desk first.
  private func resumed(
    _ practice: PracticeRecord, in project: Project
  ) throws -> Mock? {
    guard let record = practice.mocks.last, !record.isFinished else { return nil }
    let katas = record.katas.compactMap { catalogue.suite(named: $0)?.kata }
    let drills = try katas.map { kata in
      var own = DrillRecord(
        id: "\(record.id)-\(kata.name)", kata: kata.name, minutes: kata.minutes)
      own.mock = record.id
      let known = practice.drills.last { $0.id == own.id }
      if let bugs = record.planted[kata.name] {
        own.bugs = bugs
        if var drill = try debugDrill(
          going: known ?? own, practice, in: project, at: surroundings.now())
        {
          if known == nil, let hunt = drill.hunt { drill.record.minutes = hunt.minutes }
          return drill
        }
      }
      return Drill(
        board: board(kata, .auto, in: project), record: known ?? own,
        best: practice[kata.name].best)
    }
    let left = drills.filter { $0.record.outcome == nil }
    return Mock(
      id: record.id, minutes: record.minutes, seed: record.seed, drills: left,
      results: drills.filter { $0.record.outcome != nil }.map {
        DrillResult(
          record: $0.record, title: $0.board.kata.title, best: $0.best, hunt: $0.hunt)
      },
      known: practice.drills.contains { $0.id == left.first?.record.id } ? .firstDrill : .interview)
  }

  private func run(
    _ mock: Mock, _ practice: PracticeRecord, by grader: Grader, in project: Project,
    _ lock: borrowing DrillLock
  ) throws -> ExitCode {
    try sayingWhatIsLeft(in: project) {
      var loop = PracticeLoop(
        mock, command: self, project: project, grader: grader, practice: practice,
        options: GradingOptions())
      let code = try loop.run()
      if loop.mode.isOver { try putProgramsAway(in: project, at: surroundings.now()) }
      return code
    }
  }
}
