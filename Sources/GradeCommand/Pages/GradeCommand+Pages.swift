import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  func statement(of kata: Kata) throws -> ExitCode {
    let text = try project().statement(kata).pageText()
    // Whatever reads it from a pipe may know what to do with Markdown.
    try writePage(
      surroundings.isTerminal ? PageText(style: surroundings.style()).text(of: text) : text)
    return .passed
  }

  /// The next hint, or the one asked for.
  func hint(_ kata: Kata, level: Int?) throws -> ExitCode {
    let project = try project()
    let hints = try Hints(of: kata, in: project).texts
    let shown = practice(in: project)[kata.name].hintLevel
    let isChosen = level != nil
    let level = level ?? min(shown + 1, hints.count)
    guard (1...max(1, hints.count)).contains(level), !hints.isEmpty else {
      throw UsageError.noSuchHint(level, of: hints.count)
    }
    var event = Event(Event.Kind.hint, kata: kata.name, at: surroundings.now())
    event.level = level
    // First, so that a hint that was seen is never forgotten.
    remember(event, in: project)
    let again = level == shown && level == hints.count && !isChosen ? ", the last, again" : ""
    surroundings.write("Hint \(level) of \(hints.count)\(again). \(hints[level - 1])\n")
    return .passed
  }

  func solution(_ kata: Kata, givesUp: Bool) throws -> ExitCode {
    let project = try project()
    let passes = practice(in: project)[kata.name].passes
    guard passes > 0 || givesUp else {
      surroundings.note(
        """
        grade: \(kata.name) has not been passed yet. A hint helps without giving it away:
          swift run grade hint \(kata.name)
        The solution all the same:
          swift run grade solution \(kata.name) --give-up

        """)
      return .notPassed
    }
    let text = Stub.withoutMarkers(try project.solutionText(kata))
    // First, as it may be read for long.
    remember(Event(Event.Kind.solution, kata: kata.name, at: surroundings.now()), in: project)
    try writePage(text)
    return .passed
  }
}
