import AnswerKey
import Foundation
import Grading
import Practice
import Workshop

/// Proves the installation, and that the grader keeps its promises.
///
///     swift run doctor [KATA ...]
///     swift run doctor --mistakes [KATA ...]    lists what is known: kata, identifier, sentence
///     swift run doctor --bugs [KATA ...]        proves the planted bugs alone
///     swift run doctor new KATA TYPE TRACK      lays the pages of a new kata
///
/// Exit code 1 when a promise is broken, 64 for a name that is no kata, 70 when the harness fails.

/// Writes a line at once, however long the next one takes.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "new" { NewKata.run(Array(arguments.dropFirst())) }
let names = arguments.filter { !["--mistakes", "--bugs"].contains($0) }
if let unknown = names.first(where: { Catalogue.curriculum.suite(named: $0) == nil }) {
  say("no kata '\(unknown)'; 'swift run grade list' shows them")
  exit(64)
}
let suites = Catalogue.curriculum.suites.filter { names.isEmpty || names.contains($0.kata.name) }

if arguments.contains("--mistakes") {
  for suite in suites {
    for mistake in suite.listedMistakes {
      say("\(suite.kata.name)\t\(mistake.id)\t\(mistake.sentence)")
    }
  }
  exit(0)
}

do {
  let project = try Project(
    around: FileManager.default.currentDirectoryPath, executable: URL.thisExecutable.path)
  let missing = suites.map { project.solution($0.kata) }
    .filter { !FileManager.default.fileExists(atPath: $0.path) }
  if let first = missing.first {
    say(
      "\(missing.count) of \(suites.count) solutions are missing, the first \(first.path); "
        + "without them there is nothing to prove")
    exit(70)
  }
  let grader = try Grader(
    project: project, executable: .thisExecutable,
    path: ProcessInfo.processInfo.environment["PATH"])
  if arguments.contains("--bugs") {
    var broken: [String] = []
    for suite in suites {
      let proof = try BugProof(suite, by: grader)
      say(
        "\(suite.kata.name): \(proof.planted) planted, \(proof.named) named; "
          + "\(proof.sets) sets, \(proof.held) hold")
      for sentence in proof.broken { say("  \(sentence)") }
      broken += proof.broken
    }
    exit(broken.isEmpty ? 0 : 1)
  }
  say(
    """
    Every known mistake alone and in pairs, every correct implementation with 100 seeds,
    every solution compiled and run as an attempt is, and so every bug that is planted in it,
    alone and in sets.

    \(Table.heading)
    """)
  let examined = try await withThrowingTaskGroup(of: (Int, Examined).self) { group in
    // As many at once as there are processors, so that the first are done first.
    var left = Array(suites.enumerated().reversed())
    func begin() {
      if let (index, suite) = left.popLast() {
        group.addTask { (index, try Examined(suite, by: grader)) }
      }
    }
    for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { begin() }
    var waiting: [Int: Examined] = [:]
    var done: [Examined] = []
    for try await (index, next) in group {
      begin()
      waiting[index] = next
      while var next = waiting.removeValue(forKey: done.count) {
        let file = project.solution(next.kata)
        next.solution = try grader.grade(suites[done.count], file: file, seed: 1).verdict
        next.unwritten = try Scaffold.unwritten(next.kata, in: project)
        say(Table.row(next.kata.name, [next]) + String(format: "%6.1f s", next.seconds))
        done.append(next)
      }
    }
    return done
  }
  say(Table.row("\(examined.count) kata\(examined.count == 1 ? "" : "s")", examined))
  let broken = examined.flatMap(\.brokenPromises)
  say(
    broken.isEmpty
      ? "\nEvery promise is kept." : "\nBroken:\n  " + broken.joined(separator: "\n  "))
  exit(broken.isEmpty ? 0 : 1)
} catch {
  say("the harness failed: \(error)")
  exit(70)
}
