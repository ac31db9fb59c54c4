import Foundation
import Grading
import Testing
import Workshop

@testable import doctor

@Suite("The pages of a new kata")
struct ScaffoldTests {
  /// Where nothing but the lists stands that a new kata is put into.
  private final class Place {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws {
      for list in [
        "Sources/Exam/Exams.swift", "Sources/AnswerKey/Catalogue/Catalogue.swift",
        "Tests/Variants/CorrectAnswers.swift", ".swift-format",
      ] {
        let file = root.appending(path: list)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: ScaffoldTests.source.appending(path: list), to: file)
      }
    }

    deinit {
      do {
        try FileManager.default.removeItem(at: root)
      } catch {
        print("left behind: \(root.path): \(error)")
      }
    }

    func lay(_ name: String, _ type: String, _ track: String) throws -> [String] {
      try Scaffold(name: name, type: type, track: track).lay(in: Project(root: root))
    }

    func text(_ path: String) throws -> String {
      try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
  }

  private static let source = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test("are as committed; GOLDEN=write writes them anew")
  func golden() throws {
    let place = try Place()
    let pages = try place.lay("group-norm", "GroupNorm", "layers").map { path in
      let before = Self.source.appending(path: path)
      let isList = FileManager.default.fileExists(atPath: before.path)
      let old = isList ? try String(contentsOf: before, encoding: .utf8) : ""
      let known = Set(old.split(separator: "\n", omittingEmptySubsequences: false))
      let new = try place.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !isList || !known.contains($0) }
      return "==== \(path)\n" + new.joined(separator: "\n") + (isList ? "\n" : "")
    }.joined(separator: "\n")
    let file = Self.source.appending(path: "Tests/SolutionTests/Golden/scaffold.txt")
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
      try pages.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try pages == String(contentsOf: file, encoding: .utf8))
  }

  @Test("pass swift format lint, however long the name", arguments: ["GroupNorm", "QKNormOfHeads"])
  func lint(type: String) throws {
    let place = try Place()
    _ = try place.lay("some-kata", type, "neuron")
    let lint = Process()
    lint.executableURL = URL(filePath: "/usr/bin/env")
    lint.arguments = ["swift", "format", "lint", "--strict", "-r", place.root.path]
    try lint.run()
    lint.waitUntilExit()
    #expect(lint.terminationStatus == 0)
  }

  @Test("are laid only where nothing stands, under names that can be")
  func refusals() throws {
    let place = try Place()
    _ = try place.lay("group-norm", "GroupNorm", "layers")
    #expect(throws: Scaffold.Refusal.exists(path: "Sources/KataKit/Katas/GroupNorm.swift")) {
      try place.lay("group-norm", "GroupNorm", "layers")
    }
    #expect(throws: Scaffold.Refusal.badName("Group Norm")) {
      try place.lay("Group Norm", "GroupNorm", "layers")
    }
    #expect(throws: Scaffold.Refusal.badType("groupNorm")) {
      try place.lay("group-norm", "groupNorm", "layers")
    }
    #expect(throws: Scaffold.Refusal.noTrack("norms")) {
      try place.lay("group-norm", "GroupNorm", "norms")
    }
  }
}
