package import Grading

/// The seed that the attempts at a kata are graded with until one passes.
package struct KeptSeed: Sendable {
  private let file: MemoryFile

  package init(of kata: Kata, in project: Project) {
    file = MemoryFile("seeds/\(kata.name)", in: project)
  }

  /// The seed of the program with bugs that is looked at, whatever that of the attempt is.
  package init(ofProgramFor kata: Kata, in project: Project) {
    file = MemoryFile("seeds/debug/\(kata.name)", in: project)
  }

  /// The seed of every class that is graded here.
  package init(ofClassIn project: Project) {
    file = MemoryFile("seeds/class", in: project)
  }

  /// Nil where none is kept, or what is kept is no seed.
  package var value: UInt64? {
    file.contents(most: 64).flatMap { bytes in
      UInt64(String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace })
    }
  }

  package func keep(_ seed: UInt64) throws(HarnessError) { try file.keep("\(seed)\n".utf8) }

  package func forget() throws(HarnessError) { try file.forget() }
}
