#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One thing that happened, as one line of the journal.
package struct Event: Codable, Equatable, Sendable {
  /// What happens; a journal may hold kinds that this version does not know.
  package enum Kind {
    package static let graded = "graded"
    package static let hint = "hint"
    package static let solution = "solution"
    package static let reset = "reset"
    package static let restored = "restored"
    /// A fresh stub was laid for a drill; its clock stands still until `clockStarted`.
    package static let drillStarted = "drill-started"
    package static let clockStarted = "clock-started"
    package static let drillFinished = "drill-finished"
    package static let mockStarted = "mock-started"
    package static let mockFinished = "mock-finished"
  }

  /// How a drill ended.
  package enum Outcome: String, Codable, Sendable {
    case passed
    case gaveUp = "gave-up"
    /// Left behind when another one was begun.
    case abandoned
  }

  package var schema = 1
  package let time: Date
  package let event: String
  package let kata: String
  package var verdict: Verdict?
  package var seed: UInt64?
  package var seconds: Double?
  package var mistakes: [String]?
  /// Which of the three hints was shown.
  package var level: Int?
  /// The drill that it belongs to, by an identifier of its own.
  package var drill: String?
  /// The mock interview that it belongs to.
  package var mock: String?
  /// The time that the drill or the mock interview allows.
  package var minutes: Int?
  /// How the drill ended; `seconds` is then its time on the clock.
  package var outcome: Outcome?
  /// Gradings until the drill ended.
  package var runs: Int?
  /// Hints shown during the drill.
  package var hints: Int?

  package init(_ event: String, kata: String, at time: Date) {
    self.event = event
    self.kata = kata
    self.time = time
  }
}

/// The append-only record of a learner's practice.
///
/// Every event is written by one `write` to a file opened with O_APPEND, under a lock, and flushed. A line
/// that can not be read is skipped and never rewritten.
package struct Journal: Sendable {
  let file: URL

  package init(file: URL) { self.file = file }

  package func append(_ event: Event) throws(HarnessError) {
    let line: [UInt8]
    do {
      let encoder = JSONEncoder()
      encoder.dateEncodingStrategy = .iso8601
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      line = [UInt8](try encoder.encode(event)) + [10]
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw .system(call: "write", path: file.path, code: errno)
    }
    let descriptor = open(file.path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system(call: "open", path: file.path, code: errno) }
    defer { close(descriptor) }
    // Closing the descriptor gives the lock back.
    guard flock(descriptor, LOCK_EX) == 0 else {
      throw .system(call: "lock", path: file.path, code: errno)
    }
    // A line that an earlier writer left torn stays a line of its own.
    let repair: [UInt8] = Self.endsInsideALine(descriptor) ? [10] : []
    guard (repair + line).write(to: descriptor), fsync(descriptor) == 0 else {
      throw .system(call: "write", path: file.path, code: errno)
    }
  }

  /// Every event that can be read, in order, and how many lines can not.
  package func read() -> (events: [Event], unreadable: Int) {
    guard let data = FileManager.default.contents(atPath: file.path) else { return ([], 0) }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    var events: [Event] = []
    var unreadable = 0
    for line in data.split(separator: 10) {
      do {
        events.append(try decoder.decode(Event.self, from: line))
      } catch {
        unreadable += 1
      }
    }
    return (events, unreadable)
  }

  private static func endsInsideALine(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return false }
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, size - 1) == 1 && last != 10
  }
}

/// Where a learner stands with one kata: a fold over the journal.
package struct Standing: Equatable, Sendable {
  package var lastVerdict: Verdict?
  package var passes = 0
  package var runs = 0
  /// Hints shown since the last fresh stub.
  package var hints = 0
  package var lastGraded: Date?

  package init(of kata: String, in events: [Event]) {
    for event in events where event.kata == kata {
      switch event.event {
      case Event.Kind.graded:
        runs += 1
        lastVerdict = event.verdict
        lastGraded = event.time
        if event.verdict == .passed { passes += 1 }
      case Event.Kind.hint: hints = max(hints, event.level ?? 0)
      case Event.Kind.reset:
        hints = 0
        lastVerdict = nil
      default: break
      }
    }
  }
}
