import BackwardAnswers
import Foundation
import GradeCommand
import Grading
import Practice
import TestSupport
import Testing
import Workshop

@Suite("History, overview and restore, from the command line")
struct PracticeCommandTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws { checkout = try Checkout() }

  private func object(_ arguments: String...) throws -> [String: Any] {
    let run = try checkout.run(arguments)
    #expect(run.code == .passed)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func remember(daysAgo: Double, seconds: Double, runs: Int) throws {
    let journal = Journal(file: checkout.project.journal)
    let time = Date(timeIntervalSince1970: 1_800_000_000 - daysAgo * 86_400)
    var run = Event(Event.Kind.graded, kata: kata.name, at: time)
    run.verdict = .failed
    run.mistakes = ["no-batch-mean"]
    try journal.append(run)
    run.verdict = .passed
    run.mistakes = []
    try journal.append(run)
    var end = Event(Event.Kind.drillFinished, kata: kata.name, at: time)
    end.outcome = .passed
    end.seconds = seconds
    end.runs = runs
    end.hints = 0
    end.minutes = 20
    end.drill = "\(daysAgo)"
    try journal.append(end)
  }

  @Test("the history of nothing says what to do")
  func nothing() throws {
    let table = try checkout.run("history")
    #expect(table.output.contains("swift run grade drill ") && table.code == .passed)
    let page = try checkout.run("history", "backprop")
    #expect(page.output.contains("swift run grade drill backprop") && page.notes == "")
    #expect(try object("history", "--format", "json")["katas"] as? [String] == [])
  }

  @Test("the JSON of a history: drills newest first, figures, mistakes with their sentences")
  func historyJSON() throws {
    try remember(daysAgo: 9, seconds: 1100, runs: 3)
    try remember(daysAgo: 1, seconds: 842.5, runs: 1)
    let page = try object("history", "backprop", "--format", "json")
    #expect(page["schema"] as? Int == 1 && page["kata"] as? String == "backprop")
    #expect(page["best"] as? Double == 842.5 && page["median"] as? Double == 971.25)
    #expect(page["runs"] as? Int == 4 && page["passes"] as? Int == 2)
    let drills = try #require(page["drills"] as? [[String: Any]])
    #expect(drills.map { $0["runs"] as? Int } == [1, 3])
    #expect(drills.first?["time"] as? String == "2027-01-14T08:00:00Z")
    #expect(drills.map { $0["rating"] as? String } == ["good", "good"])
    let mistakes = try #require(page["mistakes"] as? [[String: Any]])
    #expect(mistakes.first?["count"] as? Int == 2)
    #expect(
      mistakes.first?["sentence"] as? String
        == "You summed over the batch instead of averaging it.")
    let all = try object("history", "--format", "json")
    #expect((all["katas"] as? [[String: Any]])?.map { $0["kata"] as? String } == ["backprop"])
  }

  @Test("somebody new reads how to type less, in their own shell, until the function is in use")
  func shorter() throws {
    func last(_ variables: [String: String]) throws -> String? {
      let run = try checkout.run { $0.environment.merge(variables) { $1 } }
      return run.output.split(separator: "\n").last.map(String.init)
    }
    let zsh = "Shorter: eval \"$(swift run grade shell zsh)\""
    #expect(try last(["SHELL": "/usr/bin/zsh", "GRADE_COMMAND": ""]) == zsh)
    #expect(
      try last(["SHELL": "/usr/bin/fish", "GRADE_COMMAND": ""])
        == "Shorter: swift run grade shell fish | source")
    let next = "Next: swift run grade show neuron"
    #expect(try last(["SHELL": "/bin/tcsh", "GRADE_COMMAND": ""]) == next)
    #expect(
      try last(["SHELL": "/bin/bash", "GRADE_COMMAND": "grade"]) == "Next: grade show neuron")
    try remember(daysAgo: 9, seconds: 1100, runs: 3)
    #expect(try last(["SHELL": "/usr/bin/zsh", "GRADE_COMMAND": ""]) != zsh)
  }

  @Test("the JSON of the overview")
  func overviewJSON() throws {
    try remember(daysAgo: 9, seconds: 1100, runs: 3)
    let page = try object("--format", "json")
    #expect(page["schema"] as? Int == 1 && page["today"] as? String == "2027-01-15")
    #expect(page["due"] as? [String] == ["backprop"])
    #expect(page["streak"] as? Int == 0)
    let next = try #require(page["next"] as? [String: String])
    #expect(next == ["kata": "backprop", "command": "grade drill backprop"])
    let lines = try #require(page["katas"] as? [[String: Any]])
    let line = try #require(lines.first { $0["kata"] as? String == "backprop" })
    #expect(
      line["passes"] as? Int == 1 && line["due"] as? String == "2027-01-08" || line["due"] != nil)
    #expect(try checkout.run("--format=json").output == checkout.run("--format", "json").output)
    #expect(try checkout.run("overview", "--format", "json").code == .passed)
  }

  @Test("a streak ends when a day passes without a pass, in the learner's own time")
  func streak() throws {
    try remember(daysAgo: 1, seconds: 1100, runs: 3)
    #expect(try checkout.run([]).output.contains("Streak       1 day\n"))
    // Half an hour into the day after the next, where it is not still the day before.
    let midnight = Date(timeIntervalSince1970: 1_800_000_000 + 16.5 * 3600)
    let here = try checkout.run([]) { $0.now = { midnight } }
    #expect(!here.output.contains("Streak"))
    let west = try checkout.run([]) {
      $0.now = { midnight }
      $0.clock = .ahead(hours: -1)
    }
    #expect(west.output.contains("Streak       1 day\n"))
  }

  @Test("a journal with bad lines is read around, and said")
  func badJournal() throws {
    try remember(daysAgo: 1, seconds: 842, runs: 1)
    let journal = checkout.project.journal
    var bytes = try Data(contentsOf: journal)
    bytes = Data([0, 255, 10]) + bytes
    bytes +=
      Data(#"{"schema":2,"event":"graded","kata":"backprop","time":"2027"}"#.utf8) + Data([10])
    bytes += Data(
      #"{"schema":1,"event":"levitated","kata":"moon","time":"2027-01-01T00:00:00Z"}"#.utf8)
    bytes += Data("\n{\"schema\":1,\"ev".utf8)
    try bytes.write(to: journal)
    let run = try checkout.run("history", "backprop")
    #expect(run.output.contains("14:02"))
    #expect(
      run.notes == "grade: 3 lines of .katas/journal.jsonl cannot be read, "
        + "1 of them by a newer grade; left as is\n")
    for words in [[], ["history"]] { #expect(try checkout.run(words).code == .passed) }
    #expect(try Data(contentsOf: journal) == bytes)
  }

  @Test("a journal that cannot be read at all is said, and everything works without it")
  func noJournal() throws {
    try FileManager.default.createDirectory(
      at: checkout.project.journal, withIntermediateDirectories: true)
    for words in [[], ["history"], ["recall", "--due"]] {
      let run = try checkout.run(words)
      #expect(run.code == .passed)
      #expect(
        run.notes
          == "grade: .katas/journal.jsonl cannot be read (Is a directory); left as is\n")
    }
  }

  private func text() throws -> String {
    try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8)
  }

  private func reset(_ attempt: String, hours: Double) throws {
    try checkout.write(attempt, for: kata)
    _ = try checkout.run("reset", "backprop") {
      $0.now = { Date(timeIntervalSince1970: 1_800_000_000 + hours * 3600) }
    }
  }

  @Test("restore brings back the latest attempt, and a second one undoes it")
  func restore() throws {
    try reset("// first", hours: 0)
    try reset("// second", hours: 1)
    let run = try checkout.run("restore", "backprop")
    #expect(run.code == .passed)
    #expect(
      run.output == "katas/backprop/Backprop.swift is that of 2027-01-15T09-00-00Z again\n",
      "a stub is not worth keeping")
    #expect(try text() == "// second")
    try checkout.write("// third", for: kata)
    let later: (inout Surroundings) -> Void = {
      $0.now = { Date(timeIntervalSince1970: 1_800_000_000 + 7200) }
    }
    let undone = try checkout.run("restore", "backprop", change: later)
    #expect(
      undone.output.hasSuffix(
        "; what was\n  there is kept as .katas/attempts/backprop/2027-01-15T10-00-00Z.swift\n"))
    #expect(try text() == "// second")
    _ = try checkout.run("restore", "backprop", change: later)
    #expect(try text() == "// third")
    #expect(Journal(file: checkout.project.journal).read().events.last?.event == "restored")
  }

  @Test(
    "a time names the attempt to bring back",
    arguments: ["2027-01-15T08", "2027-01-15T08:00", "2027-01-15 08:00:00Z"])
  func restoreAt(time: String) throws {
    try reset("// first", hours: 0)
    try reset("// second", hours: 1)
    _ = try checkout.run("restore", "backprop", "--at", time)
    #expect(try text() == "// first")
  }

  @Test("of attempts within one second, the tenth is later than the second")
  func sameSecond() throws {
    for number in 1...11 { try reset("// \(number)", hours: 0) }
    _ = try checkout.run("restore", "backprop")
    #expect(try text() == "// 11")
  }

  @Test("what is kept is listed, the latest first")
  func list() throws {
    try reset("// first\n// two lines\n", hours: 0)
    try reset("// second\n", hours: 1)
    #expect(
      try checkout.run("restore", "backprop", "--list").output == """
        Kept in .katas/attempts/backprop, the latest first:

          2027-01-15T09-00-00Z     1 line
          2027-01-15T08-00-00Z     2 lines

          swift run grade restore backprop --at 2027-01-15T09-00-00Z

        """)
  }

  @Test(
    "wrong words are answered with one sentence",
    arguments: [
      (["restore"], "'restore' needs the name of a kata; 'swift run grade list' shows them"),
      (["restore", "bakprop"], "no kata 'bakprop'; did you mean 'backprop'?"),
      (["restore", "backprop"], "no attempt at 'backprop' was replaced yet, so none is kept"),
      (
        ["restore", "backprop", "--list"],
        "no attempt at 'backprop' was replaced yet, so none is kept"
      ),
      (
        ["restore", "backprop", "--lst"], "'restore' has no option '--lst'; did you mean '--list'?"
      ),
      (["histroy"], "no kata 'histroy'; did you mean 'history'?"),
      (["restor"], "no kata 'restor'; did you mean 'restore'?"),
      (["history", "bakprop"], "no kata 'bakprop'; did you mean 'backprop'?"),
      (["history", "backprop", "x"], "'history' does not know what to do with 'x'"),
      (["history", "--format", "xml"], "'xml' is no value for '--format'; it takes text, json"),
      (["--format", "junit"], "'junit' is no value for '--format'; it takes text, json"),
      (["--seed", "5"], "'grade' needs the name of a kata; 'swift run grade list' shows them"),
    ])
  func wrongUsage(words: [String], sentence: String) throws {
    let run = try checkout.run(words)
    #expect(run.notes == "grade: \(sentence)\n")
    #expect(run.code == .wrongUsage && run.output == "")
  }

  @Test("an unknown time is said, and nothing is touched")
  func unknownTime() throws {
    try reset("// first", hours: 0)
    let run = try checkout.run("restore", "backprop", "--at", "2026")
    #expect(
      run.notes == """
        grade: no attempt at 'backprop' that is kept is of '2026'; 'swift run grade restore \
        backprop --list' shows them

        """)
    #expect(run.code == .wrongUsage)
    #expect(try text() == Stub.text(of: kata, in: checkout.project))
  }

  @Test("what cannot be kept is not replaced")
  func unreadableAttempt() throws {
    try reset("// first", hours: 0)
    let attempt = checkout.project.attempt(kata)
    try FileManager.default.removeItem(at: attempt)
    try FileManager.default.createDirectory(at: attempt, withIntermediateDirectories: true)
    for command in ["restore", "reset"] {
      #expect(try checkout.run(command, "backprop").code == .harnessFailed)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: attempt.path).isEmpty)
  }
}
