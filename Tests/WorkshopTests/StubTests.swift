import AnswerKey
import TestSupport
import Testing

@testable import Grading
@testable import Workshop

@Suite("A stub is its solution with the bodies cut out")
struct StubTests {
  @Test("a region becomes todo(), indented as its marker")
  func body() throws {
    let solution = """
      struct A {
        func f() -> Int {
          // solution:begin
          let x = 1
          return x
          // solution:end
        }
      }

      """
    #expect(
      try Stub.cut(solution, file: "A.swift") == """
        struct A {
          func f() -> Int {
            todo()
          }
        }

        """)
    #expect(
      Stub.withoutMarkers(solution) == """
        struct A {
          func f() -> Int {
            let x = 1
            return x
          }
        }

        """)
  }

  @Test("a region of declarations becomes the words behind its marker")
  func declarations() throws {
    let solution =
      "struct A {\n  // solution:begin Your state.\n  var t = 0\n  // solution:end\n}\n"
    #expect(try Stub.cut(solution, file: "A.swift") == "struct A {\n  // Your state.\n}\n")
    #expect(Stub.withoutMarkers(solution) == "struct A {\n  var t = 0\n}\n")
  }

  @Test(
    "markers that do not pair up are an error, at their line",
    arguments: [
      ("a\n// solution:begin\nb\n", 2), ("a\n// solution:end\n", 2),
      ("// solution:begin\n// solution:begin\n// solution:end\n", 2),
      ("// solution:begin\n// solution:begin words\n// solution:end\n", 2),
    ])
  func unpaired(text: String, line: Int) {
    #expect(throws: HarnessError.unpairedMarkers(file: "A.swift", line: line)) {
      try Stub.cut(text, file: "A.swift")
    }
  }

  @Test(
    "every solution can be cut, and something is cut",
    arguments: Catalogue.curriculum.katas.map(\.name))
  func solutions(name: String) throws {
    let kata = try #require(Catalogue.curriculum.suite(named: name)?.kata)
    let project = Project(root: Checkout.source)
    let stub = try Stub.text(of: kata, in: project)
    #expect(stub.contains("todo()"))
    #expect(!stub.contains("solution:"))
    #expect(try stub.count < project.solution(kata).pageText().count)
  }

  @Test(
    "every kata has its pages, in three parts where there are hints",
    arguments: Catalogue.curriculum.katas.map(\.name))
  func pages(name: String) throws {
    let kata = try #require(Catalogue.curriculum.suite(named: name)?.kata)
    let project = Project(root: Checkout.source)
    let statement = try project.statement(kata).pageText()
    #expect(statement.hasPrefix("# \(kata.name)\n"))
    #expect(kata.name.count + kata.title.count <= 64, "with a seed it is one line of a screen")
    #expect(
      statement.contains(
        "*\(kata.minutes) minutes · \(kata.track.rawValue) · write `\(kata.type).swift`*"
      ))
    for heading in ["## The mathematics", "## Shapes", "## Pinned down", "## Provided"] {
      #expect(statement.contains(heading), "\(heading)")
    }
    let hints = try project.hints(kata).pageText()
    #expect(hints.split(separator: "\n").count { $0.hasPrefix("## ") } == 3)
    for line in (statement + hints).split(separator: "\n") where !line.hasPrefix("|") {
      #expect(line.count <= 80, "\(line)")
    }
  }
}
