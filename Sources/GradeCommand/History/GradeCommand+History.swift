import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  /// Where the learner stands, and what comes next.
  func overview(_ format: PageFormat) throws -> ExitCode {
    let project = try project()
    let practice = practice(in: project)
    let overview = try Overview(
      catalogue, isBegun: Desk(project: project).isBegun, practice: practice,
      questionsDue: try questionsDue(practice, in: project).map(\.id.kata),
      clock: surroundings.clock, now: surroundings.now())
    switch format {
    case .json: surroundings.write(try json(OverviewJSON(overview)))
    case .text:
      let isNew = overview.lines.allSatisfy { $0.passes == 0 }
      surroundings.write(
        OverviewText(
          overview: overview, style: surroundings.style(), shorter: isNew ? shellAdvice : nil
        ).text)
    }
    return .passed
  }

  /// The drills of one kata, or a line for each.
  func history(of kata: Kata?, _ format: PageFormat) throws -> ExitCode {
    let practice = practice(in: try project())
    let (clock, style) = (surroundings.clock, surroundings.style())
    let today = clock.day(of: surroundings.now())
    let rows = catalogue.katas.map { (kata: $0, practice: practice[$0.name]) }
      .filter { !$0.practice.isEmpty }
    switch (kata, format) {
    case (let kata?, .json):
      surroundings.write(try json(KataHistoryJSON(kata, practice[kata.name], catalogue)))
    case (let kata?, .text):
      surroundings.write(
        KataHistory(
          kata: kata, practice: practice[kata.name],
          debugging: practice.debugging[kata.name], catalogue: catalogue,
          clock: clock, today: today, style: style
        ).text)
    case (nil, .json):
      surroundings.write(
        try json(
          HistoryJSON(
            katas: rows.map { KataHistoryJSON($0, $1, catalogue) },
            interviews: practice.mocks.map { InterviewJSON($0, practice.drills) })))
    case (nil, .text):
      surroundings.write(
        HistoryTable(
          rows: rows.map { ($0.kata.name, $0.practice) }
            + catalogue.katas.compactMap { kata in
              practice.debugging[kata.name].map { ("debug \(kata.name)", $0) }
            }, first: catalogue.katas.first, clock: clock, today: today, style: style
        ).text)
      let interviews = InterviewTable(
        interviews: practice.mocks, drills: practice.drills, clock: clock, style: style
      ).text
      if !interviews.isEmpty { surroundings.write("\n" + interviews) }
    }
    return .passed
  }
}
