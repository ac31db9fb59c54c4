import Grading
import Practice
import Workshop

/// Which katas are listed, and how.
package struct ListOptions: Equatable, Sendable {
  /// Those of one track; without one, of all.
  var track: Track?
  /// Whether every kata has a line of its own.
  var isLong = false
  var format = ListFormat.text
}

extension GradeCommand {
  func list(_ options: ListOptions) throws -> ExitCode {
    let katas = catalogue.katas.filter { options.track == nil || $0.track == options.track }
    switch options.format {
    case .json:
      surroundings.write(try json(ListedKatas(katas: katas.map(ListedKata.init))))
    case .text:
      let text = ListText(katas: try states(of: katas), style: surroundings.style())
      surroundings.write(
        options.isLong || options.track != nil ? text.lines(of: Track.allCases) : text.map)
    case .markdown:
      let rows = katas.map {
        "| [\($0.name)](katas/\($0.name)/README.md) | \($0.minutes) | \($0.title) |\n"
      }
      surroundings.write("| kata | minutes | what you write |\n|---|---|---|\n" + rows.joined())
    }
    return .passed
  }

  private func states(of katas: [Kata]) throws -> [(kata: Kata, state: KataState)] {
    let project = try project()
    let (practice, clock) = (practice(in: project), surroundings.clock)
    let today = clock.day(of: surroundings.now())
    return try katas.map { kata in
      let isBegun = try Desk(project: project).isBegun(kata)
      return (kata, KataState(practice[kata.name], isBegun: isBegun, on: today, clock))
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
