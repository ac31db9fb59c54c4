import AnswerKey
import Foundation
import LossAnswers
import TestSupport
import Testing

@testable import Grading
@testable import Workshop

@Suite("Bugs stand in a solution as comments above the lines they replace")
struct PlantedBugTests {
  static let source = """
    struct A {
      func f() -> Int {
        // solution:begin
        // bug sign: let x = -1
        // bug twice: let x = 2
        // Explains what is right.
        // bug nothing:
        // bug nothing:
        let x = 1

        let y = 2
        // solution:end
      }
    }

    """

  func parsed(_ text: String) throws -> AnnotatedSolution {
    try AnnotatedSolution(text, file: "A.swift")
  }

  @Test("a bug replaces as many lines as it has, and several in a row are alternatives")
  func parsing() throws {
    let solution = try parsed(
      """
      // solution:begin
      // bug one: first
      // bug one:   second
      // bug other: third
      // bug none:
      a
      b
      // solution:end
      """)
    #expect(solution.lines == ["// solution:begin", "a", "b", "// solution:end"])
    #expect(
      solution.bugs == [
        PlantedBug(id: "one", lines: 1..<3, replacement: ["first", "  second"], comment: 2),
        PlantedBug(id: "other", lines: 1..<2, replacement: ["third"], comment: 4),
        PlantedBug(id: "none", lines: 1..<2, replacement: [], comment: 5),
      ])
  }

  @Test(
    "a comment that plants nothing is an error, at its line",
    arguments: [
      ("// solution:begin\n// bug one\na\n// solution:end", 2, BugCommentError.unclosed),
      ("// solution:begin\n// bug\na\n// solution:end", 2, .unclosed),
      ("// solution:begin\n// bug One: b\na\n// solution:end", 2, .unclosed),
      ("// solution:begin\n//bug one: b\na\n// solution:end", 2, .unclosed),
      ("// solution:begin\n// Bug one: b\na\n// solution:end", 2, .unclosed),
      ("// solution:begin\n// bug: b\na\n// solution:end", 2, .unclosed),
      ("// solution:begin\na  // bug one: b\n// solution:end", 2, .unclosed),
      ("// bug one: b\n// solution:begin\na\n// solution:end", 1, .outsideRegion),
      ("// solution:begin\na\n// bug one: b\n// solution:end", 3, .nothingToReplace),
      ("// solution:begin\n// bug one: b\n// bug one: c\na\n// solution:end", 2, .nothingToReplace),
      ("// solution:begin\n// bug one: b\na\n// bug one: c\nb\n// solution:end", 4, .twice("one")),
    ])
  func malformed(text: String, line: Int, error: BugCommentError) {
    #expect(throws: HarnessError.badBug(file: "A.swift", line: line, error)) { try parsed(text) }
  }

  @Test("the stub and the solution that is shown know nothing of them")
  func unseen() throws {
    let bare = Self.source.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("// bug") }.joined(separator: "\n")
    #expect(Stub.withoutMarkers(Self.source) == Stub.withoutMarkers(bare))
    #expect(try Stub.cut(Self.source, file: "A.swift") == Stub.cut(bare, file: "A.swift"))
  }

  @Test("a program with bugs has their lines, and no comment that would give them away")
  func planting() throws {
    let source = Self.source.replacing("    // Explains what is right.\n", with: "")
      .replacing("let y", with: "// What y is.\n    let y")
    let solution = try parsed(source)
    let program = BuggyProgram(solution, with: [solution.bugs[0]])
    #expect(
      program.text == """
        struct A {
          func f() -> Int {
            let x = -1

            let y = 2
          }
        }

        """)
    #expect(
      program.places == [
        BugPlace(
          id: "sign", line: 3, function: "f", part: nil, wrong: ["let x = -1"],
          right: ["let x = 1"])
      ])
    #expect(program.touched(in: program.text).isEmpty)
    #expect(program.touched(in: program.text.replacing("-1", with: "1")) == ["sign"])
  }

  @Test("a line that is left out leaves no gap, and is mended when it is back")
  func missing() throws {
    let solution = try parsed(Self.source)
    let program = BuggyProgram(solution, with: [solution.bugs[2]])
    #expect(program.text.contains("Int {\n    let y = 2\n"))
    #expect(program.places.map(\.line) == [3])
    #expect(program.touched(in: program.text).isEmpty)
    #expect(
      program.touched(in: program.text.replacing("let y", with: "let x = 1\n    let y"))
        == ["nothing"])
  }

  @Test(
    "every bug that is planted is a mistake of its kata, and is told from what is right",
    arguments: Catalogue.curriculum.katas.map(\.name))
  func planted(name: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: name))
    let solution = try Project(root: Checkout.source).annotatedSolution(of: suite)
    for bug in solution.bugs {
      let program = BuggyProgram(solution, with: [bug])
      #expect(program.touched(in: BuggyProgram(solution, with: []).text) == [bug.id])
      #expect(program.places[0].function != nil || program.places[0].right.count > 0)
    }
  }

  @Test(
    "a set that is drawn is one of the size that is asked for, at different places",
    arguments: 1...4)
  func drawn(count: Int) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: "backprop"))
    let solution = try Project(root: Checkout.source).annotatedSolution(of: suite)
    for seed in 0..<5 as Range<UInt64> {
      let bugs = BugDraw.bugs(of: solution, in: suite, count: count, seed: seed)
      #expect(bugs.count == count)
      #expect(bugs == BugDraw.bugs(of: solution, in: suite, count: count, seed: seed))
      for (one, other) in zip(bugs, bugs.dropFirst()) { #expect(!one.lines.overlaps(other.lines)) }
    }
  }

  /// Programs in which each bug stands alone, and with each other that has a place of its own.
  private static func programs(of solution: AnnotatedSolution) -> [BuggyProgram] {
    func isApart(_ bug: PlantedBug, _ others: [PlantedBug]) -> Bool {
      others.allSatisfy { !$0.lines.overlaps(bug.lines) }
    }
    var sets = solution.bugs.map { [$0] }
    var met: Set<[String]> = []
    for (index, bug) in solution.bugs.enumerated() {
      for other in solution.bugs[(index + 1)...]
      where isApart(bug, [other]) && !met.contains([bug.id, other.id]) {
        var set = [bug, other]
        for more in solution.bugs where isApart(more, set) { set.append(more) }
        for one in set { for two in set { met.insert([one.id, two.id]) } }
        sets.append(set)
      }
    }
    return sets.map { BuggyProgram(solution, with: $0) }
  }

  @Test("programs with bugs are formatted, and compile whichever stand together, without a warning")
  func natural() throws {
    let bench = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: bench, withIntermediateDirectories: true)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: bench) } }
    try FileManager.default.copyItem(
      at: Checkout.source.appending(path: ".swift-format"),
      to: bench.appending(path: ".swift-format"))
    var files: [String] = []
    for suite in Catalogue.curriculum.suites {
      let solution = try Project(root: Checkout.source).annotatedSolution(of: suite)
      let type = suite.kata.type
      // One module has room for one type of a name.
      let programs = Self.programs(of: solution).enumerated().map { index, program in
        program.text
          .replacing("import KataKit\n\n", with: "")
          .replacing("struct \(type):", with: "struct \(type)\(index):")
      }
      let file = bench.appending(path: "\(type).swift")
      let text = "import KataKit\n\n" + programs.joined(separator: "\n")
      try text.write(to: file, atomically: true, encoding: .utf8)
      files.append(file.path)
    }
    let modules = Checkout.executable.deletingLastPathComponent().appending(path: "Modules").path
    for command in [
      ["swift", "format", "lint", "--strict", "-r", bench.path],
      ["swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors", "-I", modules] + files,
    ] {
      let finished = try ChildProcess.run(
        ["/usr/bin/env"] + command,
        limits: ChildProcess.Limits(silence: .seconds(120), kept: 1 << 20))
      let words = String(decoding: finished.standardError.prefix(4000), as: UTF8.self)
      #expect(finished.end == .exited(0), "\(words)")
    }
  }

  @Test("a comment that plants nothing ends the proof that CI runs, at its file and line")
  func proof() throws {
    let checkout = try Checkout()
    let solutions = checkout.root.appending(path: "solutions")
    try FileManager.default.removeItem(at: solutions)
    try FileManager.default.copyItem(
      at: Checkout.source.appending(path: "solutions"), to: solutions)
    let kata = OneHotSuite.kata
    let lines = try checkout.solution(kata).split(
      separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("solution:end") })
    let doctor = Checkout.executable.deletingLastPathComponent().appending(path: "doctor").path
    for comment in ["// bug unclosed", "// bug misplaced: return oneHot"] {
      try (lines[..<line] + ["    \(comment)"] + lines[line...]).joined(separator: "\n")
        .write(to: checkout.project.solution(kata), atomically: true, encoding: .utf8)
      let finished = try ChildProcess.run(
        ["/bin/sh", "-c", "cd \"$0\" && exec \"$1\" --bugs one-hot", checkout.root.path, doctor],
        limits: ChildProcess.Limits(silence: .seconds(120), kept: 1 << 20))
      let words = String(decoding: finished.standardOutput, as: UTF8.self)
      #expect(finished.end == .exited(70), "\(words)")
      #expect(words.contains("solutions/one-hot/OneHot.swift"), "\(words)")
      #expect(words.contains("line: \(line + 1)"), "\(words)")
    }
  }
}
