package import Exam
package import Grading
import KataKit

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

/// A compiled attempt that answers from a room; a new one is opened whenever it brings one down.
package struct RoomExaminee<S: Suite>: Examinee {
  /// The attempt cannot be asked anything.
  package private(set) var unfit: Response.Unfit?

  private let place: RoomPlace
  private let limits: RoomLimits
  private let signals = BlockedSignals()
  private let meanwhile: Meanwhile
  private var room: OpenRoom?
  /// Questions that had no end, or a forged one; and those that trapped.
  private var (endless, crashes) = (0, 0)
  /// By the rooms that have ended.
  private var taken = Duration.zero
  private var generator = SystemRandomNumberGenerator()

  init(_ place: RoomPlace, limits: RoomLimits, meanwhile: @escaping Meanwhile) {
    self.place = place
    self.limits = limits.stretched(by: S.kata.patience)
    self.meanwhile = meanwhile
  }

  package mutating func close() {
    endRoom()
    signals.restore()
  }

  /// Opens a room, which gets ready while the questions are drawn.
  mutating func prepare() throws(HarnessError) { try openRoom() }

  // MARK: Questions

  package mutating func start(forgetting: Bool) throws(HarnessError) -> Silence? {
    if forgetting { endRoom() }
    if let silence = tooLate() { return silence }
    return try started()
  }

  package mutating func reply(
    to script: S.Script, on fixture: S.Fixture
  ) throws(HarnessError) -> Reply {
    if let silence = tooLate() { return .silence(silence) }
    if room == nil, let silence = try started() { return .silence(silence) }
    let number = generator.next() as UInt64
    let request = Request(number: number, script: script.rawValue, fixture: fixture)
    switch try response(to: request, numbered: number) {
    case .success(let response):
      if case .tooMuch(let what) = response.unfit {
        return .silence(Silence(status: .failed, message: "\(what): more than any answer"))
      }
      guard response.unfit == nil else {
        throw .otherRoom(details: "it does not know \(S.kata.name), \(script.rawValue)")
      }
      let prints = takePrints()
      // What it has started does not go on while its answer is judged.
      if room?.process.hasCompany ?? false { endRoom() }
      return .answer(response.parts, prints: prints)
    case .failure(let silence): return .silence(silence)
    }
  }

  /// Whoever is asked nothing more has no room, in which threads of an attempt could go on.
  private mutating func tooLate() -> Silence? {
    let reason: String? =
      if endless >= limits.endless {
        "after \(endless) questions without an end"
      } else if allowance <= room?.process.taken ?? .zero {
        "after \(limits.secondsInAll) seconds in all"
      } else {
        nil
      }
    if reason != nil { endRoom() }
    return reason.map { Silence(status: .skipped, message: $0) }
  }

  /// What was left of the time for all questions when the room was opened.
  private var allowance: Duration { .seconds(limits.secondsInAll) - taken }

  /// Has the room make an instance.
  private mutating func started() throws(HarnessError) -> Silence? {
    if room == nil { try openRoom() }
    try greet()
    let number = generator.next() as UInt64
    switch try response(to: Request<S.Fixture>(number: number, question: nil), numbered: number) {
    case .success(let response):
      guard let unfit = response.unfit else { return nil }
      if unfit == .unknown { throw .otherRoom(details: "it does not know \(S.kata.name)") }
      self.unfit = unfit
      return Silence(status: .failed, message: "it cannot be judged")
    case .failure(let silence): return silence
    }
  }

  /// Sends a request and waits for what is said to it; why nothing is, where nothing is.
  private mutating func response(
    to request: Request<S.Fixture>, numbered number: UInt64
  ) throws(HarnessError) -> Result<Response, Silence> {
    guard let room else { throw .roomDied(details: "no room is open") }
    let frame: [UInt8]
    do {
      frame = try Wire.frame(request)
    } catch {
      throw .roomDied(details: "\(error)")
    }
    switch try room.process.exchange(frame, heeding: signals, meanwhile: meanwhile) {
    case .end(let end): return .failure(silence(after: end))
    case .frame(let body):
      // Whatever belongs to another question is not from the room.
      if let response = Self.response(in: body), response.number == number,
        Response.excess(of: response.parts) == nil
      {
        return .success(response)
      }
      room.process.close()
      return .failure(silence(after: .garbled))
    }
  }

  /// Lets a room go that could be busy while nobody asks it anything.
  package mutating func rest() {
    if let room, !room.process.isAlone { endRoom() }
  }

  private static func response(in body: ArraySlice<UInt8>) -> Response? {
    do { return try Wire.message(Response.self, in: body) } catch { return nil }
  }

  // MARK: The room

  private mutating func openRoom() throws(HarnessError) {
    let scratch = try place.cache.makeScratchDirectory()
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = Crash.setting(
      scratch: scratch, isWanted: crashes < limits.backtraces)
    do throws(HarnessError) {
      let library = try place.library(scratch)
      let process = try RoomProcess(
        place.executable, environment: environment, limits: limits, allowance: allowance)
      room = OpenRoom(process: process, scratch: scratch, library: library)
    } catch {
      place.cache.remove(scratch)
      throw error
    }
  }

  /// Tells an open room what it is for, once.
  private mutating func greet() throws(HarnessError) {
    guard let room, !room.isGreeted else { return }
    self.room?.isGreeted = true
    let job = Job(
      kata: S.kata.name, library: room.library, scratch: room.scratch,
      processorSeconds: limits.processorSeconds)
    let greeting: Response?
    do {
      let frame = try Wire.frame(job)
      let word = try room.process.exchange(frame, heeding: signals, meanwhile: meanwhile)
      if case .frame(let body) = word {
        greeting = try Wire.message(Response.self, in: body)
      } else {
        greeting = nil
      }
    } catch let error as HarnessError {
      throw error
    } catch {
      throw .otherRoom(details: "\(error)")
    }
    guard let greeting else {
      throw .roomDied(details: room.process.takePrints().error)
    }
    room.process.attend()
    guard greeting.number == Wire.version else {
      throw .otherRoom(details: "it speaks version \(greeting.number), not \(Wire.version)")
    }
  }

  private mutating func endRoom() {
    guard let room else { return }
    room.process.close()
    let start = ContinuousClock.now
    if place.adoptsOrphans { Orphans.end() }
    place.cache.remove(room.scratch)
    // Both take longer where an attempt has left much.
    taken += room.process.taken + (ContinuousClock.now - start)
    self.room = nil
  }

  /// Why there is no answer, from how the room ended and what it left behind.
  private mutating func silence(after end: RoomProcess.End) -> Silence {
    guard let room else { return Silence(status: .crashed) }
    let prints = room.process.takePrints()
    let crash = Crash(
      standardError: prints.error, scratch: room.scratch, library: room.library,
      source: "\(S.kata.type).swift")
    endRoom()
    var silence = Silence(status: .crashed, file: place.path, line: crash.line)
    silence.prints = Prints.told(prints)
    switch end {
    case .exited(Todo.exitStatus):
      silence.status = .skipped
      silence.message = Prints.todo(prints.error) ?? "not written yet"
      silence.line = Prints.todoLine(prints.error)
    case .exited(Int32(EX_IOERR)): silence.message = "it closed the grader's pipe"
    case .exited(let status): silence.message = "it ended the process with exit status \(status)"
    case .garbled: silence.message = "it wrote to the grader's pipe"
    case .signalled(SIGPROF), .signalled(SIGQUIT), .busy:
      silence.status = .timedOut
      silence.message = "still running" + (crash.function.map { " in \($0)" } ?? "")
    case .idle where crash.message != nil:
      // It trapped, and the runtime's own backtrace hung.
      silence.message = crash.message
    case .idle:
      silence.status = .timedOut
      silence.message = "waiting for something that does not come"
    case .signalled(SIGKILL): silence.message = "it was killed"
    case .signalled(let signal): silence.message = crash.message ?? "ended by signal \(signal)"
    }
    if silence.status == .timedOut || end == .garbled { endless += 1 }
    if silence.status == .crashed { crashes += 1 }
    return silence
  }

  private func takePrints() -> String {
    room.map { Prints.told($0.process.takePrints()) } ?? ""
  }
}

