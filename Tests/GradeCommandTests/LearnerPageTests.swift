import Foundation
import Grading
import OptimizerAnswers
import TestSupport
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("A page says where you stand")
struct LearnerPageTests {
  @Test("text is text, whatever it holds, in elements and in attributes")
  func escapes() {
    let text = "<script>&\"'\u{1B}[31m"
    let shown = "&lt;script&gt;&amp;&quot;&#39;\u{FFFD}[31m"
    let markup = Markup("p", ["title": text, "class": nil]) { text }
    #expect(markup.source == "<p title=\"\(shown)\">\(shown)</p>")
  }

  @Test("what failed last is on it with its numbers and its picture, until it passes")
  func failures() throws {
    let checkout = try Checkout()
    let kata = GradientDescentSuite.kata
    let solution = try checkout.solution(kata)
    let wrong = solution.replacing("- learningRate", with: "+ learningRate")
    #expect(wrong != solution)
    // A stub has not failed.
    #expect(try checkout.run(kata.name).code == .notPassed)
    #expect(try checkout.page().contains("No attempt stands failed."))
    try checkout.write(wrong, for: kata)
    #expect(try checkout.run(kata.name).code == .notPassed)
    let page = try checkout.page()
    for words in [
      "<h3>\(kata.title)</h3>", "<caption>expected</caption>", "<caption>difference</caption>",
      "class=\"l6\"", "<svg viewBox=", "role=\"img\"", "0 of 41 katas passed",
    ] { #expect(page.contains(words), "\(words)") }
    try checkout.write(solution, for: kata)
    #expect(try checkout.run(kata.name).code == .passed)
    let after = try checkout.page()
    #expect(after.contains("No attempt stands failed."))
    #expect(after.contains("1 of 41 katas passed"))
  }

  @Test("due days, times and mistakes are those of the journal")
  func journal() throws {
    let checkout = try Checkout()
    let journal = Journal(file: checkout.project.journal)
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    for (age, seconds) in [(20.0, 1500.0), (9, 700), (5, 541)] {
      let time = now.addingTimeInterval(-age * 86_400)
      var run = Event(Event.Kind.graded, kata: "adam", at: time)
      run.verdict = .failed
      run.mistakes = ["t-off-by-one"]
      try journal.append(run)
      var end = Event(Event.Kind.drillFinished, kata: "adam", at: time)
      (end.outcome, end.seconds, end.runs, end.minutes) = (.passed, seconds, 2, 15)
      try journal.append(end)
    }
    let page = try checkout.page()
    for words in [
      "<figcaption><strong>adam</strong>\n last 9:01, best 9:01, target 15:00</figcaption>",
      "3 drills, the last 9:01, the best 9:01, target 15:00", "3 in the last 12 weeks",
      "<td class=\"today\" aria-current=\"date\">",
    ] { #expect(page.contains(words), "\(words)") }
  }

  @Test("it asks nothing of the network, has every heading in order, and names each section once")
  func selfContained() throws {
    let page = try Checkout().page()
    for part in ["http:", "https:", "src=", "url(", "@import", "<script", "<link"] {
      #expect(!page.contains(part), "\(part)")
    }
    let links = page.matches(of: #/href="#([a-z]+)"/#).map { String($0.1) }
    #expect(links.count == 5)
    for link in links { #expect(page.components(separatedBy: "id=\"\(link)\"").count == 2) }
    #expect(page.matches(of: #/<h1/#).count == 1)
  }

  @Test("a browser that does not open is told, with where the page is")
  func opens() throws {
    let checkout = try Checkout()
    var shown: [URL] = []
    let run = try checkout.run("report", "--open") { $0.browse = { shown.append($0) } }
    #expect(run.output == ".katas/report.html\n")
    #expect(shown.map(\.lastPathComponent) == ["report.html"])
    let failed = try checkout.run("report", "--open") {
      $0.browse = { file throws(HarnessError) in
        throw .noBrowser(opener: "xdg-open", path: file.path)
      }
    }
    #expect(failed.code == .harnessFailed)
    #expect(failed.notes.hasPrefix("grade: xdg-open opened no browser; the page is at /"))
    #expect(try checkout.run("report", "now").code == .wrongUsage)
  }

  @Test("the page of a class has its mistakes, its table and what every student reads")
  func classPage() {
    let names = [NamedMistake(id: "sum", sentence: "You summed <all>.", alternative: nil)]
    let result = ClassResult(
      seed: 7, katas: [.init(kata: "adam", points: 10)],
      rows: [
        .init(
          student: "Ada & Bo", kata: "adam", file: "ada/Adam.swift", verdict: .failed, points: 2.5,
          maxPoints: 10, mistakes: names, sentence: "You summed <all>.", line: 3),
        .init(
          student: "Cy", kata: "adam", file: "cy/Adam.swift", verdict: .passed, points: 10,
          maxPoints: 10, sentence: "Passed, 9 checks."),
        .init(
          student: "Dee", kata: "adam", file: "dee/Adam.swift", verdict: .notGraded, points: 0,
          maxPoints: 10, sentence: "It could not be graded: no."),
        .init(
          student: "Eli", kata: "adam", file: nil, verdict: .notAttempted, points: 0,
          maxPoints: 10, sentence: "Nothing was handed in as Adam.swift."),
      ])
    let page = ClassHTML(result: result, time: "2027-01-15 08:00").text
    for words in [
      "4 students · 1 kata · 1 of 3 attempts passed", "<td>You summed &lt;all&gt;.</td>",
      "<th scope=\"row\">Ada &amp; Bo</th>", "2.5 of 10", "1 of 4", "ada/Adam.swift:3",
      "<summary>Cy: 1 of 1 passed</summary>", "✓ passed", "? could not be graded",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(!page.contains("http") && !page.contains("<all>"))
  }

  @Test("one cell a value, the darker the larger, and what is not finite darkest")
  func levels() {
    let scale = Scale(0...6)
    #expect([0, 1, 2.6, 6, 9, .nan, -.infinity].map(scale.level) == [0, 1, 3, 6, 6, 6, 6])
    let plot = Plot(width: 40, height: 30, x: 0...4, y: 0...2, margin: (0, 0))
    let paths = Cells(values: [[0, 1, 1, 0], [0, 0, 0, 1]]).paths(on: plot) { "l\($0)" }
    #expect(paths.count == 1)
    #expect(paths[0].source.components(separatedBy: "z").count == 3)
  }
}

extension Checkout {
  fileprivate func page() throws -> String {
    let run = try run("report")
    #expect(run.output == ".katas/report.html\n")
    #expect(run.notes.isEmpty)
    return try String(
      contentsOf: project.memory.appending(path: "report.html"), encoding: .utf8)
  }
}
