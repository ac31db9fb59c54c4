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

/// Standard input of a worker: one job a line, until whoever sends them has gone.
package struct WorkerInbox {
  private var received: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  package init() {}

  /// Waits for the next job; nil where there will be none.
  package mutating func next() -> [UInt8]? {
    var searched = 0
    while true {
      if let newline = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { received.removeSubrange(...newline) }
        return Array(received[..<newline])
      }
      searched = received.count
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }

  /// Ends a grading that nobody waits for any more.
  package static func proveSenderIsThere() throws(HarnessError) {
    var polled = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
    if poll(&polled, 1, 0) > 0, polled.revents & Int16(POLLHUP) != 0 {
      throw .interrupted(signal: SIGHUP)
    }
  }
}