/// Where rooms are opened.
struct RoomPlace {
  /// The `room` binary.
  let executable: String
  /// The compiled attempt; where it is gone, a copy in the directory of a room.
  let library: (_ scratch: String) throws(HarnessError) -> String
  /// The attempt's path as the learner knows it.
  let path: String
  let cache: AttemptCache
  /// Whether this process is nothing but a grader, and may end every child it has.
  let adoptsOrphans: Bool
}

private struct OpenRoom {
  let process: RoomProcess
  let scratch: String
  let library: String
  var isGreeted = false
}

/// What an attempt printed, without what the runtime says of a crash.
private enum Prints {
  static func told(_ prints: (output: String, error: String)) -> String {
    let errors = prints.error.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.contains("Fatal error: ") && !$0.hasPrefix("*** Signal ") && !$0.hasPrefix("todo: ")
        && !$0.hasPrefix("Current stack trace:") && !isFrame($0)
    }
    let text = prints.output + errors.joined(separator: "\n")
    return text.allSatisfy(\.isWhitespace) ? "" : text
  }

  /// "gradients(of:inputs:targets:) is not written yet", of what `todo()` wrote.
  static func todo(_ error: String) -> String? {
    let note = error.split(separator: "\n").last { $0.hasPrefix("todo: ") }
    return note.flatMap { $0.dropFirst(6).split(separator: " (").first.map(String.init) }
  }

  /// The line of the `todo()` that was reached.
  static func todoLine(_ error: String) -> Int? {
    let note = error.split(separator: "\n").last { $0.hasPrefix("todo: ") }
    return note?.dropLast().split(separator: ":").last.flatMap { Int($0) }
  }

  /// "0    libswiftCore.so     0x00007f2ba16a5b60 …", a line of the runtime's short trace.
  private static func isFrame(_ line: Substring) -> Bool {
    let words = line.split(separator: " ", maxSplits: 3)
    return words.count >= 3 && Int(words[0]) != nil && words[2].hasPrefix("0x")
  }
}
