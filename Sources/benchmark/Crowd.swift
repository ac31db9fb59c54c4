#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A class of attempts at backprop that nobody has graded before, every other one wrong.
struct Crowd: Timed {
  private let command: String
  private let folder: URL
  private let solution: String
  private let count: Int

  /// - Parameters:
  ///   - command: what a shell does in the checkout with the folder, its "$1".
  ///   - checkout: a directory that links to what is needed, so that nobody's memory is filled.
  init(_ command: String, in checkout: URL, attempt solution: String, count: Int) {
    self.command = "cd '\(checkout.path)' && \(command)"
    folder = checkout.appending(path: "submissions")
    self.solution = solution
    self.count = count
  }

  func time() throws -> Double {
    for number in 0..<count {
      let text =
        number % 2 == 0 ? solution : solution.replacing(" / Double(inputs.rows)", with: "")
      try Rivals.write(
        text + Rivals.stamp("//"), to: folder.appending(path: "s\(number)_Backprop.swift"))
    }
    return try Command(words: ["/bin/sh", "-c", command, "sh", folder.path]).time()
  }

  /// A directory that is a checkout to `grade`, with a memory of its own.
  static func checkout(of root: String, in directory: URL) throws -> URL {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for name in ["Package.swift", "Sources", "solutions", "katas"] {
      try FileManager.default.createSymbolicLink(
        atPath: directory.appending(path: name).path, withDestinationPath: "\(root)/\(name)")
    }
    return directory
  }
}
