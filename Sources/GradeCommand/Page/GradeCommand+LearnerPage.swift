import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
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
    let file = try write(page, in: project)
    surroundings.write("\(project.display(file))\n")
    if opens { try surroundings.browse(file) }
    return .passed
  }

  /// Where nothing can be written in the checkout, the page goes where anybody may write.
  private func write(_ page: LearnerPage, in project: Project) throws -> URL {
    let place = "report.html"
    do throws(HarnessError) {
      try MemoryFile(place, in: project).keep(page.text.utf8)
      return project.memory.appending(path: place)
    } catch {
      let file = FileManager.default.temporaryDirectory.appending(
        path: "katas-\(getuid())-\(place)")
      do {
        try Data(page.text.utf8).write(to: file, options: .atomic)
      } catch {
        throw HarnessError.cannotWrite(path: file.path, reason: HarnessError.reason(error))
      }
      surroundings.note("grade: \(Wording.sentence(for: error)); it is in another place\n")
      return file
    }
  }
}
