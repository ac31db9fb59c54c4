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

/// Keeps a second drill out of a checkout for as long as this value lives.
///
/// The system gives the lock back when the process ends, however it ends, so none is ever stale.
package struct DrillLock: ~Copyable {
  private let descriptor: Int32

  /// - Returns: nil where another process holds it.
  package init?(in project: Project) throws(HarnessError) {
    let file = project.memory.appending(path: "drill.lock")
    guard let descriptor = Self.opened(file) ?? Self.opened(Self.fallback(for: project)) else {
      throw .system(call: "open", path: project.display(file), code: errno)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw .system(call: "lock", path: project.display(file), code: code)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Where nothing can be written in the checkout.
  private static func fallback(for project: Project) -> URL {
    let checkout = Array(project.root.path.utf8).fingerprint
    return FileManager.default.temporaryDirectory.appending(
      path: "katas-\(getuid())-\(checkout).lock")
  }

  private static func opened(_ file: URL) -> Int32? {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      return nil
    }
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    return descriptor < 0 ? nil : descriptor
  }

  /// Whether nobody holds it now.
  package static func isFree(in project: Project) throws(HarnessError) -> Bool {
    guard let lock = try DrillLock(in: project) else { return false }
    _ = consume lock
    return true
  }
}
