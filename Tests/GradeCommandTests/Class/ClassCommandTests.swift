import Foundation
import TestSupport
import Testing
import Workshop

@testable import GradeCommand

@Suite("A class is graded in one command, whoever is in it")
struct ClassCommandTests {
  let checkout: Checkout

  init() throws { checkout = try Checkout() }

  private var folder: URL { checkout.root.appending(path: "submissions") }

  private func write(_ attempt: String, as path: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try attempt.write(to: file, atomically: true, encoding: .utf8)
  }

  /// An attempt at relu-derivative with one body replaced.
  private func attempt(slope: String) -> String {
    """
    import KataKit
    struct ReLUDerivative: ReLUDerivativeKata {
      func value(at z: Matrix) -> Matrix { maximum(z, 0) }
      func slope(at z: Matrix) -> Matrix { \(slope) }
      func backward(upstream: Matrix, z: Matrix) -> Matrix { upstream * (z .> 0) }
    }
    """
  }

  private func result(_ options: String...) throws -> (
    result: ClassResult, notes: String, code: ExitCode
  ) {
    let run = try checkout.run(
      ["class", "submissions", "--format", "json", "--jobs", "2"] + options)
    let result = try JSONDecoder.ofAnyNumber().decode(
      ClassResult.self, from: Data(run.output.utf8))
    return (result, run.notes, run.code)
  }

  private func withoutSeconds(_ result: ClassResult) -> ClassResult {
    var result = result
    for index in result.rows.indices { result.rows[index].seconds = 0 }
    return result
  }

