package import Grading

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Where everything is in a checkout of the package.
package struct Project: Sendable {
  package let root: URL

  package init(root: URL) { self.root = root }

  /// The checkout around `directory`, or the one that `executable` was built in.
  ///
  /// - Parameter directory: an absolute path; empty where the directory was removed.
  package init(around directory: String, executable: String? = nil) throws(HarnessError) {
    for start in [directory, executable ?? ""] where start.hasPrefix("/") {
      var parts = URL(filePath: start, directoryHint: .isDirectory).standardizedFileURL.path
        .split(separator: "/")
      while true {
        let candidate = URL(
          filePath: "/" + parts.joined(separator: "/"), directoryHint: .isDirectory)
        let isRoot = ["Package.swift", "katas"].allSatisfy {
          FileManager.default.fileExists(atPath: candidate.appending(path: $0).path)
        }
        if isRoot {
          root = candidate
          return
        }
        if parts.popLast() == nil { break }
      }
    }
    throw directory.isEmpty ? .noDirectory : .notInAPackage(from: directory)
  }

  package func attempt(_ kata: Kata) -> URL { page(kata, "katas", "\(kata.type).swift") }
  package func statement(_ kata: Kata) -> URL { page(kata, "katas", "README.md") }
  package func hints(_ kata: Kata) -> URL { page(kata, "katas", "hints.md") }
  package func solution(_ kata: Kata) -> URL { page(kata, "solutions", "\(kata.type).swift") }
  package var journal: URL { memory.appending(path: "journal.jsonl") }
  package var cache: URL { memory.appending(path: "cache") }
  /// Where everything is that the last graded attempt printed.
  package func prints(_ kata: Kata) -> URL { memory.appending(path: "prints/\(kata.name).txt") }
  package func archive(_ kata: Kata) -> URL { memory.appending(path: "attempts/\(kata.name)") }
  /// Where the programs with bugs go that somebody has looked for.
  package func programs(_ kata: Kata) -> URL { memory.appending(path: "programs/\(kata.name)") }

  package func solutionText(_ kata: Kata) throws(HarnessError) -> String {
    let file = solution(kata)
    if FileContents(of: file.path) == .missing { throw .noSolution(path: display(file)) }
    return try file.pageText()
  }

  /// What the learner's machine remembers; never committed.
  package var memory: URL { root.appending(path: ".katas") }

  /// The path of `url` as the learner knows it: from the root, where it is inside.
  package func display(_ url: URL) -> String {
    let (path, prefix) = (url.path, root.path.hasSuffix("/") ? root.path : root.path + "/")
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  func page(_ kata: Kata, _ room: String, _ file: String) -> URL {
    root.appending(path: "\(room)/\(kata.name)/\(file)")
  }
}

extension URL {
  /// The text of a page that belongs to the package.
  package func pageText() throws(HarnessError) -> String {
    do {
      let data = try Data(contentsOf: self)
      guard let text = String(validating: data, as: UTF8.self) else {
        throw HarnessError.unreadable(path: path)
      }
      return text
    } catch {
      throw .unreadable(path: path)
    }
  }
}
