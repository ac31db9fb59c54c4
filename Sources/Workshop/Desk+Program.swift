package import Grading

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

extension Desk {
  /// Lays a program with bugs in the place of the attempt, which is archived first. Until it is put away it
  /// is not taken for the learner's own, whatever they change in it.
  ///
  /// - Returns: where the replaced attempt is kept, or nil when there was nothing to keep.
  package func lay(
    program: String, for kata: Kata, at time: Date
  ) throws(HarnessError) -> URL? {
    try putProgramAway(kata, at: time)
    // What lies there without a mark would be taken for the learner's own.
    let proof = MemoryFile("debugging/.\(kata.name)", in: project)
    try proof.keep([UInt8](repeating: 0, count: Self.longestName))
    try proof.forget()
    let kept = try lay(Array(program.utf8), for: kata, at: time)
    try mark(of: kata).keep((kept?.lastPathComponent ?? "").utf8)
    return kept
  }

  /// Whether a program with bugs lies where the attempt does otherwise.
  package func hasProgram(_ kata: Kata) -> Bool { replaced(at: kata) != nil }

  /// Puts the learner's own attempt back, or the stub, where a program with bugs lies.
  package func putProgramAway(_ kata: Kata, at time: Date) throws(HarnessError) {
    guard let name = replaced(at: kata) else { return }
    let kept = project.archive(kata).appending(path: name)
    if !name.isEmpty, case .bytes(let own) = FileContents(of: kept.path) {
      _ = try lay(own, for: kata, at: time)
    } else {
      _ = try layFreshStub(kata, at: time)
    }
  }

  /// From now on what lies there is the learner's own.
  func forgetProgram(_ kata: Kata) throws(HarnessError) { try mark(of: kata).forget() }

  /// The name of the attempt that the program replaced, empty where there was none; nil without a program.
  private func replaced(at kata: Kata) -> String? {
    mark(of: kata).contents(most: Self.longestName).map { String(decoding: $0, as: UTF8.self) }
  }

  private static var longestName: Int { 256 }

  private func mark(of kata: Kata) -> MemoryFile {
    MemoryFile("debugging/\(kata.name)", in: project)
  }
}
