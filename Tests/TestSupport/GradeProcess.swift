package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The real `grade` binary, in a process of its own.
package struct GradeProcess {
  private let process = Process()
  private let output: URL

  /// Starts `grade` in `checkout`; what it writes goes to a file.
  package init(
    _ arguments: [String], in checkout: Checkout, executable: URL = Checkout.executable
  ) throws {
    output = checkout.root.appending(path: "output-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    let handle = try FileHandle(forWritingTo: output)
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = checkout.root
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  package var identifier: Int32 { process.processIdentifier }

  package func send(_ signal: Int32) {
    if process.isRunning { kill(identifier, signal) }
  }

  /// What it has written so far.
  package var text: String {
    get throws { try String(contentsOf: output, encoding: .utf8) }
  }

  /// Whether it is stopped, as by Ctrl-Z.
  package var isStopped: Bool {
    let status = FileManager.default.contents(atPath: "/proc/\(identifier)/status") ?? Data()
    return String(decoding: status, as: UTF8.self).contains("State:\tT")
  }

  /// How it ended, and everything that it wrote.
  package func finish() throws -> (status: Int32, isSignal: Bool, text: String) {
    process.waitUntilExit()
    return (process.terminationStatus, process.terminationReason == .uncaughtSignal, try text)
  }
}

/// Processes whose command line contains `word`, without the one that asks.
package func processes(mentioning word: String) throws -> [Int32] {
  try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init).filter {
    guard let data = FileManager.default.contents(atPath: "/proc/\($0)/cmdline") else {
      return false
    }
    return String(decoding: data, as: UTF8.self).contains(word)
  }
}

/// The rooms that `parent` has opened.
package func rooms(of parent: Int32) throws -> [Int32] {
  try processes(mentioning: Checkout.room.path).filter {
    let status = FileManager.default.contents(atPath: "/proc/\($0)/status") ?? Data()
    return String(decoding: status, as: UTF8.self).contains("PPid:\t\(parent)\n")
  }
}

/// Waits for a condition, not for time; false when it has not come true within a minute.
package func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = ContinuousClock.now + .seconds(60)
  while ContinuousClock.now < deadline {
    if try condition() { return true }
    // Whoever makes it come true needs the processor more than this.
    usleep(1000)
  }
  return false
}
