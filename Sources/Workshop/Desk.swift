package import Grading

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The learner's own files: what is begun, what is fresh, and where replaced attempts are kept.
package struct Desk: Sendable {
  package let project: Project

  package init(project: Project) { self.project = project }

  /// Whether the attempt is there and is anything but the stub.
  package func isBegun(_ kata: Kata) throws(HarnessError) -> Bool {
    guard case .text(let bytes) = AttemptSource(at: project.attempt(kata)) else { return false }
    return try String(decoding: bytes, as: UTF8.self) != Stub.text(of: kata, in: project)
  }

  /// Lays a fresh stub. What was there, if it was not the stub, is archived first.
  ///
  /// - Returns: where the replaced attempt is kept, or nil when there was nothing to keep.
  package func layFreshStub(_ kata: Kata, at time: Date) throws(HarnessError) -> URL? {
    let attempt = project.attempt(kata)
    let stub = try Stub.text(of: kata, in: project)
    let archived = try archive(kata, unless: stub, at: time)
    try write(Data(stub.utf8), to: attempt)
    return archived
  }

  /// Writes a file whole or not at all, in a directory that is made if need be.
  func write(_ data: Data, to url: URL) throws(HarnessError) {
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: url, options: .atomic)
    } catch {
      throw .cannotWrite(path: project.display(url), reason: HarnessError.reason(error))
    }
  }
}
