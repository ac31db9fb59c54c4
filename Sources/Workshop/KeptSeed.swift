package import Grading

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The seed that the attempts at a kata are graded with until one passes.
package struct KeptSeed: Sendable {
  private let file: URL
  private let path: String

  package init(of kata: Kata, in project: Project) {
    file = project.memory.appending(path: "seeds/\(kata.name)")
    path = project.display(file)
  }

  /// Nil where none is kept, or what is kept is no seed.
  package var value: UInt64? {
    guard case .bytes(let bytes) = FileContents(of: file.path, most: 64) else { return nil }
    return UInt64(String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace })
  }

  package func keep(_ seed: UInt64) throws(HarnessError) {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("\(seed)\n".utf8).write(to: file, options: .atomic)
    } catch {
      throw .cannotWrite(path: path, reason: HarnessError.reason(error))
    }
  }

  package func forget() throws(HarnessError) {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    do {
      try FileManager.default.removeItem(at: file)
    } catch {
      throw .cannotWrite(path: path, reason: HarnessError.reason(error))
    }
  }
}
