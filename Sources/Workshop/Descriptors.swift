#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A pipe whose ends close with it, and that no other child inherits.
final class Pipe {
  let readEnd: Int32
  let writeEnd: Int32
  private var open: Set<Int32>

  init() throws(HarnessError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system(call: "pipe", path: nil, code: errno) }
    // Out of the way of the descriptors that a child finds its own ends at.
    for index in ends.indices {
      let end = fcntl(ends[index], F_DUPFD_CLOEXEC, 16)
      close(ends[index])
      guard end >= 0 else { throw .system(call: "pipe", path: nil, code: errno) }
      ends[index] = end
    }
    readEnd = ends[0]
    writeEnd = ends[1]
    open = Set(ends)
  }

  deinit { for end in open { close(end) } }

  func closeWriteEnd() { if open.remove(writeEnd) != nil { close(writeEnd) } }
  func closeReadEnd() { if open.remove(readEnd) != nil { close(readEnd) } }
}

extension [UInt8] {
  /// Writes all of it, in as many pieces as the descriptor takes.
  ///
  /// - Returns: false when the descriptor takes no more.
  package func write(to descriptor: Int32) -> Bool {
    withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        #if canImport(Darwin)
          let count = Darwin.write(descriptor, rest.base, rest.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, rest.base, rest.count)
        #else
          let count = Glibc.write(descriptor, rest.base, rest.count)
        #endif
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN {
          var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&room, 1, -1)
          continue
        }
        if count <= 0 { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  fileprivate var base: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
