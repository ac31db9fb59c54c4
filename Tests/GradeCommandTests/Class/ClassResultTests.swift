import GradeCommand
import Grading
import Practice
import Testing

@testable import Workshop

@Suite("A class comes to points, and to what it gets wrong most")
struct ClassResultTests {
  private func checks(_ passed: Int, of count: Int) -> [CheckResult] {
    (0..<count).map { CheckResult(name: "\($0)", status: $0 < passed ? .passed : .failed) }
  }

  private func report(_ verdict: Verdict, _ passed: Int, of count: Int) -> Report {
    Report(
      kata: "neuron", verdict: verdict, seed: 1, seconds: 0, checks: checks(passed, of: count),
      mistakes: [], message: nil)
  }

  @Test(
    "points are the share of checks that passed, and never all without a pass",
    arguments: [
      (.passed, 3, 3, 10, 10), (.failed, 3, 5, 10, 6), (.failed, 1, 3, 10, 3.33),
      (.crashed, 0, 5, 10, 0), (.timedOut, 2, 4, 15, 7.5), (.failed, 29_999, 30_000, 10, 9.99),
      (.doesNotCompile, 0, 0, 10, 0), (.notAttempted, 1, 2, 10, 0), (.failed, 0, 0, 10, 0),
    ] as [(Verdict, Int, Int, Double, Double)])
  func points(verdict: Verdict, passed: Int, count: Int, most: Double, earned: Double) {
    #expect(Points.earned(of: most, by: report(verdict, passed, of: count)) == earned)
  }

  @Test(
    "points are written with as few digits as say them",
    arguments: [(10, "10"), (7.5, "7.5"), (3.33, "3.33"), (0.05, "0.05"), (0, "0"), (12.1, "12.1")])
  func digits(points: Double, text: String) { #expect(Points.text(points) == text) }

  @Test(
    "a shard is one of at least one",
    arguments: [
      ("1/1", true), ("3/20", true), ("0/2", false), ("3/2", false), ("1/", false),
      ("1", false), ("1/2/3", false), ("-1/2", false), ("1/99999999999", false),
    ])
  func shard(text: String, isOne: Bool) { #expect((Shard(text) != nil) == isOne) }

  private func row(_ student: String, _ mistakes: [NamedMistake]) -> ClassResult.Row {
    ClassResult.Row(
      student: student, kata: "neuron", file: "Neuron.swift", verdict: .failed, points: 4,
      maxPoints: 10, mistakes: mistakes, sentence: "")
  }

  private let a = NamedMistake(id: "a", sentence: "A.")
  private let b = NamedMistake(id: "b", sentence: "B.")

  @Test("mistakes are counted by student, the most frequent first")
  func frequencies() {
    let result = ClassResult(
      seed: 1, katas: [.init(kata: "neuron", points: 10)],
      rows: [row("x", [b]), row("y", [a, b]), row("z", [a]), row("w", [b])])
    #expect(result.mistakes.map(\.id) == ["b", "a"])
    #expect(result.mistakes.map(\.students) == [3, 2])
    #expect(result.points(of: "x") == 4)
    #expect(result.students == ["x", "y", "z", "w"])
  }

  @Test("of two explanations that fit equally, what they share is counted")
  func alternatives() {
    let mistakes = [
      NamedMistake(id: "a", sentence: "A.", alternative: 1),
      NamedMistake(id: "b", sentence: "B.", alternative: 1),
      NamedMistake(id: "a", sentence: "A.", alternative: 2),
      NamedMistake(id: "c", sentence: "C.", alternative: 2),
    ]
    #expect(row("x", mistakes).certainMistakes.map(\.id) == ["a"])
  }

  @Test("what is said of code that does not compile is its first error, and the line is its line")
  func compilerWords() {
    let report = Report(
      kata: "neuron", verdict: .doesNotCompile, seed: 1, seconds: 0, checks: [], mistakes: [],
      message: "katas/neuron/Neuron.swift:7:12: error: cannot find 'x' in scope\n 5 | return x\n")
    let row = ClassResult.Row(student: "x", file: "Neuron.swift", report: report, maxPoints: 10)
    #expect(row.sentence == "It does not compile: cannot find 'x' in scope")
    #expect(row.line == 7)
    #expect(row.points == 0)
  }

  @Test("where it is known what to write instead, that is said, too, of the first error alone")
  func tip() {
    func sentence(_ words: String) -> String {
      let report = Report(
        kata: "neuron", verdict: .doesNotCompile, seed: 1, seconds: 0, checks: [], mistakes: [],
        message: words)
      return ClassResult.Row(student: "x", file: "", report: report, maxPoints: 10).sentence
    }
    let first = "Neuron.swift:7:12: error: consecutive statements\n7 |   x @ w\n\n"
    let second = "Neuron.swift:8:1: error: no 'np'\n\n  tip: write maximum(z, 0)\n"
    #expect(
      sentence(first + "  tip: write x.matmul(w)\n\n" + second)
        == "It does not compile: consecutive statements. Tip: write x.matmul(w)")
    #expect(sentence(first + second) == "It does not compile: consecutive statements")
  }
}
