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
    do {
      try FileManager.default.createDirectory(
        at: project.memory, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: project.display(project.memory), reason: HarnessError.reason(error))
    }
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
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

  /// Whether nobody holds it now.
  package static func isFree(in project: Project) throws(HarnessError) -> Bool {
    guard let lock = try DrillLock(in: project) else { return false }
    _ = consume lock
    return true
  }
}
