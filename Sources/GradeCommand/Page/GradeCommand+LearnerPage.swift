import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  /// Writes the page of where the learner stands, and has the browser show it.
  func learnerPage(opens: Bool) throws -> ExitCode {
    let project = try project()
    let practice = practice(in: project)
    let now = surroundings.now()
    let page = LearnerPage(
      overview: try Overview(
        catalogue, isBegun: Desk(project: project).isBegun, practice: practice,
        clock: surroundings.clock, now: now),
      practice: practice, catalogue: catalogue,
      failed: catalogue.katas.compactMap { kata in
        FailedQuestion.kept(of: kata, in: project).map { (kata, $0) }
      },
      clock: surroundings.clock, now: now)
    let place = "report.html"
    try MemoryFile(place, in: project).keep(page.text.utf8)
    let file = project.memory.appending(path: place)
    surroundings.write("\(project.display(file))\n")
    if opens { try surroundings.browse(file) }
    return .passed
  }
}
