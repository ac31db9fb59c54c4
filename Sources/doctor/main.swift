import Curriculum
import Foundation
import Grading
import Workshop

/// Proves the installation, and that the grader keeps its promises.
///
///     swift run doctor [KATA ...]
///
/// Exit code 1 when a promise is broken, 64 for a name that is no kata, 70 when the harness fails.
if CommandLine.arguments.dropFirst().first == Worker.argument {
  Worker.run(suite: Catalogue.suite(named:))
}

let names = CommandLine.arguments.dropFirst()
let unknown = names.filter { Catalogue.suite(named: $0) == nil }
if let first = unknown.first {
  print("no kata '\(first)'; swift run grade list")
  exit(64)
}
let suites = Catalogue.suites.filter { names.isEmpty || names.contains($0.kata.name) }

do {
  let project = try Project(
    around: FileManager.default.currentDirectoryPath, executable: URL.thisExecutable.path)
  let grader = try Grader(
    project: project, executable: .thisExecutable, path: ProcessInfo.processInfo.environment["PATH"]
  )
  print("Every known mistake made alone and in pairs, every correct implementation with 100 seeds,")
  print("and every solution compiled and run as an attempt is.\n")
  print(Table.heading)
  var examined: [Examined] = []
  for suite in suites {
    let next = try Examined(suite, with: grader)
    print(Table.row(next.kata, [next]), String(format: "%6.1f s", next.seconds))
    examined.append(next)
  }
  print(Table.row("\(examined.count) katas", examined))
  let broken = examined.flatMap(\.brokenPromises)
  print(
    broken.isEmpty
      ? "\nEvery promise is kept." : "\nBroken:\n  " + broken.joined(separator: "\n  "))
  exit(broken.isEmpty ? 0 : 1)
} catch {
  print("the harness failed: \(error)")
  exit(70)
}
