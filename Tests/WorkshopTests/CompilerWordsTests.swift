import Foundation
import TestSupport
import Testing

@testable import Workshop

@Suite("What the compiler says is cut to what somebody reads")
struct CompilerWordsTests {
  private func error(_ line: Int, _ message: String = "no") -> String {
    """
    /b/A.swift:\(line):3: error: \(message)
    \(line - 1) | before
    \(line) |   x
      |   `- error: \(message)
    \(line + 1) | after

    """
  }

  /// What is left of it.
  private func told(_ line: Int, _ message: String = "no") -> String {
    "/b/A.swift:\(line):3: error: \(message)\n\(line) |   x\n  |   ^\n"
  }

  private func text(_ paragraphs: [String], isCut: Bool = false) -> String {
    CompilerWords(paragraphs.joined(separator: "\n"), isCut: isCut).text(about: "/b/A.swift")
  }

  @Test("five errors are told, the rest is counted")
  func count() {
    let text = text((1...1000).map { error($0, "no \($0)") })
    #expect(text.hasPrefix(told(1, "no 1")))
    #expect(text.contains("/b/A.swift:5:3: error"))
    #expect(!text.contains("/b/A.swift:6:3: error"))
    #expect(text.hasSuffix("\n\nand 995 more errors"))
    let six = (1...6).map { error($0, "no \($0)") }
    #expect(self.text(six).hasSuffix("\n\nand 1 more error"))
    #expect(self.text(six, isCut: true).hasSuffix("\n\nand at least 1 more errors"))
  }

  @Test("what is said of several lines is said once, with the others by their numbers")
  func repetitions() {
    #expect(text([error(3), error(3)]) + "\n" == told(3))
    #expect(text([error(3), error(7)]) == told(3) + "  the same in line 7")
    #expect(
      text([error(3), error(7), error(7), error(9)]) == told(3) + "  the same in lines 7 and 9")
    #expect(
      text((1...9).map { error($0) }) == told(1) + "  the same in lines 2, 3, 4 and 5 more")
    #expect(
      text([error(3), error(4, "not this"), error(5)])
        + "\n" == told(3) + "  the same in line 5\n\n" + told(4, "not this"))
  }

  @Test("of the lines around those are kept of which something is said")
  func remarks() {
    let words = """
      /b/A.swift:9:12: error: must be unwrapped
       8 |     let y: Matrix? = z
       9 |     return y
         |            |- error: must be unwrapped
         |            |- note: coalesce using '??'
         |            `- note: force-unwrap using '!'
      10 |   }

      """
    #expect(
      text([words]) == """
        /b/A.swift:9:12: error: must be unwrapped
         9 |     return y
           |            |
           |            |- note: coalesce using '??'
           |            `- note: force-unwrap using '!'

        """)
    let colored = """
      A.swift:7:23: \u{1B}[1;31merror: \u{1B}[1;39mno\u{1B}[0;0m
       \u{1B}[0;36m6 |\u{1B}[0;0m before
       \u{1B}[0;36m7 |\u{1B}[0;0m   let x = \u{1B}[4;39m1 / n\u{1B}[0;0m
         \u{1B}[0;36m|\u{1B}[0;0m     `- \u{1B}[1;31merror: \u{1B}[1;39mno\u{1B}[0;0m
      """
    #expect(
      CompilerSnippet(colored).text == """
        A.swift:7:23: \u{1B}[1;31merror: \u{1B}[1;39mno\u{1B}[0;0m
         \u{1B}[0;36m7 |\u{1B}[0;0m   let x = \u{1B}[4;39m1 / n\u{1B}[0;0m
           \u{1B}[0;36m|\u{1B}[0;0m     \u{1B}[1;31m^\u{1B}[0m
        """)
  }

  @Test("notes on the requirement stay with their error, others go")
  func notes() {
    let words = [
      error(1), "KataKit.P.f:2:6: note: protocol requires f\n1 | f\n",
      "Swift.Int:1:1: note: found this candidate\n1 | g\n",
    ].joined(separator: "\n")
    let text = CompilerWords(words, isCut: false).text(about: "/b/A.swift")
    #expect(text.contains("protocol requires f"))
    #expect(!text.contains("found this candidate"))
  }

  @Test("beside an error no warning is told, and where there is no error all are")
  func warnings() {
    let warning = "/b/A.swift:1:3: warning: never used\n1 | x\n"
    func text(_ paragraphs: String...) -> String {
      CompilerWords(paragraphs.joined(separator: "\n"), isCut: false).text(about: "/b/A.swift")
    }
    #expect(text(warning, error(2)) == told(2))
    #expect(!text(error(2), warning).contains("warning"))
    #expect(text(warning) == warning)
  }

  @Test("a line of a megabyte is not quoted whole")
  func longLine() {
    let words = "/b/A.swift:1:1: error: no\n1 | \(String(repeating: "x", count: 1 << 20))\n"
    #expect(CompilerWords(words, isCut: false).text(about: "/b/A.swift").utf8.count < 1000)
  }

  @Test("a module that cannot be read is told from an attempt that names it")
  func module() {
    let module = "/m/KataKit.swiftmodule"
    let source = Array("import KataKit\nlet a: Int = \"/m/KataKit.swiftmodule\"\n".utf8)
    func isAbout(_ words: String) -> Bool {
      CompilerWords(words, isCut: false).isAbout(module: module, source: source)
    }
    #expect(isAbout("/b/A.swift:1:8: error: malformed compiled module: \(module)\n1 | import\n"))
    #expect(isAbout("<unknown>:0: error: failed to open explicit Swift module: \(module)\n"))
    #expect(
      isAbout(
        "\u{1B}[1m/b/A.swift:1:8: \u{1B}[1;31merror: \u{1B}[1;39mmalformed: \(module)\u{1B}[0m"))
    #expect(!isAbout("/b/A.swift:2:14: error: cannot convert\n2 | let a: Int = \"\(module)\"\n"))
    #expect(!isAbout("/b/A.swift:2:1: error: mine: \(module)\n2 | #error(…)\n"))
    #expect(!isAbout("/b/A.swift:1:8: warning: about \(module)\n"))
  }
}

@Suite("A compiler that has worked or talked for long enough is ended")
struct ConfinedCommandTests {
  private func run(_ script: String) throws -> ConfinedCommand.Finished {
    let cache = try AttemptCache(
      preferred: FileManager.default.temporaryDirectory.appending(path: "katas-\(UUID())"))
    let bench = try cache.makeScratchDirectory()
    defer { cache.remove(cache.directory.path) }
    return try ConfinedCommand.run(["/bin/sh", "-c", script], bench: bench, seconds: 1)
  }

  @Test("one that does not come to an end")
  func endless() throws {
    let finished = try run("while :; do :; done")
    #expect(finished.ranOutOfTime)
  }

  @Test("one that does not stop talking: what it said first is kept")
  func talking() throws {
    let finished = try run("while :; do echo words >&2; done")
    #expect(finished.wasCut && finished.standardError.count == ConfinedCommand.bytes)
    #expect(finished.standardError.starts(with: Array("words\nwords\n".utf8)))
  }

  @Test("one that does neither is left alone, and its status is its own")
  func quiet() throws {
    let finished = try run("echo no >&2; exit 3")
    #expect(finished.end == .exited(3) && !finished.wasCut && !finished.ranOutOfTime)
    #expect(finished.standardError == Array("no\n".utf8))
    #expect(try run("kill -SEGV $$").end == .signalled(SIGSEGV))
  }
}
