import Curriculum
import Grading
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  /// Several drills against one clock. Every stub is laid before the first, so that nothing fails between.
  func mock(minutes: Int, seed: UInt64?) throws -> ExitCode {
    let project = try project()
    guard let lock = try DrillLock(in: project) else { return refuse(DrillWording.isRunning) }
    let events = events(of: project)
    let records = DrillRecord.all(in: events)
    let grader = try grader(of: project)
    let now = surroundings.now()
    let id = now.formatted(.iso8601)
    let seed = seed ?? surroundings.newSeed()
    let (practice, clock) = (practice(events), surroundings.clock)
    let katas = Mock.choice(of: Catalogue.katas, minutes: minutes, seed: seed) {
      practice[$0.name].urgency(on: clock.day(of: now), clock)
    }
    let drills = try katas.map { kata in
      let kept = try Desk(project: project).layFreshStub(kata, at: now)
      let board = board(kata, .auto, in: project)
      try abandon(kata, among: records, board, in: Journal(file: project.journal), at: now)
      var record = DrillRecord(id: "\(id)-\(kata.name)", kata: kata.name, minutes: kata.minutes)
      record.mock = id
      var drill = Drill(
        board: board, record: record, best: DrillRecord.best(at: kata.name, in: records))
      drill.kept = kept.map(project.display)
      return drill
    }
    guard let mock = Mock(id: id, minutes: minutes, seed: seed, drills: drills) else {
      return refuse(MockWording.nothingToAsk)
    }
    return try run(mock, by: grader, in: project, lock)
  }

  private func run(
    _ mock: Mock, by grader: Grader, in project: Project, _ lock: borrowing DrillLock
  ) throws -> ExitCode {
    var loop = PracticeLoop(
      mock, command: self, project: project, grader: grader, options: GradingOptions())
    return try loop.run()
  }
}
