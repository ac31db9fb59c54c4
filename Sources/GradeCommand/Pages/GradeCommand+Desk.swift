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
      if try isLookedAt(kata, in: project) { return refuse(DrillWording.isRunning) }
      try leaveProgram(of: kata, in: project)
      let kept = try desk.layFreshStub(kata, at: surroundings.now())
      let copy = kept.map { "; your attempt is kept as \(project.display($0))" } ?? ""
      say("\(project.display(project.attempt(kata))) is a blank stub\(copy)")
      remember(Event(Event.Kind.reset, kata: kata.name, at: surroundings.now()), in: project)
    }
    return .passed
  }

  /// Brings back an attempt that was replaced: the latest, or the one whose name starts with `time`.
  func restore(_ kata: Kata, time: String?) throws -> ExitCode {
    let project = try project()
    let desk = Desk(project: project)
    if desk.hasProgram(kata) {
      if try isLookedAt(kata, in: project) { return refuse(DrillWording.isRunning) }
      try leaveProgram(of: kata, in: project)
      if time == nil {
        say("\(project.display(project.attempt(kata))) is yours again")
        return .passed
      }
    }
    let kept = try desk.keptAttempts(of: kata)
    guard !kept.isEmpty else { throw UsageError.nothingKept(kata: kata.name) }
    // Names have no colons; a time that was typed may.
    let prefix = time?.replacing(":", with: "-").replacing(" ", with: "T") ?? ""
    guard let chosen = kept.first(where: { $0.name.hasPrefix(prefix) }) else {
      throw UsageError.noKeptAttempt(kata: kata.name, time: time ?? "")
    }
    let replaced = try desk.restore(chosen, of: kata, at: surroundings.now())
    let copy = replaced.map { "; what was there is kept as \(project.display($0))" } ?? ""
    say("\(project.display(project.attempt(kata))) is that of \(chosen.name) again\(copy)")
    remember(Event(Event.Kind.restored, kata: kata.name, at: surroundings.now()), in: project)
    return .passed
  }

  /// Whether a debug drill goes on at the program of that kata.
  private func isLookedAt(_ kata: Kata, in project: Project) throws -> Bool {
    try Desk(project: project).hasProgram(kata) && !DrillLock.isFree(in: project)
  }

  /// Puts the learner's own attempt back where a program with bugs lies, which is the end of the drill.
  private func leaveProgram(of kata: Kata, in project: Project) throws {
    let desk = Desk(project: project)
    guard desk.hasProgram(kata) else { return }
    let now = surroundings.now()
    try desk.putProgramAway(kata, at: now)
    let drills = practice(in: project).drills.filter(\.isDebugging)
    abandon(kata, among: drills, board(kata, .auto, in: project), in: project, at: now)
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
