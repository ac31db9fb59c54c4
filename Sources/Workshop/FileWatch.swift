#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Notices that a file was saved, by looking.
///
/// Looking needs no events, which network mounts do not send, and sees editors that write in place and
/// those that rename a new file over the old one. One look costs a `stat`, some microseconds.
package struct FileWatch {
  /// What tells one state of a file from another.
  private struct Signature: Equatable {
    let device: UInt64
    let node: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int
  }

  package enum Change: Equatable, Sendable {
    case saved
    case disappeared
    /// It is there, and nothing is in it.
    case emptied
  }

  /// How long a file must stay empty: some editors truncate it, pause, and then write.
  private static let settling = Duration.seconds(1)

  private let path: String
  private var known: Signature?
  /// Seen once; a save counts when two looks in a row see the same.
  private var candidate: Signature?
  private var isMissing = false
  private var emptySince: ContinuousClock.Instant?

  /// Whether the next look, if it comes soon, tells that a save is over.
  package var isSettling: Bool { candidate != nil && emptySince == nil }

  package init(_ file: URL) {
    path = file.path
    known = Self.signature(of: path)
    isMissing = known == nil
  }

  /// What has happened since the last look. A burst of saves is one, when it is over.
  package mutating func look() -> Change? {
    guard let seen = Self.signature(of: path) else {
      candidate = nil
      // An editor that replaces the file leaves a moment without one; the second look decides.
      defer { isMissing = true }
      let hadOne = known != nil
      guard isMissing, hadOne else { return nil }
      known = nil
      return .disappeared
    }
    isMissing = false
    guard seen != known else {
      candidate = nil
      return nil
    }
    guard seen == candidate else {
      candidate = seen
      emptySince = nil
      return nil
    }
    let isEmpty = AttemptSource(at: URL(filePath: path)) == .empty
    if isEmpty {
      let since = emptySince ?? .now
      emptySince = since
      guard .now - since > Self.settling else { return nil }
    }
    candidate = nil
    known = seen
    return isEmpty ? .emptied : .saved
  }

  private static func signature(of path: String) -> Signature? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Signature(
      device: UInt64(truncatingIfNeeded: status.st_dev), node: UInt64(status.st_ino),
      size: Int64(status.st_size), seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
  }
}
