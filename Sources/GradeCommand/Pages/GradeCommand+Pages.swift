import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  func list(_ format: ListFormat) throws -> ExitCode {
    switch format {
    case .json:
      surroundings.write(try json(ListedKatas(katas: catalogue.katas.map(ListedKata.init))))
    case .text:
      let style = surroundings.style()
      let lines = tracks.flatMap { track, katas in
        [style.paint(track.rawValue, .strong)]
          + katas.map {
            "  \($0.name.padded(to: 24)) \("\($0.minutes) min".padded(to: 8)) \($0.title)"
          }
      }
      surroundings.write(lines.joined(separator: "\n") + "\n")
    case .markdown:
      let rows = catalogue.katas.map {
        "| [\($0.name)](katas/\($0.name)/README.md) | \($0.minutes) | \($0.title) |\n"
      }
      surroundings.write("| kata | minutes | what you write |\n|---|---|---|\n" + rows.joined())
    }
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
    surroundings.write(Stub.withoutMarkers(try project.solutionText(kata)))
    remember(Event(Event.Kind.solution, kata: kata.name, at: surroundings.now()), in: project)
    return .passed
  }

  /// The katas by track, both in the order of the catalogue.
  var tracks: [(Track, [Kata])] {
    Track.allCases.compactMap { track in
      let katas = catalogue.katas.filter { $0.track == track }
      return katas.isEmpty ? nil : (track, katas)
    }
  }
}

private struct ListedKatas: Encodable {
  let schema = 1
  let katas: [ListedKata]
}

private struct ListedKata: Encodable {
  let name: String
  let title: String
  let track: String
  let minutes: Int

  init(_ kata: Kata) {
    name = kata.name
    title = kata.title
    track = kata.track.rawValue
    minutes = kata.minutes
  }
}
