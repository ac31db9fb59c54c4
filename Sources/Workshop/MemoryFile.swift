#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A small file in which the learner's machine remembers one thing, until it is forgotten.
package struct MemoryFile: Sendable {
  private let file: URL
  private let path: String

  /// - Parameter place: from `.katas/`, as "seeds/backprop".
  package init(_ place: String, in project: Project) {
    file = project.memory.appending(path: place)
    path = project.display(file)
  }

  /// Nil where nothing is remembered, or it cannot be read.
  package func contents(most: Int) -> [UInt8]? {
    if case .bytes(let bytes) = FileContents(of: file.path, most: most) { bytes } else { nil }
  }

  package func keep(_ bytes: some Sequence<UInt8>) throws(HarnessError) {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file, options: .atomic)
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
