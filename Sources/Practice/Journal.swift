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
/// that cannot be read is skipped and never rewritten.
package struct Journal: Sendable {
  let file: URL

  /// A writer holds the lock for some milliseconds; whoever holds it longer is stopped, or no writer.
  private static let patience = Duration.seconds(5)

  package init(file: URL) { self.file = file }

  package func append(_ event: Event) throws(JournalError) {
    let line = try Self.line(event)
    let directory = file.deletingLastPathComponent().path
    guard mkdir(directory, 0o777) == 0 || errno == EEXIST else {
      throw .system(call: "make", path: directory, code: errno)
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
    guard Self.lock(descriptor) else {
      throw .system(call: "lock", path: file.path, code: errno)
    }
    let size = lseek(descriptor, 0, SEEK_END)
    // A line that an earlier writer left torn stays a line of its own.
    let repair: [UInt8] = Self.endsInsideALine(descriptor, size: size) ? [10] : []
    guard Self.put(repair + line, into: descriptor), fsync(descriptor) == 0 else {
      let code = errno
      // What did fit is half a line, and nobody's but this writer's.
      if size >= 0 { ftruncate(descriptor, size) }
      throw .system(call: "write", path: file.path, code: code)
    }
  }

  /// Why the file, which is there, cannot be read at all.
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

  private static func line(_ event: Event) throws(JournalError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return [UInt8](try encoder.encode(event)) + [10]
    } catch {
      throw .cannotEncode(details: "\(error)")
    }
  }

  /// - Returns: false and `errno` when somebody else keeps it.
  private static func lock(_ descriptor: Int32) -> Bool {
    let deadline = ContinuousClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard [EWOULDBLOCK, EINTR].contains(errno), ContinuousClock.now < deadline else {
        return false
      }
      poll(nil, 0, 5)
    }
    return true
  }

  /// Writes all of `line`: what did not fit at once is tried again, for the reason why it does not.
  private static func put(_ line: [UInt8], into descriptor: Int32) -> Bool {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
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
