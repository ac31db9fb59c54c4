import BackwardAnswers
import Foundation
import TestSupport
import Testing
import Workshop

@testable import GradeCommand

@Suite("What is handed out grades, and has no solution in it")
struct ExportTests {
  let checkout: Checkout

  init() throws { checkout = try Checkout() }

  private func files(in folder: String) throws -> Set<String> {
    let root = checkout.root.appending(path: folder)
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    return Set(paths ?? [])
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: checkout.root.appending(path: path), encoding: .utf8)
  }

  @Test("a handout has the katas that were asked for, as fresh stubs, and none of ours")
  func handout() throws {
    let kata = BackpropSuite.kata
    try checkout.write("the teacher's own attempt", for: kata)
    let settings = checkout.root.appending(path: "katas/.vscode")
    try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: true)
    try "{}".write(
      to: settings.appending(path: "tasks.json"), atomically: true, encoding: .utf8)
    let run = try checkout.run("handout", "students", "--katas", "backprop,adam")
    #expect(run.code == .passed, "\(run.notes)")
    let files = try files(in: "students")
    #expect(
      [
        "katas/backprop/README.md", "katas/adam/Adam.swift", "katas/.vscode/tasks.json",
        "Sources/room", "Package.swift",
      ].allSatisfy(files.contains))
    #expect(!files.contains("katas/sgd"))
    #expect(files.allSatisfy { !$0.hasPrefix("solutions") && !$0.hasPrefix("Tests") })
    #expect(files.allSatisfy { !$0.hasPrefix(".katas") && !$0.hasPrefix(".git/") })
    #expect(
      try text("students/katas/backprop/Backprop.swift")
        == Stub.text(of: kata, in: checkout.project))
    #expect(run.output.contains("Sources/AnswerKey"))
    // Nothing in it leads back here.
    let links = try files.filter {
      let path = checkout.root.appending(path: "students/\($0)").path
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      return attributes[.type] as? FileAttributeType == .typeSymbolicLink
    }
    #expect(links.isEmpty)
  }

  @Test("an autograder has the same seed and points for everybody", arguments: Platform.allCases)
  func export(platform: Platform) throws {
    let run = try checkout.run(
      "export", platform.rawValue, "bundle", "--points", "adam=15,backprop=7.5")
    #expect(run.code == .passed, "\(run.notes)")
    let script = platform == .gradescope ? "run_autograder" : "autograder.py"
    let text = try text("bundle/\(script)")
    #expect(text.hasPrefix("#!/usr/bin/env "))
    #expect(text.contains("adam=15,backprop=7.5"))
    #expect(text.contains("42"))
    #expect(text.contains(platform.rawValue))
    let files = try files(in: "bundle")
    #expect(files.isSuperset(of: ["katas/Package.swift", "katas/Sources/grade", "katas/katas"]))
    #expect(files.allSatisfy { !$0.hasPrefix("katas/solutions") })
    guard platform == .gradescope else { return }
    for name in ["setup.sh", "run_autograder"] {
      let path = checkout.root.appending(path: "bundle/\(name)").path
      #expect(FileManager.default.isExecutableFile(atPath: path))
    }
  }

  @Test("nothing is written over")
  func occupied() throws {
    for words in [["handout", "katas"], ["export", "gradescope", "katas"]] {
      let run = try checkout.run(words)
      #expect(run.code == .wrongUsage)
      #expect(
        run.notes == "grade: 'katas' is there already; name a folder that is new or empty\n")
    }
  }

  @Test(
    "wrong words are answered with one sentence",
    arguments: [
      (["handout"], "'handout' needs a folder: swift run grade handout submissions"),
      (["handout", "x", "--katas", "adm"], "no kata 'adm'; did you mean 'adam'?"),
      (["export"], "'export' needs a platform; there are gradescope and classroom50"),
      (["export", "gradscope"], "nothing is exported for 'gradscope'; did you mean 'gradescope'?"),
      (
        ["export", "gradescope"],
        "'export gradescope' needs a folder: swift run grade export gradescope submissions"
      ),
    ])
  func usage(words: [String], sentence: String) throws {
    let run = try checkout.run(words)
    #expect(run.notes == "grade: \(sentence)\n")
    #expect(run.code == .wrongUsage)
  }
}
