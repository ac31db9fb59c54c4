import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  func reset(_ katas: [Kata]) throws -> ExitCode {
    let project = try project()
    let desk = Desk(project: project)
    for kata in katas {
      let kept = try desk.layFreshStub(kata, at: surroundings.now())
      let copy = kept.map { "; yours is kept as \(project.display($0))" } ?? ""
      surroundings.write("\(project.display(project.attempt(kata))) is fresh\(copy)\n")
      remember(Event(Event.Kind.reset, kata: kata.name, at: surroundings.now()), in: project)
    }
    return .passed
  }

  /// Brings back an attempt that was replaced: the latest, or the one whose name starts with `time`.
  func restore(_ kata: Kata, time: String?) throws -> ExitCode {
    let project = try project()
    let desk = Desk(project: project)
    let kept = try desk.keptAttempts(of: kata)
    guard !kept.isEmpty else { throw UsageError.nothingKept(kata: kata.name) }
    // Names have no colons; a time that was typed may.
    let prefix = time?.replacing(":", with: "-").replacing(" ", with: "T") ?? ""
    guard let chosen = kept.first(where: { $0.name.hasPrefix(prefix) }) else {
      throw UsageError.noKeptAttempt(kata: kata.name, time: time ?? "")
    }
    let replaced = try desk.restore(chosen, of: kata, at: surroundings.now())
    let copy = replaced.map { "; what was there is kept as \(project.display($0))" } ?? ""
    surroundings.write(
      "\(project.display(project.attempt(kata))) is that of \(chosen.name) again\(copy)\n")
    remember(Event(Event.Kind.restored, kata: kata.name, at: surroundings.now()), in: project)
    return .passed
  }

  func keptAttempts(of kata: Kata) throws -> ExitCode {
    let project = try project()
    let kept = try Desk(project: project).keptAttempts(of: kata)
    guard !kept.isEmpty else { throw UsageError.nothingKept(kata: kata.name) }
    let lines = kept.map { attempt in
      let data = FileManager.default.contents(atPath: attempt.file.path) ?? Data()
      return "  \(attempt.name.padded(to: 24)) \(Figures.count(data.count { $0 == 10 }, "line"))\n"
    }
    surroundings.write(
      "Kept in \(project.display(project.archive(kata))), the latest first:\n\n" + lines.joined()
        + "\n  swift run grade restore \(kata.name) --at \(kept[0].name)\n")
    return .passed
  }
}
