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

/// The append-only record of a learner's practice.
///
/// Every event is written by one `write` to a file opened with O_APPEND, under a lock, and flushed. A line
/// that can not be read is skipped and never rewritten.
package struct Journal: Sendable {
  let file: URL

  package init(file: URL) { self.file = file }

  package func append(_ event: Event) throws(HarnessError) {
    let line: [UInt8]
    do {
      let encoder = JSONEncoder()
      encoder.dateEncodingStrategy = .iso8601
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      line = [UInt8](try encoder.encode(event)) + [10]
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: file.path, reason: HarnessError.reason(error))
    }
    let descriptor = open(
      file.path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o644)
    guard descriptor >= 0 else { throw .system(call: "open", path: file.path, code: errno) }
    defer { close(descriptor) }
    // What goes into a pipe is lost, or waits for ever for a reader.
    guard ![S_IFIFO, S_IFSOCK].contains(Self.kind(descriptor)) else {
      throw .system(call: "append to", path: file.path, code: ENOTSUP)
    }
    // Closing the descriptor gives the lock back.
    guard flock(descriptor, LOCK_EX) == 0 else {
      throw .system(call: "lock", path: file.path, code: errno)
    }
    let size = lseek(descriptor, 0, SEEK_END)
    // A line that an earlier writer left torn stays a line of its own.
    let repair: [UInt8] = Self.endsInsideALine(descriptor, size: size) ? [10] : []
    guard (repair + line).write(to: descriptor), fsync(descriptor) == 0 else {
      let code = errno
      // What did fit is half a line, and nobody's but this writer's.
      if size >= 0 { ftruncate(descriptor, size) }
      throw .system(call: "write", path: file.path, code: code)
    }
  }

  /// Every event that can be read, in order, how many lines can not, and how many of these were written by a
  /// later version.
  ///
  /// An event of an unknown kind is kept; a line of another version of the schema can not be read.
  package func read() -> (events: [Event], unreadable: Int, newer: Int) {
    guard obstacle == nil, let data = FileManager.default.contents(atPath: file.path) else {
      return ([], 0, 0)
    }
    var reader = EventReader([UInt8](data))
    return reader.readAll()
  }

  /// Why the file, which is there, can not be read at all.
  package var obstacle: String? {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return errno == ENOENT ? nil : String(cString: strerror(errno))
    }
    defer { close(descriptor) }
    guard [S_IFREG, S_IFDIR].contains(Self.kind(descriptor)) else {
      return "it is a pipe or a device"
    }
    var byte: UInt8 = 0
    return pread(descriptor, &byte, 1, 0) < 0 ? String(cString: strerror(errno)) : nil
  }

  /// Whether it is a file, a directory or a pipe: one of `S_IFMT`.
  private static func kind(_ descriptor: Int32) -> mode_t {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  private static func endsInsideALine(_ descriptor: Int32, size: off_t) -> Bool {
    guard size > 0 else { return false }
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, size - 1) == 1 && last != 10
  }
}
