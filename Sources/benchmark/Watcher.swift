import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A `grade watch` in a checkout of its own, and an editor's save of a right attempt.
struct Watcher: Timed {
  private let attempt: URL
  private let solution: String
  /// Everything that it has said.
  private let screen: URL
  private let identifier: pid_t

  /// - Parameters:
  ///   - root: the checkout whose `grade` watches.
  ///   - directory: where a checkout is made that has one attempt and links to the rest.
  init(of root: String, in directory: URL, attempt solution: String, setsid: String) throws {
    let folder = directory.appending(path: "katas/backprop")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["Package.swift", "Sources", "solutions"] {
      try FileManager.default.createSymbolicLink(
        atPath: directory.appending(path: name).path, withDestinationPath: "\(root)/\(name)")
    }
    for name in ["README.md", "hints.md", "questions.md"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name).path,
        withDestinationPath: "\(root)/katas/backprop/\(name)")
    }
    self.solution = solution
    attempt = folder.appending(path: "Backprop.swift")
    screen = directory.appending(path: "screen.txt")
    try Rivals.write(solution, to: attempt)
    // In a session of its own, it goes on when the shell that starts it has ended, which is not before:
    // the pipe is open until the watch has taken the place of the shell that said who it is.
    let watch = "echo $$; exec \"$0\" watch backprop > \"$1\" 2>&1 < /dev/null"
    let start =
      "cd '\(directory.path)' && { '\(setsid)' /bin/sh -c '\(watch)' "
      + "'\(root)/.build/debug/grade' '\(screen.path)' & } | cat"
    let started = try Command(words: ["/bin/sh", "-c", start]).run()
    let words = String(decoding: started.standardOutput, as: UTF8.self).split(separator: "\n")
    guard let identifier = words.first.flatMap({ pid_t($0) }) else {
      throw Failure(description: "the watch did not start")
    }
    self.identifier = identifier
    try wait(forVerdicts: 1)
  }

  func end() { kill(identifier, SIGTERM) }

  /// From a save to its verdict.
  func time() throws -> Double {
    let before = verdicts
    let clock = ContinuousClock()
    let start = clock.now
    try Rivals.write(solution + Rivals.stamp("//"), to: attempt)
    try wait(forVerdicts: before + 1)
    return (clock.now - start) / .seconds(1)
  }

  private var verdicts: Int {
    String(decoding: FileManager.default.contents(atPath: screen.path) ?? Data(), as: UTF8.self)
      .ranges(of: "Passed.").count
  }

  private func wait(forVerdicts count: Int) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while verdicts < count {
      guard ContinuousClock.now < deadline else {
        throw Failure(description: "the watch shows nothing")
      }
      usleep(1000)
    }
  }
}
