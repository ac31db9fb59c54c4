import BackwardAnswers
import Foundation
import Grading
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

/// The real binary, and what people, editors and machines do to it in the middle of a practice.
@Suite("Nothing ends a practice but its end", .serialized)
struct HardshipTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata
  let solution: String

  init() throws {
    checkout = try Checkout()
    solution = try checkout.solution(kata)
  }

  private var journal: Journal { Journal(file: checkout.project.journal) }
  private var verdicts: [Verdict] { journal.read().events.compactMap(\.verdict) }

  /// The solution, but for a loop at its start; the file that it makes says that it is there.
  private func endless(mark: URL) -> String {
    "import Foundation\n"
      + solution.replacing(
        "// solution:begin",
        with: "close(creat(\"\(mark.path)\", 0o644)); while layers.count > 0 { usleep(1000) }")
  }

  /// Nothing that a compiler comes to an end with before its limit.
  private var hardToCompile: String {
    let (open, close) = (String(repeating: "[", count: 30), String(repeating: "]", count: 30))
    return solution + "\nlet hard = \(open)1\(close)\n"
  }

  private var compilers: [Int32] {
    get throws { try processes(mentioning: "\(checkout.project.cache.path)/scratch") }
  }

  @Test("what keeps the grader from a verdict is said, and the next save is graded")
  func harnessFailure() throws {
    let manager = FileManager.default
    let built = Checkout.executable.deletingLastPathComponent()
    let own = checkout.root.appending(path: "built")
    try manager.createDirectory(at: own, withIntermediateDirectories: false)
    for name in ["grade", "room"] {
      let (from, to) = (built.appending(path: name), own.appending(path: name))
      // A program that was just written may be busy: another test's child may hold it open.
      do { try manager.linkItem(at: from, to: to) } catch { try manager.copyItem(at: from, to: to) }
    }
    try manager.createSymbolicLink(
      at: own.appending(path: "Modules"), withDestinationURL: built.appending(path: "Modules"))
    let (room, away) = (own.appending(path: "room"), own.appending(path: "away"))
    let watch = try GradeProcess(
      ["watch", "backprop"], in: checkout, executable: own.appending(path: "grade"))
    #expect(eventually { verdicts == [.notAttempted] })
    try manager.moveItem(at: room, to: away)
    try checkout.write(solution + "\n// 1", for: kata)
    #expect(try eventually { try watch.text.contains("cannot start \(room.path)") })
    try manager.moveItem(at: away, to: room)
    try checkout.write(solution + "\n// 2", for: kata)
    #expect(eventually { verdicts == [.notAttempted, .passed] })
    watch.send(SIGTERM)
    let end = try watch.finish()
    #expect(end.isSignal && end.status == SIGTERM, "\(end.text)")
  }

  @Test("Ctrl-Z in the middle of a grading stops it at once, and fg goes on to the verdict")
  func suspendedGrading() throws {
    let mark = checkout.root.appending(path: "inside")
    try checkout.write(endless(mark: mark), for: kata)
    let terminal = try PseudoTerminal(
      ["watch", "backprop"], in: checkout,
      script: "set -m; \"$@\"; echo suspended; read -r line; fg; exit $?")
    #expect(eventually { FileManager.default.fileExists(atPath: mark.path) })
    #expect(terminal.shows("grading…"))
    terminal.press("\u{1A}")
    #expect(terminal.shows("suspended"), "\(terminal.text)")
    #expect(terminal.isInShellModes)
    #expect(verdicts == [])
    terminal.press("\n")
    #expect(terminal.shows("waiting for something that does not come"), "\(terminal.text)")
    #expect(eventually { verdicts.count == 1 })
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  /// A practice in the middle of a grading that would take for ever.
  private func inside(_ words: [String]) throws -> (terminal: PseudoTerminal, room: Int32) {
    let mark = checkout.root.appending(path: "inside")
    try checkout.write(endless(mark: mark), for: kata)
    let terminal = try PseudoTerminal(words, in: checkout)
    #expect(eventually { FileManager.default.fileExists(atPath: mark.path) })
    #expect(terminal.shows("grading…"))
    return (terminal, try #require(try rooms(of: terminal.identifier).first))
  }

  @Test("q in the middle of a grading ends both")
  func quitting() throws {
    let (terminal, room) = try inside(["watch", "backprop"])
    terminal.press("q")
    #expect(terminal.ending() == 1)
    #expect(terminal.isInShellModes)
    #expect(verdicts == [])
    #expect(kill(room, 0) != 0)
  }

  @Test("n in the middle of a grading goes on to another kata, which is graded")
  func next() throws {
    let (terminal, room) = try inside(["watch", "backprop"])
    terminal.press("n")
    #expect(eventually { !verdicts.isEmpty })
    #expect(journal.read().events.map(\.kata) == ["gradient-check"])
    #expect(kill(room, 0) != 0)
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  @Test("a hint is read in the middle of a grading, which goes on")
  func reading() throws {
    let (terminal, room) = try inside(["watch", "backprop"])
    terminal.press("h")
    #expect(terminal.shows("any key: back"))
    #expect(kill(room, 0) == 0)
    terminal.press("x")
    #expect(terminal.shows("grading…"))
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  @Test("a reset in the middle of a grading ends that, keeps the attempt and grades the stub")
  func resetting() throws {
    let (terminal, room) = try inside(["watch", "backprop"])
    terminal.press("r")
    #expect(terminal.shows("Reset to a blank stub? Your attempt is kept."))
    #expect(kill(room, 0) == 0)
    terminal.press("y")
    #expect(eventually { verdicts == [.notAttempted] })
    #expect(kill(room, 0) != 0)
    let kept = try Desk(project: checkout.project).keptAttempts(of: kata)
    #expect(kept.count == 1)
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  @Test("a drill is given up in the middle of a grading")
  func givingUp() throws {
    let drill = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(eventually { !journal.read().events.isEmpty })
    let mark = checkout.root.appending(path: "inside")
    try checkout.write(endless(mark: mark), for: kata)
    #expect(eventually { FileManager.default.fileExists(atPath: mark.path) })
    drill.press("qy")
    #expect(drill.ending() == 1)
    #expect(verdicts == [])
    #expect(journal.read().events.last?.outcome == .gaveUp)
  }

  @Test("a journal that somebody keeps locked is said, and the verdict comes all the same")
  func lockedJournal() throws {
    try checkout.write(solution, for: kata)
    try FileManager.default.createDirectory(
      at: checkout.project.memory, withIntermediateDirectories: true)
    let descriptor = open(checkout.project.journal.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    #expect(flock(descriptor, LOCK_EX) == 0)
    defer { close(descriptor) }
    let end = try GradeProcess(["backprop"], in: checkout).finish()
    #expect(end.status == 0 && end.text.contains("Passed."), "\(end.text)")
    #expect(end.text.contains("grade: not in the journal: cannot lock"))
  }

  @Test("a file that is truncated first and written later is graded when it is written")
  func truncation() throws {
    let file = checkout.project.attempt(kata)
    let watch = try GradeProcess(["watch", "backprop"], in: checkout)
    #expect(eventually { verdicts == [.notAttempted] })
    for blank in ["", " \n\n"] {
      let said = try watch.text.ranges(of: "is empty; waiting for it").count
      try blank.write(to: file, atomically: false, encoding: .utf8)
      #expect(
        try eventually {
          try watch.text.ranges(of: "is empty; waiting for it").count == said + 1
        })
    }
    try solution.write(to: file, atomically: false, encoding: .utf8)
    #expect(eventually { verdicts == [.notAttempted, .passed] })
    watch.send(SIGTERM)
    _ = try watch.finish()
  }

  @Test("the pause of an editor between truncating and writing is no change")
  func pause() throws {
    let file = checkout.project.attempt(kata)
    var watch = FileWatch(file)
    try "".write(to: file, atomically: false, encoding: .utf8)
    for _ in 0..<5 { #expect(watch.look() == nil) }
    try solution.write(to: file, atomically: false, encoding: .utf8)
    #expect(watch.look() == nil)
    #expect(watch.look() == .saved)
    try " ".write(to: file, atomically: false, encoding: .utf8)
    var change: FileWatch.Change?
    #expect(
      eventually {
        change = watch.look()
        return change != nil
      })
    #expect(change == .emptied)
  }

  @Test("a save in the middle of a long grading ends that, and is graded")
  func supersededRoom() throws {
    let mark = checkout.root.appending(path: "inside")
    try checkout.write(endless(mark: mark), for: kata)
    let watch = try GradeProcess(["watch", "backprop"], in: checkout)
    #expect(eventually { FileManager.default.fileExists(atPath: mark.path) })
    let room = try #require(try rooms(of: watch.identifier).first)
    try checkout.write(solution, for: kata)
    #expect(eventually { !verdicts.isEmpty })
    #expect(verdicts == [.passed])
    #expect(kill(room, 0) != 0)
    watch.send(SIGTERM)
    _ = try watch.finish()
  }

  @Test("a save in the middle of a long compilation ends that, and is graded")
  func supersededCompiler() throws {
    try checkout.write(hardToCompile, for: kata)
    let watch = try GradeProcess(["watch", "backprop"], in: checkout)
    #expect(try eventually { try compilers.count > 1 })
    try checkout.write(solution, for: kata)
    #expect(eventually { !verdicts.isEmpty })
    #expect(verdicts == [.passed])
    #expect(try compilers.isEmpty)
    watch.send(SIGTERM)
    _ = try watch.finish()
  }

  @Test("a compiler does not outlive a grader that is killed")
  func killedGrader() throws {
    try checkout.write(hardToCompile, for: kata)
    let grade = try GradeProcess(["backprop"], in: checkout)
    #expect(try eventually { try compilers.count > 1 })
    let start = ContinuousClock.now
    grade.send(SIGKILL)
    _ = try grade.finish()
    #expect(try eventually { try compilers.isEmpty })
    // By itself it would end when it has used ten seconds of processor time.
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("a grader that is stopped comes to a verdict when it is continued")
  func stopped() throws {
    let mark = checkout.root.appending(path: "inside")
    let goOn = checkout.root.appending(path: "go-on")
    try checkout.write(
      "import Foundation\n"
        + solution.replacing(
          "// solution:begin",
          with: """
            close(creat("\(mark.path)", 0o644))
            while access("\(goOn.path)", F_OK) != 0 { usleep(1000) }
            """), for: kata)
    let grade = try GradeProcess(["backprop"], in: checkout)
    #expect(eventually { FileManager.default.fileExists(atPath: mark.path) })
    let keeper = try #require(try rooms(of: grade.identifier).first)
    for process in [grade.identifier, keeper] { #expect(kill(process, SIGSTOP) == 0) }
    #expect(eventually { grade.isStopped })
    close(creat(goOn.path, 0o644))
    #expect(verdicts == [])
    grade.send(SIGCONT)
    let end = try grade.finish()
    #expect(end.status == 0, "\(end.text)")
    #expect(verdicts == [.passed])
  }

  private func shell(_ script: String) throws -> (end: ChildProcess.End, text: String) {
    let finished = try ChildProcess.run(
      ["/bin/sh", "-c", "cd '\(checkout.root.path)'; \(script)", Checkout.executable.path],
      limits: .init(silence: .seconds(60), kept: 1 << 16))
    return (finished.end, String(decoding: finished.standardError, as: UTF8.self))
  }

  @Test("a practice that nobody can read ends, and says so", arguments: ["> /dev/full", ">&-"])
  func lostOutput(where place: String) throws {
    for practice in ["watch backprop", "drill backprop", "mock"] {
      let (end, text) = try shell("\"$0\" \(practice) \(place)")
      #expect(end == .exited(70), "\(practice)")
      #expect(text.contains("grade: cannot write to standard output: "), "\(text)")
    }
  }

  @Test("SIGTERM ends a practice whose reader has stopped reading")
  func unreadOutput() throws {
    let fifo = checkout.root.appending(path: "fifo").path
    #expect(mkfifo(fifo, 0o600) == 0)
    let pipe = open(fifo, O_RDWR | O_NONBLOCK)
    defer { close(pipe) }
    while write(pipe, [UInt8](repeating: 0, count: 512), 512) > 0 {}
    let drill = try PseudoTerminal(
      ["drill", "backprop"], in: checkout, script: "exec \"$@\" > fifo")
    #expect(eventually { !journal.read().events.isEmpty })
    drill.send(SIGTERM)
    #expect(drill.ending() == -SIGTERM)
  }
}
