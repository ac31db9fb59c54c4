import AnswerKey
import BackwardAnswers
import Foundation
import GradeCommand
import Grading
import Practice
import TestSupport
import Testing
import Workshop

@Suite("The command line does what its pages say")
struct CommandTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws { checkout = try Checkout() }

  var solution: String {
    get throws { try checkout.solution(kata) }
  }

  @Test("an unknown kata: the nearest name is offered, and the exit code is 64")
  func nearMiss() throws {
    let run = try checkout.run("bakprop")
    #expect(run.notes == "grade: no kata 'bakprop'; did you mean 'backprop'?\n")
    #expect(run.code == .wrongUsage)
    #expect(run.output == "")
  }

  @Test(
    "a kata is known by its name however it is written, its folder and its file",
    arguments: [
      "BACKPROP", "Backprop", "katas/backprop/", "katas/backprop", "backprop/Backprop.swift",
      "katas/backprop/Backprop.swift", "./katas/backprop/README.md", "Backprop.swift",
      "back_prop",
    ])
  func names(word: String) throws {
    let run = try checkout.run("hint", word, "--level", "1")
    #expect(run.code == .passed, "\(run.notes)")
    #expect(Journal(file: checkout.project.journal).read().events.map(\.kata) == ["backprop"])
  }

  @Test(
    "what belongs to no kata is none",
    arguments: [
      "solutions/backprop/Backprop.swift", "/tmp/Backprop.swift", "/", "katas/", "README.md",
    ])
  func noNames(word: String) throws {
    #expect(try checkout.run("hint", word).code == .wrongUsage)
  }

  @Test(
    "an attempt from before its kata grew is told what is new",
    arguments: Catalogue.curriculum.katas.filter { !$0.additions.isEmpty })
  func grown(kata: Kata) throws {
    var attempt = try checkout.solution(kata)
    for addition in kata.additions {
      let name = addition.method.prefix { $0 != "(" }
      let opening = try Regex("\\n  (mutating )?(func )?\(name)\\(")
      let start = try #require(attempt.ranges(of: opening).last)
      let end = try #require(attempt[start.upperBound...].range(of: "\n  }\n"))
      attempt.removeSubrange(start.lowerBound..<end.upperBound)
    }
    try checkout.write(attempt, for: kata)
    let run = try checkout.run(kata.name)
    let words = run.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("The kata has grown: " + kata.additions[0].sentence), "\(run.output)")
    #expect(run.code == .notPassed)
  }

  @Test(
    "wrong words are answered with one sentence",
    arguments: [
      (["zzzzzzzz"], "no kata 'zzzzzzzz'; 'swift run grade list' shows them"),
      (["lst"], "no kata 'lst'; did you mean 'list'?"),
      (["backprop", "--sed", "1"], "'grade' has no option '--sed'; did you mean '--seed'?"),
      (["backprop", "--seed"], "'--seed' needs a value"),
      (["backprop", "--seed", "x"], "'x' is no value for '--seed'; it takes a whole number"),
      (
        ["backprop", "--format=xml"],
        "'xml' is no value for '--format'; it takes text, json, junit, line"
      ),
      (["backprop", "adam2"], "'grade' does not know what to do with 'adam2'"),
      (["show"], "'show' needs the name of a kata; 'swift run grade list' shows them"),
      (["hint", "backprop", "--level", "9"], "there is no hint 9; there are 3"),
      (["backprop", "--attempt", "/nowhere.swift"], "there is no file '/nowhere.swift'"),
      (["watch"], "'watch' needs the name of a kata; 'swift run grade list' shows them"),
      (["drill"], "'drill' needs the name of a kata; 'swift run grade list' shows them"),
      (["mock", "backprop"], "'mock' does not know what to do with 'backprop'"),
      (["wach", "backprop"], "no kata 'wach'; did you mean 'watch'?"),
      (["drill", "bakprop"], "no kata 'bakprop'; did you mean 'backprop'?"),
      (
        ["drill", "backprop", "--minutes", "0"],
        "'0' is no value for '--minutes'; it takes a whole number from 1 to 600"
      ),
      (["drill", "backprop", "--seed", "1"], "'drill' has no option '--seed'"),
      (["watch", "backprop", "--format", "json"], "'watch' has no option '--format'"),
      (
        ["restore", "backprop", "--at", ""],
        "'' is no value for '--at'; it takes the beginning of a name in --list"
      ),
      (
        [String(repeating: "x", count: 10_000)],
        "no kata '\(String(repeating: "x", count: 80))…'; 'swift run grade list' shows them"
      ),
      (
        ["list", "--\u{1B}[2J\n\(String(repeating: "é", count: 10_000))"],
        "'list' has no option '--[2J \(String(repeating: "é", count: 73))…'"
      ),
      (["BAKPROP"], "no kata 'BAKPROP'; did you mean 'backprop'?"),
      (
        ["mock", "--minutes", "1"], "no kata takes 1 minute or less; the shortest, neuron, takes 3"
      ),
      (["help", "lisst"], "no command 'lisst'; did you mean 'list'?"),
    ])
  func wrongUsage(words: [String], sentence: String) throws {
    let run = try checkout.run(words)
    #expect(run.notes == "grade: \(sentence)\n")
    #expect(run.code == .wrongUsage)
    #expect(run.output == "")
  }

  @Test("no compiler on PATH is said, and is no verdict")
  func noCompiler() throws {
    let run = try checkout.run("backprop", path: "/nowhere")
    #expect(run.notes.hasPrefix("grade: there is no swiftc on PATH"))
    #expect(run.code == .harnessFailed)
    #expect(run.output == "")
  }

  @Test("outside a checkout the sentence says where it looked")
  func outside() throws {
    let run = try checkout.run("backprop") {
      $0.directory = "/"
      $0.executable = URL(filePath: "/nowhere/grade")
    }
    #expect(run.notes.hasPrefix("grade: / is not inside a checkout"))
    #expect(run.code == .harnessFailed)
  }

  @Test("the JSON is the one that is promised")
  func json() throws {
    try checkout.write(
      solution.replacing(" / Double(inputs.rows)", with: ""), for: kata)
    let run = try checkout.run("backprop", "--format", "json", "--seed", "42")
    #expect(run.code == .notPassed)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? Int == 1)
    #expect(object["kata"] as? String == "backprop")
    #expect(object["verdict"] as? String == "failed")
    #expect(object["seed"] as? Int == 42)
    #expect(object["seconds"] is Double)
    let mistakes = try #require(object["mistakes"] as? [[String: Any]])
    #expect(mistakes.map { $0["id"] as? String } == ["no-batch-mean"])
    #expect(
      mistakes.map { $0["sentence"] as? String }
        == ["You summed over the batch instead of averaging it."])
    let checks = try #require(object["checks"] as? [[String: Any]])
    #expect(checks.count == BackpropSuite.checkNames.count)
    #expect(checks.map { $0["status"] as? String }.prefix(2) == ["passed", "failed"])
  }

  @Test("grade all: the attempts that are begun, wrapped as promised")
  func all() throws {
    #expect(try checkout.run("all").code == .notPassed)
    try checkout.write(solution, for: kata)
    let run = try checkout.run("all", "--format", "json")
    #expect(run.code == .passed)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? Int == 1)
    #expect((object["results"] as? [[String: Any]])?.map { $0["kata"] as? String } == ["backprop"])
  }

  @Test("JUnit: a case a check, with what was wrong")
  func junit() throws {
    try checkout.write(solution.replacing(" / Double(inputs.rows)", with: ""), for: kata)
    let run = try checkout.run("backprop", "--format", "junit", "--seed", "42")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count { $0.contains("<testcase ") } == BackpropSuite.checkNames.count)
    let json = try checkout.run("backprop", "--format", "json", "--seed", "42").output
    let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
    let failed = report.checks.count { $0.status == .failed }
    #expect(failed > 0)
    #expect(lines.count { $0.contains("<failure ") } == failed)
    #expect(run.output.contains("You summed over the batch instead of averaging it."))
  }

  @Test("the same seed shows the same numbers; another seed shows others")
  func seeds() throws {
    try checkout.write(solution.replacing(" / Double(inputs.rows)", with: ""), for: kata)
    let first = try checkout.run("backprop", "--seed", "5").output
    #expect(try checkout.run("backprop", "--seed", "5").output == first)
    #expect(try checkout.run("backprop", "--seed", "6").output != first)
  }

  @Test("reset keeps what it replaces, byte for byte")
  func reset() throws {
    let precious = "// my afternoon\nimport KataKit\n"
    try checkout.write(precious, for: kata)
    let run = try checkout.run("reset", "backprop")
    #expect(run.code == .passed)
    let archive = checkout.project.archive(kata)
    let kept = try FileManager.default.contentsOfDirectory(atPath: archive.path)
    #expect(kept == ["2027-01-15T08-00-00Z.swift"])
    #expect(try String(contentsOf: archive.appending(path: kept[0]), encoding: .utf8) == precious)
    #expect(
      try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8)
        == Stub.text(of: kata, in: checkout.project))
    // A second one within the same second gets a name of its own; a stub is not worth keeping.
    try checkout.write(precious, for: kata)
    _ = try checkout.run("reset", "backprop")
    _ = try checkout.run("reset", "backprop")
    #expect(try FileManager.default.contentsOfDirectory(atPath: archive.path).count == 2)
  }

  @Test("hints come one after the other, and stay at the last")
  func hints() throws {
    let outputs = try (0..<4).map { _ in try checkout.run("hint", "backprop").output }
    #expect(outputs[0].hasPrefix("Hint 1 of 3. The idea\n"))
    #expect(outputs[1].hasPrefix("Hint 2 of 3."))
    #expect(outputs[2].hasPrefix("Hint 3 of 3."))
    #expect(outputs[3] == outputs[2].replacing("3 of 3.", with: "3 of 3, the last, again."))
    _ = try checkout.run("reset", "backprop")
    #expect(try checkout.run("hint", "backprop").output == outputs[0])
  }

  @Test("the solution is shown after a pass, or to who gives up")
  func solutionAfterPass() throws {
    let refused = try checkout.run("solution", "backprop")
    #expect(refused.code == .notPassed)
    #expect(refused.output == "" && refused.notes.contains("--give-up"))
    #expect(
      try checkout.run("solution", "backprop", "--give-up").output.contains("struct Backprop"))
    try checkout.write(solution, for: kata)
    #expect(try checkout.run("backprop").code == .passed)
    let shown = try checkout.run("solution", "backprop")
    #expect(shown.code == .passed)
    #expect(!shown.output.contains("solution:begin"))
  }

  @Test("the README shows what the screen shows")
  func transcript() throws {
    let readme = try String(
      contentsOf: Checkout.source.appending(path: "README.md"), encoding: .utf8)
    #expect(
      try readme.contains(
        "$ swift run grade backprop\n" + checkout.run("backprop", "--seed", "42").output + "```"))
    try checkout.write(solution.replacing(" / Double(inputs.rows)", with: ""), for: kata)
    #expect(
      try readme.contains(
        "$ swift run grade backprop\n" + checkout.run("backprop", "--seed", "42").output + "```"))
  }

  @Test(
    "every command has a page of help",
    arguments: [
      "list", "all", "watch", "drill", "mock", "show", "hint", "solution", "reset", "restore",
      "history",
    ])
  func help(command: String) throws {
    let run = try checkout.run(command, "--help")
    #expect(run.code == .passed)
    #expect(run.output.hasPrefix("swift run grade \(command)"))
    #expect(try checkout.run("help", command).output == run.output)
  }
}
