import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Event {
  /// A verdict, as the journal keeps it.
  static func graded(
    _ report: Report, drill: String? = nil, isDebugging: Bool = false, at time: Date
  ) -> Event {
    var event = Event(isDebugging ? Kind.debugGraded : Kind.graded, kata: report.kata, at: time)
    event.verdict = report.verdict
    event.seed = report.seed
    event.seconds = report.seconds
    // What was planted was not made.
    if !isDebugging { event.mistakes = report.mistakes.map(\.id) }
    event.drill = drill
    return event
  }

  static func hint(
    _ level: Int, of kata: Kata, drill: String? = nil, isDebugging: Bool = false, at time: Date
  ) -> Event {
    var event = Event(isDebugging ? Kind.debugHint : Kind.hint, kata: kata.name, at: time)
    event.level = level
    event.drill = drill
    return event
  }
}
