import BackwardAnswers
import Foundation
import GradeCommand
import Grading
import KataKit
import Practice
import TestSupport
import Testing
import Workshop

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("The journal survives its writers", .serialized)
struct JournalDurabilityTests {
  let checkout: Checkout

  init() throws { checkout = try Checkout() }

  private var journal: Journal { Journal(file: checkout.project.journal) }

  private func lines() throws -> [Data] {
    guard FileManager.default.fileExists(atPath: checkout.project.journal.path) else { return [] }
    return try Data(contentsOf: checkout.project.journal).split(separator: 10)
  }

  @Test("killed at any moment, four at a time, it holds whole lines and all that was acknowledged")
  func killed() throws {
    var generator = SeededGenerator(seed: 11)
    let clock = ContinuousClock()
    let start = clock.now
    _ = try GradeProcess(["hint", "backprop"], in: checkout).finish()
    let whole = clock.now - start
    var (killed, acknowledged) = (0, 1)
    while killed < 200 {
      let writers = try (1...4).map {
        try GradeProcess(["hint", "backprop", "--level", "\(($0 + 1) / 2)"], in: checkout)
      }
      usleep(UInt32(whole / .microseconds(1) * .random(in: 0...1.2, using: &generator)))
      for writer in writers { writer.send(SIGKILL) }
      for writer in writers {
        let end = try writer.finish()
        if end.isSignal { killed += 1 }
        // The hint is shown when it is in the journal, and not before.
        if end.text.hasPrefix("Hint ") { acknowledged += 1 }
      }
    }
    let (events, unreadable, _) = journal.read()
    #expect(unreadable <= 1, "only the last line may be torn")
    #expect(events.count >= acknowledged)
    #expect(events.allSatisfy { $0.event == Event.Kind.hint && $0.kata == "backprop" })
    // And the next writer begins a line of its own.
    #expect(try checkout.run("hint", "backprop").code == .passed)
    #expect(journal.read().events.count == events.count + 1)
  }

  @Test("many writers at once: every event is there, each on its own line")
  func atOnce() async throws {
    let file = checkout.project.journal
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for number in 0..<250 {
            var event = Event(
              Event.Kind.graded, kata: "kata-\(writer)",
              at: Date(timeIntervalSince1970: 1_800_000_000))
            event.runs = number
            event.mistakes = [String(repeating: "é", count: number)]
            do {
              try Journal(file: file).append(event)
            } catch {
              Issue.record(error)
            }
          }
        }
      }
    }
    let (events, unreadable, _) = journal.read()
    #expect(events.count == 1000 && unreadable == 0)
    for writer in 0..<4 {
      let own = events.filter { $0.kata == "kata-\(writer)" }
      #expect(own.map(\.runs) == Array(0..<250), "in the order in which they were written")
    }
  }

  @Test("two processes at once: nothing is interleaved")
  func twoProcesses() throws {
    for _ in 0..<25 {
      let writers = try (1...3).map {
        try GradeProcess(["hint", "backprop", "--level", "\($0)"], in: checkout)
      }
      for writer in writers { #expect(try writer.finish().status == 0) }
    }
    let (events, unreadable, _) = journal.read()
    #expect(unreadable == 0)
    #expect((1...3).allSatisfy { level in events.count { $0.level == level } == 25 })
  }

  @Test("a disk that is full is said, the hint is shown all the same, and no half line is left")
  func limitedSize() throws {
    _ = try checkout.run("hint", "backprop")
    let before = try Data(contentsOf: checkout.project.journal)
    #expect(before.count < 512)
    // The shell's limit is in blocks of 512 bytes; the padding leaves room for half a line.
    let padding = Data((String(repeating: "x", count: 512 - before.count - 30) + "\n").utf8)
    try (before + padding).write(to: checkout.project.journal)
    let limited = try ChildProcess.run(
      [
        "/bin/sh", "-c",
        "cd '\(checkout.root.path)' && ulimit -f 1 && '\(Checkout.executable.path)' hint backprop",
      ], limits: .init(silence: .seconds(60), kept: 1 << 16))
    let notes = String(decoding: limited.standardError, as: UTF8.self)
    #expect(limited.end == .exited(0), "\(notes)")
    #expect(String(decoding: limited.standardOutput, as: UTF8.self).hasPrefix("Hint 2 of 3."))
    #expect(notes.contains("grade: not in the journal: cannot write"))
    #expect(notes.contains("File too large"))
    #expect(try Data(contentsOf: checkout.project.journal) == before + padding)
  }

  @Test("a device that is full is said, and grading goes on")
  func fullDevice() throws {
    try FileManager.default.createDirectory(
      at: checkout.project.memory, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: checkout.project.journal.path, withDestinationPath: "/dev/full")
    let error = #expect(throws: JournalError.self) {
      try journal.append(Event(Event.Kind.hint, kata: "backprop", at: Date()))
    }
    #expect(
      error == .system(call: "write", path: checkout.project.journal.path, code: ENOSPC))
  }

  @Test("a journal that is a pipe holds nobody up, and is said once")
  func pipe() throws {
    try FileManager.default.createDirectory(
      at: checkout.project.memory, withIntermediateDirectories: true)
    #expect(mkfifo(checkout.project.journal.path, 0o644) == 0)
    for words in [["hint", "backprop"], ["history"], ["reset", "--all"]] {
      let run = try checkout.run(words)
      #expect(run.code == .passed)
      #expect(run.notes.split(separator: "\n").count <= 2, "\(run.notes)")
      #expect(Set(run.notes.split(separator: "\n")).count == run.notes.split(separator: "\n").count)
    }
    #expect(
      try checkout.run("history").notes
        == "grade: .katas/journal.jsonl cannot be read (it is a pipe or a device); left as is\n")
  }

  @Test("a drill goes on without its journal", arguments: [false, true])
  func drill(isPipe: Bool) throws {
    let journal = checkout.project.journal
    try FileManager.default.createDirectory(
      at: isPipe ? checkout.project.memory : journal, withIntermediateDirectories: true)
    if isPipe { #expect(mkfifo(journal.path, 0o644) == 0) }
    let kata = BackpropSuite.kata
    let terminal = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(terminal.shows("the clock starts"), "\(terminal.text)")
    try checkout.write(checkout.solution(kata), for: kata)
    #expect(terminal.ending() == 0)
    #expect(terminal.text.ranges(of: "not in the journal").count == 1)
  }
}
