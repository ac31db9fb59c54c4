#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What is at a path, read without waiting for anybody: not for the writer of a FIFO, nor for the end
/// of a device that has none.
package enum FileContents: Equatable, Sendable {
  case bytes([UInt8])
  case missing
  case directory
  /// A FIFO, a socket or a device.
  case special
  case tooLarge(bytes: Int)
  case unreadable(code: Int32)

  /// - Parameter most: a larger file is not read.
  package init(of path: String, most: Int = 64 << 20) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: self = .missing
      case ENXIO: self = .special
      default: self = .unreadable(code: errno)
      }
      return
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      self = .unreadable(code: errno)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = Self.regular(descriptor, size: Int(status.st_size), most: most)
    case S_IFDIR: self = .directory
    default: self = .special
    }
  }

  private static func regular(_ descriptor: Int32, size: Int, most: Int) -> FileContents {
    guard size <= most else { return .tooLarge(bytes: size) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .unreadable(code: errno) }
      if count == 0 { return .bytes(bytes) }
      bytes += buffer[..<count]
      // It grows while it is read.
      guard bytes.count <= most else { return .tooLarge(bytes: bytes.count) }
    }
  }
}
