#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The lldb of the toolchain, which knows Swift.
package struct Debugger: Sendable {
  private let path: String

  /// Finds lldb beside the compiler on `path` and has it say its version: it needs libraries that a
  /// toolchain does not bring.
  package init(path: String?) throws(HarnessError) {
    let beside = "\(try Toolchain(path: path).root)/bin/lldb"
    guard FileManager.default.isExecutableFile(atPath: beside) else {
      throw .noDebugger(details: "there is no \(beside)")
    }
    let said = try ChildProcess.run([beside, "--version"], limits: .compiler)
    guard said.end == .exited(0) else {
      let words = String(decoding: said.standardError, as: UTF8.self)
      throw .noDebugger(details: words.split(separator: "\n").first.map(String.init) ?? "no word")
    }
    self.path = beside
  }

  /// The command that stops once in each function of `source`, in one process without limits.
  package func command(_ rehearsal: Rehearsal, source: URL) -> [String] {
    // The room has a file of the same name: that of the exam.
    let library = URL(filePath: rehearsal.library).lastPathComponent
    let stop =
      "breakpoint set --one-shot true --shlib \(library) --file \(source.lastPathComponent) "
      + "--source-pattern-regexp 'func '"
    return [path, "-o", stop, "-o", "run", "--", rehearsal.room, rehearsal.file]
  }

  /// Replaces this process, so that the terminal and its signals are lldb's.
  package static func become(_ command: [String]) -> Int32 {
    let arguments = command.map { strdup($0) } + [nil]
    defer { for text in arguments { free(text) } }
    execv(command[0], arguments)
    return errno
  }
}
