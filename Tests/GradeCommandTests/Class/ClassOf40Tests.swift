import Foundation
import TestSupport
import Testing
import Workshop

@testable import GradeCommand

@Suite("Forty students are a table, results and a page in one command each")
struct ClassOf40Tests {
  private let checkout: Checkout
  private let class40: ClassOf40

  init() throws {
    checkout = try Checkout()
    class40 = ClassOf40(in: checkout)
    try class40.handIn()
  }

  private func run(_ options: String...) throws -> (output: String, notes: String, code: ExitCode) {
    try checkout.run(
      ["class", "submissions", "--jobs", "2", "--points", "neuron=5,relu-derivative=20,one-hot=10"]
        + options)
  }

  @Test("right, wrong and hostile: each reads what it has to, and none of them stops the others")
  func everybody() throws {
    let run = try run("--format", "json")
    let result = try JSONDecoder.ofAnyNumber().decode(
      ClassResult.self, from: Data(run.output.utf8))
    let submissions = try class40.submissions
    #expect(result.students.count == 40)
    #expect(result.rows.count == 40 * 3)
    for submission in submissions {
      let rows = result.rows.filter {
        $0.student == submission.student && $0.kata == submission.kata
      }
      #expect(rows.map(\.verdict) == [submission.verdict], "\(submission.student): \(rows)")
      #expect(
        rows.allSatisfy { $0.sentence.contains(submission.words) }, "\(submission.words): \(rows)")
    }
    let handedIn = result.rows.filter { $0.file != nil }
    #expect(handedIn.count == submissions.count { !$0.words.hasPrefix("Nothing was") })
    #expect(result.rows.allSatisfy { ($0.verdict == .passed) == ($0.points == $0.maxPoints) })
    #expect(result.mistakes.first?.id == "value-for-slope-not-in-backward")
    #expect(result.mistakes.first?.students == 2)
    #expect(result.rows.first { $0.student == "ned" && $0.file != nil }?.line == 6)
    #expect(run.code == (result.isComplete ? .passed : .harnessFailed))
    for line in class40.leftOut { #expect(run.notes.contains("grade: left out: \(line)\n")) }

    // Nobody sees where the submissions of others lie, and nothing goes on.
    #expect(!result.rows.contains { $0.sentence.contains(checkout.root.path) })
    #expect(try processes(mentioning: "class-worker").isEmpty)
    #expect(try eventually { try processes(mentioning: "sleep\u{0}86418").isEmpty })

    // Nothing is graded twice.
    try table(of: result)
    try documents(of: result)
    try page(of: result)
  }

  private func table(of result: ClassResult) throws {
    let run = try run("--format", "csv")
    let passes = result.rows.count { $0.verdict == .passed }
    #expect(passes == 14)
    let lines = run.output.split(separator: "\r\n")
    #expect(lines.count == 1 + result.rows.count)
    #expect(lines.dropFirst().count { $0.contains(",passed,") } == passes)
    #expect(lines.contains { $0.hasPrefix("'=SUM(A1),relu-derivative,failed,") })
    let suites = try XMLReading.elements(of: try self.run("--format", "junit").output)
      .filter { $0.name == "testsuite" }
    #expect(suites.count == result.rows.count)
    let isGreen = suites.map { $0.attributes["failures"] == "0" && $0.attributes["errors"] == "0" }
    #expect(isGreen == result.rows.map { $0.verdict == .passed })
  }

  private func documents(of result: ClassResult) throws {
    _ = try run("--format", "gradescope", "--output", "results")
    let folder = checkout.root.appending(path: "results")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 40)
    for student in result.students {
      let file = folder.appending(path: "\(GradeCommand.folderName(student))/results.json")
      let written = try JSONDecoder().decode(GradescopeResults.self, from: Data(contentsOf: file))
      #expect(written.score == result.points(of: student))
      #expect(written.tests.map(\.maxScore) == [5, 20, 10])
    }
  }

  private func page(of result: ClassResult) throws {
    let page = try run("--format", "html").output
    #expect(page.ranges(of: "<details>").count == 40)
    #expect(page.contains("&lt;b&gt;udo") && !page.contains("<b>udo"))
    #expect(page.contains("&lt;/table&gt;&lt;script&gt;") && !page.contains("</table><script>"))
  }
}
