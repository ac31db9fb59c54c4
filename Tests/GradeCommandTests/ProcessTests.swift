import BackwardAnswers
import Foundation
import GradeCommand
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

/// The real binary under signals and beside itself.
@Suite("The grade process leaves nothing behind")
struct ProcessTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws { checkout = try Checkout() }

  private func attempt(_ body: String) -> String {
    """
    @preconcurrency import Foundation
    import KataKit
    struct Backprop: BackpropKata {
      func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
        \(body)
      }
    }
    """
  }

  /// A grader, and the room of its that is inside the attempt and stays there.
  private func endlessRun() throws -> (grade: GradeProcess, room: Int32) {
    let mark = checkout.root.appending(path: "inside")
    try checkout.write(
      attempt("close(creat(\"\(mark.path)\", 0o644)); while true { usleep(1000) }"), for: kata)
    let grade = try GradeProcess(["backprop"], in: checkout)
    #expect(eventually { FileManager.default.fileExists(atPath: mark.path) })
    return (grade, try #require(try rooms(of: grade.identifier).first))
  }

  @Test("Ctrl-C ends the grader, its room and their directories", arguments: [SIGINT, SIGTERM])
  func interruption(signal: Int32) throws {
    let (grade, room) = try endlessRun()
    grade.send(signal)
    let end = try grade.finish()
    #expect(end.isSignal && end.status == signal)
    #expect(eventually { kill(room, 0) != 0 })
    let cache = try FileManager.default.contentsOfDirectory(atPath: checkout.project.cache.path)
    #expect(!cache.contains { $0.hasPrefix("scratch") })
  }

  @Test("a room does not outlive a grader that is killed")
  func killedGrader() throws {
    let (grade, room) = try endlessRun()
    grade.send(SIGKILL)
    _ = try grade.finish()
    #expect(eventually { kill(room, 0) != 0 })
  }

  @Test(
    "nothing outlives a grader that is killed, whatever group it is in and whoever was stopped",
    arguments: [(false, 75311), (true, 75312)])
  func killedGraderOfEscaped(stoppingKeeper isStopped: Bool, seconds: Int) throws {
    try checkout.write(
      attempt(
        """
        var pid: pid_t = 0
        let sleep = "sleep \(seconds)"
        let words = ["/bin/sh", "-c", "setsid \\(sleep) & (setsid sh -c '\\(sleep) & \\(sleep)' &)"]
        var arguments = words.map { strdup($0) } + [nil]
        posix_spawn(&pid, words[0], nil, nil, &arguments, environ)
        while true { usleep(1000) }
        """), for: kata)
    let grade = try GradeProcess(["backprop"], in: checkout)
    let word = "sleep\u{0}\(seconds)"
    #expect(try eventually { try processes(mentioning: word).count == 3 })
    if isStopped {
      let keeper = try #require(try rooms(of: grade.identifier).first)
      #expect(kill(keeper, SIGSTOP) == 0)
    }
    grade.send(SIGKILL)
    _ = try grade.finish()
    #expect(try eventually { try processes(mentioning: word).isEmpty })
    #expect(
      try eventually { try processes(mentioning: checkout.project.cache.path).isEmpty })
  }

  @Test("a grandchild that leaves the process group is ended, too")
  func escapedGrandchild() throws {
    try checkout.write(
      attempt(
        """
        var pid: pid_t = 0
        let words = ["/bin/sh", "-c", "setsid sleep 75319 & setsid sleep 75319 &"]
        var arguments = words.map { strdup($0) } + [nil]
        posix_spawn(&pid, words[0], nil, nil, &arguments, environ)
        waitpid(pid, nil, 0)
        return []
        """), for: kata)
    let end = try GradeProcess(["backprop"], in: checkout).finish()
    #expect(end.status == 1, "\(end.text)")
    #expect(try eventually { try processes(mentioning: "sleep\u{0}75319").isEmpty })
  }

  @Test("two graders at once on one kata come to the same verdict")
  func twoAtOnce() throws {
    let source = try checkout.solution(kata)
    try checkout.write(source, for: kata)
    let graders = try (0..<4).map { _ in
      try GradeProcess(["backprop", "--seed", "3"], in: checkout)
    }
    for grader in graders {
      let end = try grader.finish()
      #expect(end.status == 0, "\(end.text)")
      #expect(end.text.contains("Passed."))
    }
    let (events, unreadable, _) = Journal(file: checkout.project.journal).read()
    #expect(events.count == 4 && unreadable == 0)
  }

  @Test("what is written is the result; prints of the attempt are beside it")
  func streams() throws {
    let source = try checkout.solution(kata)
    try checkout.write(
      source.replacing("// solution:begin", with: "print(\"layers: \\(layers.count)\")"), for: kata)
    let run = try checkout.run("backprop", "--format", "json")
    #expect(run.code == .passed)
    #expect(run.notes.contains("layers: 2"))
    #expect(!run.output.contains("layers:"))
    _ = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
  }

  private func shell(_ script: String) throws -> (end: ChildProcess.End, text: String) {
    let finished = try ChildProcess.run(
      [
        "/bin/sh", "-c",
        "grade='\(Checkout.executable.path)'; cd '\(checkout.root.path)'; \(script)",
      ],
      limits: .init(silence: .seconds(60), kept: 1 << 16))
    return (finished.end, String(decoding: finished.standardError, as: UTF8.self))
  }

  @Test(
    "a result that cannot be written is no success",
    arguments: ["list", "list --format json", "show backprop", "--help", "backprop"])
  func fullOutput(words: String) throws {
    let (end, text) = try shell("\"$grade\" \(words) > /dev/full")
    #expect(end == .exited(70))
    #expect(
      text.hasSuffix(
        "grade: cannot write to standard output: No space left on device. "
          + "The result above is not all of it.\n"))
  }

  @Test("in a directory that was removed it finds the checkout that it was built in")
  func removedDirectory() throws {
    let (end, text) = try shell("mkdir gone; cd gone; rmdir ../gone; \"$grade\" list --format json")
    #expect(end == .exited(0), "\(text)")
    let (page, words) = try shell("mkdir gone; cd gone; rmdir ../gone; \"$grade\" show backprop")
    #expect(page == .exited(0), "\(words)")
  }
}