  @Test("what was graded is not graded again, unless it has changed or it is asked for")
  func resumes() throws {
    try write(attempt(slope: "z .> 0"), as: "ada/ReLUDerivative.swift")
    try write(attempt(slope: "z"), as: "bob/ReLUDerivative.swift")
    let first = try result()
    #expect(first.code == .passed)
    // A compiler that is not there has nothing to do.
    let cache = checkout.project.cache
    let before = try FileManager.default.contentsOfDirectory(atPath: cache.path).sorted()
    try FileManager.default.removeItem(at: cache)
    let second = try result()
    #expect(second.result == first.result)
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path).isEmpty)
    let third = try result("--again")
    #expect(withoutSeconds(third.result) == withoutSeconds(first.result))
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path).sorted() == before)
    #expect(try result("--seed", "5").result.seed == 5)
  }

  @Test("two parts and a merge are the whole but for the seconds")
  func shards() throws {
    for name in ["ada", "bob", "cy"] {
      try write(attempt(slope: "z .> 0 // \(name)"), as: "\(name)/ReLUDerivative.swift")
    }
    for number in 1...2 {
      let run = try checkout.run(
        "class", "submissions", "--seed", "3", "--shard", "\(number)/2", "--format", "json",
        "--output", "parts/\(number).json")
      #expect(run.code == .passed, "\(run.notes)")
      #expect(run.output == "")
    }
    let merged = try checkout.run(
      "class", "merge", "parts/2.json", "parts/1.json", "--format", "json")
    let whole = try result("--seed", "3").result
    let result = try JSONDecoder.ofAnyNumber().decode(
      ClassResult.self, from: Data(merged.output.utf8))
    #expect(result == whole)
    let half = try checkout.run("class", "merge", "parts/2.json")
    #expect(half.code == .wrongUsage)
    #expect(
      half.notes
        == "grade: these are not the parts of one class: of 2 parts 1 is missing\n")
  }

  @Test("one that could not be graded is somebody's to look at, and 70")
  func incomplete() throws {
    try write(attempt(slope: "z .> 0"), as: "ada/ReLUDerivative.swift")
    let whole = try checkout.run(
      "class", "submissions", "--format", "json", "--output", "whole.json")
    #expect(whole.code == .passed, "\(whole.notes)")
    let file = checkout.root.appending(path: "whole.json")
    let json = try String(contentsOf: file, encoding: .utf8)
    let ungraded = json.replacing(
      #""verdict" : "passed""#, with: #""verdict" : "not-graded""#)
    #expect(ungraded != json)
    try ungraded.write(to: file, atomically: true, encoding: .utf8)
    let run = try checkout.run("class", "merge", "whole.json")
    #expect(run.code == .harnessFailed, "\(run.notes)")
    #expect(run.output.contains("1 could not be graded"), "\(run.output)")
  }

  @Test("one format a command: for a class a folder of results, for one student the result")
  func formats() throws {
    try write(attempt(slope: "z .> 0"), as: "ada/ReLUDerivative.swift")
    try write(attempt(slope: "z"), as: "bob/ReLUDerivative.swift")
    for format in ClassFormat.allCases {
      let alone = try checkout.run(
        "class", "submissions/ada", "--student", "Ada", "--format", format.rawValue)
      #expect(alone.code == .passed, "\(alone.notes)")
      // Nothing is wrong that could be annotated.
      #expect(alone.output.isEmpty == (format == .github))
      let class2 = try checkout.run("class", "submissions", "--format", format.rawValue)
      #expect(class2.code == (format.fileName == nil ? .passed : .wrongUsage), "\(format)")
      guard let name = format.fileName else { continue }
      let run = try checkout.run(
        "class", "submissions", "--format", format.rawValue, "--output", "out/\(format.rawValue)")
      #expect(run.code == .passed)
      let place = format == .exercism ? "bob/relu-derivative" : "bob"
      let file = checkout.root.appending(path: "out/\(format.rawValue)/\(place)/\(name)")
      #expect(FileManager.default.fileExists(atPath: file.path))
    }
  }

  @Test("one student who handed in nothing of use has no points, where it is known what counts")
  func nothing() throws {
    try write("", as: "ada/README.md")
    let words = ["class", "submissions/ada", "--student", "Ada", "--format", "classroom50"]
    let run = try checkout.run(words + ["--points", "relu-derivative=20"])
    #expect(run.code == .passed, "\(run.notes)")
    let result = try JSONDecoder().decode(Classroom50Result.self, from: Data(run.output.utf8))
    #expect(result.score == 0 && result.most == 20)
    #expect(result.tests.map(\.message) == ["Nothing was handed in as ReLUDerivative.swift."])
    #expect(try checkout.run(words).code == .wrongUsage)
  }

  @Test("the screen has a line per student and what went wrong most")
  func screen() throws {
    try write(attempt(slope: "z .> 0"), as: "ada/ReLUDerivative.swift")
    try write(attempt(slope: "maximum(z, 0)"), as: "bob/ReLUDerivative.swift")
    let run = try checkout.run("class", "submissions")
    let lines = run.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("class · 2 students, 1 kata") && lines[0].hasSuffix("seed 42"))
    #expect(lines[1].hasPrefix("  ✓ ada"))
    #expect(lines[2].hasPrefix("  ✗ bob"))
    #expect(run.output.contains("  Passed: relu-derivative 1 of 2\n"))
    #expect(run.output.contains("What the class gets wrong most:\n\n     1  relu-derivative  "))
  }

  @Test(
    "wrong words are answered with one sentence",
    arguments: [
      (["class"], "'class' needs a folder: swift run grade class submissions"),
      (["class", "katas/x"], "/katas/x holds no class: it is no folder that can be read."),
      (
        ["class", "katas", "--shard", "3/2"],
        "'3/2' is no value for '--shard'; it takes one part of several, as 3/20"
      ),
      (
        ["class", "katas", "--shard", "1/2"],
        "'--shard' needs '--seed N', the same for every part, or each part asks other questions"
      ),
      (
        ["class", "katas", "--points", "adam"],
        "'adam' is no value for '--points'; it takes katas with their points, as backprop=10,adam=15"
      ),
      (["class", "katas", "--points", "adm=3"], "no kata 'adm'; did you mean 'adam'?"),
      (
        ["class", "katas", "--points", "adam=-1"],
        "'adam=-1' is no value for '--points'; it takes katas with their points, as backprop=10,adam=15"
      ),
      (
        ["class", "katas", "--jobs", "0"],
        "'0' is no value for '--jobs'; it takes a whole number from 1 to 1024"
      ),
      (
        ["class", "katas", "--pionts", "adam=1"],
        "'class' has no option '--pionts'; did you mean '--points'?"
      ),
      (
        ["class", "merge"],
        "'class merge' needs what '--format json' wrote: swift run grade class merge part-*.json"
      ),
      (["class", "merge", "README"], "README is no result of a class: there is no such file"),
      (
        ["class", "merge", "Package.swift"],
        "Package.swift is no result of a class: it is not what '--format json' writes"
      ),
      (["class", "merge", "x", "--seed", "1"], "'class merge' has no option '--seed'"),
    ])
  func usage(words: [String], sentence: String) throws {
    let run = try checkout.run(words)
    #expect(run.notes.hasPrefix("grade: ") && run.notes.hasSuffix("\(sentence)\n"), "\(run.notes)")
    #expect(run.code == .wrongUsage)
    #expect(run.output == "")
  }

  @Test("a signal ends the workers, and what is graded stays graded")
  func interrupted() throws {
    try write(attempt(slope: "z .> 0"), as: "ada/ReLUDerivative.swift")
    try write(attempt(slope: "while true {}"), as: "eve/ReLUDerivative.swift")
    let process = try GradeProcess(
      ["class", "submissions", "--jobs", "2", "--seed", "1"], in: checkout)
    #expect(try eventually { try process.text.contains("1 of 2 graded") })
    process.send(SIGINT)
    let end = try process.finish()
    #expect(end.isSignal && end.status == SIGINT)
    #expect(try eventually { try rooms(of: process.identifier).isEmpty })
    let kept = checkout.project.memory.appending(path: "class")
    #expect(try FileManager.default.contentsOfDirectory(atPath: kept.path).count == 1)
  }
}
