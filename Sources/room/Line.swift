import Exam

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The two pipes to the grader.
struct Line {
  let requests: Int32
  let answers: Int32

  /// The next message; nil where the grader has hung up.
  func receive<Message: Decodable>(_ type: Message.Type) -> Message? {
    guard let head = bytes(4) else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(head[$1]) << ($1 * 8) }
    guard length <= Wire.longest, let body = bytes(length) else { return nil }
    do {
      return try Wire.message(type, in: body)
    } catch {
      complain("room and grade are of different builds: \(error)")
      _exit(Int32(EX_PROTOCOL))
    }
  }

  /// Sends a message, after all that the attempt has printed.
  func send(_ response: Response) {
    fflush(nil)
    do {
      let frame = try Wire.frame(response)
      var sent = 0
      while sent < frame.count {
        let count = frame[sent...].withUnsafeBytes { write(answers, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { _exit(Int32(EX_IOERR)) }
        sent += count
      }
    } catch {
      _exit(Int32(EX_SOFTWARE))
    }
  }

  private func bytes(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count {
      let more = bytes[got...].withUnsafeMutableBytes { read(requests, $0.baseAddress, $0.count) }
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { return nil }
      got += more
    }
    return bytes
  }
}

/// Says something on standard error.
func complain(_ words: String) {
  let line = Array("\(words)\n".utf8)
  _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}
