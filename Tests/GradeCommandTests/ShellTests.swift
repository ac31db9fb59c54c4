import Foundation
import GradeCommand
import TestSupport
import Testing

/// A directory that looks like a checkout, and a `swift` that only writes down that it was called.
private final class ShellBench {
  let root: URL
  private let home: URL

  init() throws {
    home = FileManager.default.temporaryDirectory.appending(
      path: "katas shell-\(UUID().uuidString)"
    )
    .resolvingSymlinksInPath()
    root = home.appending(path: "it's a checkout")
    for folder in ["katas/backprop", "Sources/grade", "bin"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "Sources/KataKit"),
      withDestinationURL: Checkout.source.appending(path: "Sources/KataKit"))
    try write("", "Package.swift")
    try write("", "katas/Package.swift")
    try write("", "Sources/grade/main.swift")
    try write(
      """
      #!/bin/sh
      if [ -n "$FAIL" ]; then echo "error: no"; exit 1; fi
      echo "Building for debugging..."
      echo "$*" >> "\(root.path)/builds"
      mkdir -p "\(root.path)/.build/debug"
      ln -sf "\(Checkout.executable.path)" "\(root.path)/.build/debug/grade"
      """, "bin/swift")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: root.appending(path: "bin/swift").path)
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: home)
    } catch {
      print("left behind: \(home.path): \(error)")
    }
  }

  func write(_ text: String, _ path: String) throws {
    try text.write(to: root.appending(path: path), atomically: true, encoding: .utf8)
  }

  var builds: [String] {
    let data = FileManager.default.contents(atPath: root.appending(path: "builds").path) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Runs `script` in the shell, with the function for this checkout defined.
  func run(
    _ shell: Shell, _ script: String, in directory: String = "katas/backprop",
    environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String, error: String) {
    let function = home.appending(path: "function")
    let printer = Process()
    printer.executableURL = Checkout.executable
    printer.arguments = ["shell", shell.rawValue]
    printer.currentDirectoryURL = root
    _ = FileManager.default.createFile(atPath: function.path, contents: nil)
    printer.standardOutput = try FileHandle(forWritingTo: function)
    try printer.run()
    printer.waitUntilExit()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let options = shell == .bash ? ["--norc"] : shell == .zsh ? ["-f"] : ["--no-config"]
    process.arguments = [shell.rawValue] + options + ["-c", "source '\(function.path)'\n\(script)"]
    process.currentDirectoryURL = root.appending(path: directory)
    var variables = ProcessInfo.processInfo.environment
    variables["PATH"] = "\(root.path)/bin:\(variables["PATH"] ?? "")"
    variables["HOME"] = home.path
    process.environment = variables.merging(environment) { $1 }
    let (output, error) = (Foundation.Pipe(), Foundation.Pipe())
    process.standardOutput = output
    process.standardError = error
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let notes = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, notes)
  }

  static func has(_ shell: Shell) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(shell.rawValue)")
    }
  }
}

@Suite("The function that grade shell prints")
struct ShellTests {
  @Test("bash is here, or nothing below says anything")
  func bash() { #expect(ShellBench.has(.bash)) }

  @Test(
    "zsh and fish are here, too", .disabled(if: !ShellBench.has(.zsh), "zsh is not installed"),
    .disabled(if: !ShellBench.has(.fish), "fish is not installed"))
  func others() { #expect(ShellBench.has(.zsh) && ShellBench.has(.fish)) }

  static let shells = Shell.allCases.filter(ShellBench.has)

  @Test("builds quietly when sources changed, never otherwise, never in katas/", arguments: shells)
  func builds(shell: Shell) throws {
    let bench = try ShellBench()
    let first = try bench.run(shell, "grade help; grade list")
    #expect(first.status == 0)
    #expect(first.error == "")
    #expect(first.output.contains(" backprop "))
    #expect(bench.builds == ["build --package-path \(bench.root.path) --product grade"])
    try bench.write("changed", "Sources/grade/main.swift")
    _ = try bench.run(shell, "grade list", in: "Sources")
    #expect(bench.builds.count == 2)
    _ = try bench.run(shell, "grade list", in: "katas")
    #expect(bench.builds.count == 2)
    // From outside it is the checkout that the function was made in.
    let outside = try bench.run(shell, "cd /; grade help")
    #expect(outside.output == first.output.prefix(outside.output.count))
    #expect(!outside.output.isEmpty && bench.builds.count == 2)
  }

  @Test("a build that fails is told, and nothing is run", arguments: shells)
  func failure(shell: Shell) throws {
    let bench = try ShellBench()
    let run = try bench.run(shell, "grade list", environment: ["FAIL": "1"])
    #expect(run.status != 0)
    #expect(run.error == "error: no\n")
    #expect(run.output == "")
  }

  @Test(
    "the status is grade's, words arrive as typed, and screens name what was typed",
    arguments: shells)
  func passesOn(shell: Shell) throws {
    let bench = try ShellBench()
    let run = try bench.run(shell, "grade 'no such kata'")
    #expect(run.status == 64)
    #expect(run.error == "grade: no kata 'no such kata'; 'grade list' shows them\n")
    #expect(try bench.run(shell, "grade help").output.contains("\n  grade watch <kata>"))
  }

  private func bashCompletes(_ words: [String]) throws -> [String] {
    let bench = try ShellBench()
    let quoted = (["grade"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      grade help >/dev/null
      COMP_WORDS=(\(quoted)) COMP_CWORD=\(words.count)
      _grade_complete
      printf '%s\\n' "${COMPREPLY[@]}"
      complete -p grade
      """
    let run = try bench.run(.bash, script)
    #expect(run.error == "")
    #expect(run.output.hasSuffix("complete -F _grade_complete grade\n"))
    return run.output.split(separator: "\n").dropLast().map(String.init)
  }

  @Test(
    "bash completes commands, katas, options and their values",
    arguments: [
      (["backp"], ["backprop"]), (["wat"], ["watch"]), (["watch", "ada"], ["adam", "adamw"]),
      (["backprop", "--col"], ["--color"]), (["backprop", "--color", "a"], ["auto", "always"]),
      (["shell", ""], ["bash", "zsh", "fish"]), (["api", "matm"], ["matmul"]), (["zzz"], []),
      (["list", "ada"], []), (["list", "opt"], ["optimizer"]), (["help", "sol"], ["solution"]),
    ])
  func bashCompletion(words: [String], candidates: [String]) throws {
    #expect(try bashCompletes(words) == candidates)
  }

  @Test(
    "fish completes with meanings",
    .disabled(if: !ShellBench.has(.fish), "fish is not installed"))
  func fishCompletion() throws {
    let bench = try ShellBench()
    let run = try bench.run(
      .fish, "grade help >/dev/null; complete -C 'grade backp'; complete -C 'grade drill --mi'")
    #expect(
      run.output == """
        backprop\tgradients of an n-layer ReLU network
        --minutes\tthe target, if not the kata's own

        """)
  }

  @Test(
    "zsh has the completion registered",
    .disabled(if: !ShellBench.has(.zsh), "zsh is not installed"))
  func zshCompletion() throws {
    let run = try ShellBench().run(.zsh, "print -r -- $_comps[grade]; whence -w _grade_complete")
    #expect(run.output == "_grade_complete\n_grade_complete: function\n")
    #expect(run.error == "")
  }
}
