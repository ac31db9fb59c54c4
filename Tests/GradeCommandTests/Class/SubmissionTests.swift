import AnswerKey
import Foundation
import GradeCommand
import Grading
import Testing

@Suite("Whatever a learning platform makes of a class, each attempt finds its student")
final class SubmissionTests {
  private let root = FileManager.default.temporaryDirectory
    .appending(path: "class-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: root) } catch { print("left behind: \(root)") }
  }

  private func write(_ paths: [String], _ text: String = "") throws {
    for path in paths {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  private func submissions(student: String? = nil, only: String? = nil) throws -> Submissions {
    try Submissions(in: root, student: student, only: only, catalogue: .curriculum)
  }

  /// "Ada: backprop" for every attempt.
  private func found(student: String? = nil, only: String? = nil) throws -> [String] {
    try submissions(student: student, only: only).students.flatMap { student in
      student.attempts.map { "\(student.name): \($0.kata)" }
    }
  }

  @Test(
    "the name of a student is found in a path",
    arguments: [
      ("ada/Backprop.swift", "ada: backprop"),
      ("ada/backprop.swift", "ada: backprop"),
      ("ada/katas/backprop/Backprop.swift", "ada: backprop"),
      ("ada/katas-main/katas/two-layer-backprop/TwoLayerBackprop.swift", "ada: two-layer-backprop"),
      ("ada/week 3/Backprop (2).swift", "ada: backprop"),
      ("Ada Lovelace_123_assignsubmission_file_/Adam.swift", "Ada Lovelace: adam"),
      ("Ada Lovelace_123_assignsubmission_file_Adam.swift", "Ada Lovelace: adam"),
      ("lovelaceada_77_3141_Adam.swift", "lovelaceada: adam"),
      ("lovelaceada_LATE_77_3141_Adam-2.swift", "lovelaceada: adam"),
      ("Homework 3_ada_attempt_2026-11-28-07-24-48_SGD.swift", "ada: sgd"),
      ("12345-67890 - Ada Lovelace - Nov 28, 2026 724 AM/SGD.swift", "Ada Lovelace: sgd"),
      ("ada_Backprop.swift", "ada: backprop"),
      ("ada-lovelace-two-layer-backprop.swift", "ada-lovelace: two-layer-backprop"),
      ("Łukasz Żółć/Backprop.swift", "Łukasz Żółć: backprop"),
      ("=cmd/Backprop.swift", "=cmd: backprop"),
    ])
  func names(path: String, found expected: String) throws {
    try write([path])
    #expect(try found() == [expected])
  }

  @Test("a file that says nothing is known by the type that it declares")
  func declared() throws {
    try write(["ada/homework.swift", "bob.swift"], "struct Adam: AdamKata {}")
    try write(["eve/notes.swift"], "struct Nothing {}")
    #expect(try found() == ["ada: adam", "bob: adam"])
    #expect(
      try submissions().leftOut == [
        "eve/notes.swift: it declares the type of no kata, or of several"
      ])
    #expect(try found(only: "sgd") == ["ada: adam", "bob: adam", "eve: sgd"])
  }

  @Test("two people of one name stay two")
  func namesakes() throws {
    try write([1, 2].map { "Ada_\($0)_assignsubmission_file_/Adam.swift" })
    #expect(try found() == ["Ada (1): adam", "Ada (2): adam"])
  }

  @Test("of several attempts the last is graded, and the student's layout before any copy of it")
  func attempts() throws {
    try write(["ada_1_10_Adam-2.swift", "ada_1_10_Adam.swift", "ada_1_10_Adam-10.swift"])
    try write(["bob/katas/sgd/SGD.swift", "bob/SGD.swift", "bob/Sources/KataKit/Katas/SGD.swift"])
    let found = try submissions()
    #expect(
      found.students.map { $0.attempts.map(\.path) } == [
        ["ada_1_10_Adam-10.swift"], ["bob/katas/sgd/SGD.swift"],
      ])
    #expect(found.leftOut.count == 2)
  }

  @Test(
    "a folder that is one student's is not a class",
    arguments: [
      ["katas/sgd/SGD.swift"], ["SGD.swift", "notes.txt"], ["sgd/SGD.swift", "adam/Adam.swift"],
    ])
  func one(paths: [String]) throws {
    try write(paths)
    #expect(try submissions().students.map(\.name) == [root.lastPathComponent])
    #expect(try submissions(student: "Ada").students.map(\.name) == ["Ada"])
  }

  @Test("a link is not followed: it may lead to the solution, or round in a circle")
  func links() throws {
    try write(["ada/SGD.swift"])
    let manager = FileManager.default
    try manager.createDirectory(at: root.appending(path: "eve"), withIntermediateDirectories: true)
    for (link, target) in [
      ("eve/Adam.swift", "../ada/SGD.swift"), ("eve/up", ".."), ("mallory", "/"),
    ] {
      try manager.createSymbolicLink(
        atPath: root.appending(path: link).path, withDestinationPath: target)
    }
    let found = try submissions()
    #expect(found.students.flatMap(\.attempts).map(\.isLink) == [false, true])
    #expect(found.leftOut == ["mallory: a link, which is not followed"])
  }

  @Test("what is no class is said to be none")
  func none() throws {
    #expect(throws: UsageError.self) { try submissions() }
    try write(["ada.zip", "bob/README.md"])
    #expect(throws: UsageError.self) { try submissions() }
    #expect(throws: UsageError.self) {
      try Submissions(
        in: root.appending(path: "ada.zip"), student: nil, only: nil, catalogue: .curriculum)
    }
  }

  @Test("who handed nothing in is there all the same")
  func nothing() throws {
    try write(["ada/SGD.swift", "bob/README.md"])
    #expect(try submissions().students.map(\.attempts.count) == [1, 0])
  }
}
