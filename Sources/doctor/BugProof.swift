import Foundation
import Grading
import Practice
import Workshop

/// What became of the bugs that are planted in one solution, each compiled and run as an attempt is.
struct BugProof: Sendable {
  private(set) var planted = 0
  /// Of these, how many were named when they stood alone.
  private(set) var named = 0
  /// Programs with two to four bugs.
  private(set) var sets = 0
  /// Of these, how many failed, and failed with other answers with any one of them mended.
  private(set) var held = 0
  private(set) var broken: [String] = []

  private static let seed: UInt64 = 1

  init(_ suite: any Suite.Type, by grader: Grader) throws {
    let solution = try grader.project.annotatedSolution(of: suite)
    planted = solution.bugs.count
    let bench = try Bench(suite, grader, solution)
    defer { bench.remove() }
    for bug in solution.bugs {
      let report = try bench.outcome(of: [bug]).report
      if report.verdict == .failed, report.mistakes.map(\.id) == [bug.id] {
        named += 1
      } else {
        let names = report.mistakes.map(\.id).joined(separator: ", ")
        broken.append(
          "bug \(bug.id): \(report.verdict.rawValue), named \(names.isEmpty ? "nothing" : names)"
            + (report.verdict == .doesNotCompile ? "\n\(report.message ?? "")" : ""))
      }
    }
    for count in 2...BugDraw.most {
      let bugs = BugDraw.bugs(
        of: solution, in: suite, count: count, seed: Self.seed &+ UInt64(count))
      guard bugs.count == count else { continue }
      sets += 1
      let whole = try bench.outcome(of: bugs)
      let silent = try bugs.filter { bug in
        let rest = try bench.outcome(of: bugs.filter { $0 != bug })
        return rest.report.verdict != .failed || rest.hasAnswers(of: whole)
      }
      if whole.report.verdict == .failed, silent.isEmpty {
        held += 1
      } else {
        broken.append(
          "bugs \(bugs.map(\.id).joined(separator: ", ")): \(whole.report.verdict.rawValue)"
            + (silent.isEmpty ? "" : ", hidden \(silent.map(\.id).joined(separator: ", "))"))
      }
    }
  }

  /// Where programs with bugs are written and graded, each once.
  private final class Bench {
    struct Outcome {
      let report: Report
      let records: [QuestionRecord]

      func hasAnswers(of other: Outcome) -> Bool {
        records.count == other.records.count
          && zip(records, other.records).allSatisfy { $0.hasAnswer(of: $1) }
      }
    }

    private let suite: any Suite.Type
    private let grader: Grader
    private let solution: AnnotatedSolution
    private let directory: URL
    private var known: [String: Outcome] = [:]

    init(_ suite: any Suite.Type, _ grader: Grader, _ solution: AnnotatedSolution) throws {
      (self.suite, self.grader, self.solution) = (suite, grader, solution)
      directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func remove() {
      do {
        try FileManager.default.removeItem(at: directory)
      } catch {
        say("left behind: \(directory.path): \(error)")
      }
    }

    func outcome(of bugs: [PlantedBug]) throws -> Outcome {
      let text = BuggyProgram(solution, with: bugs).text
      if let known = known[text] { return known }
      let file = directory.appending(path: "\(suite.kata.type).swift")
      try text.write(to: file, atomically: true, encoding: .utf8)
      var records: [QuestionRecord] = []
      let report = try grader.grade(
        suite, file: file, seed: BugProof.seed, asked: { records = $0 })
      let outcome = Outcome(report: report, records: records)
      known[text] = outcome
      return outcome
    }
  }
}
