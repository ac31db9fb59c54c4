import AnswerKey
import Foundation
import Grading
import KataKit
import Practice
import TestSupport
import Testing

@testable import GradeCommand
@testable import Workshop

/// Whole screens as files in `Golden/`; `GOLDEN=write swift test --filter GoldenScreenTests` writes them anew.
@Suite("Whole screens, at 80 columns")
struct GoldenScreenTests {
  private let folder = Checkout.source.appending(path: "Tests/GradeCommandTests/Golden")
  private let noon = Date(timeIntervalSince1970: 1_800_000_000)

  private func expect(
    _ screen: String, is name: String, isQuoting: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    // Blank letters at the end of a line are nothing that anybody sees.
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " || $0 == "\u{2800}" }.reversed())
    }
    let screen = lines.joined(separator: "\n")
    // What the compiler says, and what is to be pasted, is as wide as it is.
    for line in lines where !isQuoting && !line.contains(#/^(import|let) /#) {
      #expect(line.count <= 80, "\(line)", sourceLocation: sourceLocation)
    }
    let file = folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
      try screen.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(screen == golden, "\(name)", sourceLocation: sourceLocation)
  }

  /// What `grade` says of the solution of `kata` with one thing in it changed.
  private func verdict(
    on name: String, _ right: String, _ wrong: String, _ options: String...
  ) throws -> String {
    let checkout = try Checkout()
    let kata = try #require(Catalogue.curriculum.suite(named: name)?.kata)
    let solution = try checkout.solution(kata)
    #expect(right.isEmpty || solution.contains(right), "\(solution)")
    try checkout.write(solution.replacing(right, with: wrong), for: kata)
    // The time that it took is another each time.
    return try checkout.run([name, "--seed", "42"] + options).output
      .replacing(#/\d+ ms\b|\d\.\d s\b/#, with: "21 ms")
  }

  @Test("--show: what was given, yours and the expected one, the difference, and what to paste")
  func show() throws {
    try expect(
      verdict(on: "backprop", " / Double(inputs.rows)", "", "--show"), is: "show")
  }

  @Test("--all: every check")
  func all() throws {
    try expect(verdict(on: "backprop", " / Double(inputs.rows)", "", "--all"), is: "all")
  }

  @Test("a large matrix that is wrong, as a map of where")
  func heatMap() throws {
    let expected = Matrix(rows: 16, columns: 24)
    var yours = expected
    for row in 0..<16 { yours[row, row] = Double(row + 1) / 16 }
    yours[column: 20] = Matrix(rows: 16, columns: 1, elements: Array(repeating: 0.3, count: 16))
    yours[15, 0] = .nan
    let maps = [false, true].map { isPlain in
      HeatMap(style: Style(isColored: false, width: 80, isPlain: isPlain)).lines(yours, expected)
    }
    try expect(maps.flatMap(\.self).joined(separator: "\n") + "\n", is: "heat-map")
    #expect(
      HeatMap(style: Style(isColored: false, width: 80)).lines(
        Matrix(rows: 10, columns: 10), Matrix(rows: 10, columns: 10)
      ).isEmpty)
  }

  @Test("XOR: the loss falls, and the boundary stands between the four points")
  func boundary() throws {
    try expect(verdict(on: "training-loop", "", ""), is: "xor")
  }

  @Test("the bowl, with your path and the one that it should be")
  func bowl() throws {
    try expect(
      verdict(on: "gradient-descent", "path[step] - learn", "path[step] + learn"), is: "bowl")
  }

  @Test("NumPy's words get the compiler's, and under them what to write here")
  func compileError() throws {
    try expect(
      verdict(on: "relu-derivative", "    z .> 0\n", "    z > 0 ? z : 0\n"),
      is: "compile-error", isQuoting: true)
  }

  @Test("several errors, watched at 24 rows: the first ones are on the screen, with what to write")
  func compileErrors() throws {
    let checkout = try Checkout()
    let kata = try #require(Catalogue.curriculum.suite(named: "sigmoid")?.kata)
    try checkout.write(
      """
      import KataKit

      struct Sigmoid: SigmoidKata {
        func value(at z: Matrix) -> Matrix {
          var out = Matrix.zeros(like: z)
          for i in range(z.rows) {
            out[i] = 1 / (1 + exp(-z[i]))
          }
          return out
        }

        func slope(at z: Matrix) -> Matrix {
          let s = value(at: z)
          return s * (1 - s) ** 2
        }
      }

      """, for: kata)
    // The seed that this draws is kept for the watch.
    try expect(checkout.run("sigmoid").output, is: "compile-errors", isQuoting: true)
    let terminal = try PseudoTerminal(["watch", "sigmoid"], in: checkout, rows: 24)
    #expect(terminal.shows("graded "))
    try expect(
      terminal.screen.replacing(#/graded [\d:]+/#, with: "graded 12:00:00"),
      is: "watch-compile-errors")
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  @Test(
    "the list: a map of the katas, within 24 lines with the shell's next two", arguments: [80, 40])
  func list(width: Int) throws {
    let checkout = try Checkout()
    try practice(in: checkout)
    let run = try checkout.run(["list"]) { $0.width = width }
    #expect(
      run.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 23 || width < 80)
    for line in run.output.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    try expect(run.output, is: "list-\(width)")
    if width == 80 {
      try expect(checkout.run("list", "optimizer").output, is: "list-optimizer")
      try expect(checkout.run([]).output, is: "overview")
      try expect(checkout.run("history").output, is: "history")
    }
  }

  /// Some weeks of it: drills in time and not, a pass without one, an attempt, an interview.
  private func practice(in checkout: Checkout) throws {
    let journal = Journal(file: checkout.project.journal)
    func remember(
      _ kind: String, _ kata: String, daysAgo: Double, _ change: (inout Event) -> Void = { _ in }
    ) throws {
      var event = Event(kind, kata: kata, at: noon - daysAgo * 86_400)
      change(&event)
      try journal.append(event)
    }
    func drill(_ kata: String, _ seconds: Double, daysAgo: Double, hints: Int = 0) throws {
      try remember(Event.Kind.graded, kata, daysAgo: daysAgo) { $0.verdict = .passed }
      try remember(Event.Kind.drillFinished, kata, daysAgo: daysAgo) {
        $0.outcome = .passed
        $0.seconds = seconds
        $0.runs = 2
        $0.hints = hints
      }
    }
    try drill("neuron", 150, daysAgo: 20)
    try drill("sigmoid", 200, daysAgo: 3)
    try drill("sigmoid", 170, daysAgo: 1)
    try drill("backprop", 1000, daysAgo: 0.5, hints: 2)
    try drill("adam", 1100, daysAgo: 0.2)
    for kata in ["relu-derivative", "softmax"] {
      try remember(Event.Kind.graded, kata, daysAgo: 2) { $0.verdict = .passed }
    }
    let layerNorm = try #require(Catalogue.curriculum.suite(named: "layer-norm")?.kata)
    try checkout.write("// soon\n", for: layerNorm)
    try remember(Event.Kind.graded, "layer-norm", daysAgo: 0.1) { $0.verdict = .doesNotCompile }
    for (kind, days) in [(Event.Kind.mockStarted, 4.0), (Event.Kind.mockFinished, 3.97)] {
      try remember(kind, "", daysAgo: days) {
        $0.mock = "m"
        $0.katas = ["sigmoid", "adam", "gelu"]
        $0.minutes = 45
        $0.seconds = 2470
        $0.outcome = .gaveUp
      }
    }
    for (aspect, rating) in zip(ScoredAspect.allCases, [3, 2, 4, 3]) {
      try remember(Event.Kind.mockRated, "", daysAgo: 3.96) {
        $0.mock = "m"
        $0.question = aspect.rawValue
        $0.rating = rating
      }
    }
  }

  @Test("recall: the question, then the answer, the points, and when it comes again")
  func recall() throws {
    let question = RecallQuestion(
      "Why does Adam correct for bias?", of: "adam",
      answer: [
        "m and v start at zero, so that their first averages are too small by a factor of 1 − β^t."
      ], points: ["both start at zero", "the divisors go to 1"])
    var recall = Recall([question], memories: [:], clock: .ahead(hours: 0))
    let style = Style(isColored: false, width: 80)
    let text = RecallText(style: style)
    var screens: [String] = []
    for key in " 3" {
      screens.append(
        text.body(of: recall) + "\n\n" + text.status(of: recall, at: noon).joined(separator: "\n"))
      _ = recall.take(key, at: noon)
    }
    screens.append(text.body(of: recall))
    try expect(screens.joined(separator: "\n\n––––\n\n") + "\n", is: "recall")
  }
}
