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

  /// Whether the attempt is there and is anything but the stub. One that nobody knows the stub of is
  /// taken to be begun; a program with bugs is none.
  package func isBegun(_ kata: Kata) throws(HarnessError) -> Bool {
    guard !hasProgram(kata) else { return false }
    return try isBegun(AttemptSource(at: project.attempt(kata)), at: kata)
  }

  /// The same of a text that lies elsewhere.
  package func isBegun(_ source: AttemptSource, at kata: Kata) throws(HarnessError) -> Bool {
    guard case .text(let bytes) = source else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("todo()") else { return true }
    do {
      return try text != Stub.text(of: kata, in: project)
    } catch .noStub {
      return true
    } catch {
      throw error
    }
  }

  /// Lays a fresh stub. What was there, if it was not the stub, is archived first.
  ///
  /// - Returns: where the replaced attempt is kept, or nil when there was nothing to keep.
  package func layFreshStub(_ kata: Kata, at time: Date) throws(HarnessError) -> URL? {
    try lay(Array(Stub.text(of: kata, in: project).utf8), for: kata, at: time)
  }
}
