import AnswerKey
package import Foundation
package import GradeCommand
package import Grading
import Practice
package import Workshop

/// A copy of this package's katas in a directory of its own, for a test to do its worst in.
package final class Checkout: Sendable {
  package let root: URL
  package var project: Project { Project(root: root) }

  /// - Parameter name: the last part of the path; spaces and letters of any script are welcome.
  package init(named name: String = "checkout") throws {
    root = FileManager.default.temporaryDirectory
      .appending(path: "katas-\(UUID().uuidString)/\(name)").resolvingSymlinksInPath()
    let manager = FileManager.default
    try manager.createDirectory(at: root, withIntermediateDirectories: true)
    for part in ["Package.swift", "Sources", "solutions"] {
      try manager.createSymbolicLink(
        at: root.appending(path: part), withDestinationURL: Self.source.appending(path: part))
    }
    for (kata, stub) in Self.stubs {
      let folder = root.appending(path: "katas/\(kata.name)")
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      for page in ["README.md", "hints.md", "questions.md"] {
        try manager.createSymbolicLink(
          at: folder.appending(path: page),
          withDestinationURL: Self.source.appending(path: "katas/\(kata.name)/\(page)"))
      }
      try stub.get().write(to: project.attempt(kata), atomically: false, encoding: .utf8)
    }
  }

  /// Cut once: a run of the tests makes hundreds of checkouts.
  private static let stubs: [(Kata, Result<String, any Error>)] = Catalogue.curriculum.katas.map {
    kata in
    (kata, Result { try Stub.text(of: kata, in: Project(root: source)) })
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: root.deletingLastPathComponent())
    } catch {
      print("left behind: \(root.path): \(error)")
    }
  }

  /// The checkout that these tests were built from.
  package static let source = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The `grade` binary that was built with these tests.
  package static let executable: URL = {
    #if os(macOS)
      let bundles = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      let beside = bundles?.bundleURL ?? Bundle.main.bundleURL
    #else
      let beside = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    #endif
    return beside.deletingLastPathComponent().appending(path: "grade")
  }()

  /// The `room` beside it.
  package static var room: URL {
    executable.deletingLastPathComponent().appending(path: "room")
  }

  /// Writes an attempt at `kata`.
  package func write(_ attempt: String, for kata: Kata) throws {
    try attempt.write(to: project.attempt(kata), atomically: true, encoding: .utf8)
  }

  /// The solution of `kata`, markers and all.
  package func solution(_ kata: Kata) throws -> String {
    try project.solution(kata).pageText()
  }

  /// What a run of `grade` says, in this process but for the room.
  package func run(
    _ arguments: String..., path: String? = ProcessInfo.processInfo.environment["PATH"],
    change: (inout Surroundings) -> Void = { _ in }
  ) throws -> (output: String, notes: String, code: ExitCode) {
    try run(arguments, path: path, change: change)
  }

  /// What a run of `grade` says, in this process but for the room.
  package func run(
    _ arguments: [String], path: String? = ProcessInfo.processInfo.environment["PATH"],
    change: (inout Surroundings) -> Void = { _ in }
  ) throws -> (output: String, notes: String, code: ExitCode) {
    var (output, notes) = ("", "")
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = path
    var surroundings = Surroundings(
      directory: root.path, executable: Self.executable, environment: environment,
      isTerminal: false, width: 80, now: { Date(timeIntervalSince1970: 1_800_000_000) },
      newSeed: { 42 }, write: { output += $0 }, note: { notes += $0 })
    surroundings.clock = .ahead(hours: 0)
    surroundings.become = { _ in ENOEXEC }
    surroundings.browse = { _ in }
    change(&surroundings)
    let code = try GradeCommand(surroundings, catalogue: .curriculum).run(arguments)
    return (output, notes, code)
  }
}
