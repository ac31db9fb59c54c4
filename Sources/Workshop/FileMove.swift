#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ways to move files in which nothing that somebody else has written is overwritten.
enum FileMove {
  /// Makes an empty file at the first of `candidates` where there is nothing.
  ///
  /// - Returns: its path, or nil and `errno` when none can be made.
  static func reserve(_ candidates: some Sequence<String>) -> String? {
    for path in candidates {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor >= 0 {
        close(descriptor)
        return path
      }
      if errno != EEXIST { return nil }
    }
    return nil
  }

  /// Renames a file onto one that was reserved, also from one file system to another.
  ///
  /// - Returns: false and `errno` when it is where it was.
  static func move(_ path: String, onto reserved: String) -> Bool {
    if rename(path, reserved) == 0 { return true }
    guard errno == EXDEV else { return false }
    // Out of the writers' way first, so that what is copied is all there is.
    guard let aside = reserve((1...).lazy.map { "\(path).\($0)" }) else { return false }
    guard rename(path, aside) == 0 else {
      let code = errno
      unlink(aside)
      errno = code
      return false
    }
    guard case .bytes(let bytes) = FileContents(of: aside),
      write(bytes, over: reserved, flushed: true)
    else {
      let code = errno
      // Kept, whatever comes of it: under its own name if that is still free.
      putBack(aside, to: path)
      errno = code
      return false
    }
    unlink(aside)
    return true
  }

  /// Gives a file its old name again, unless something has come there since; then it stays.
  @discardableResult
  static func putBack(_ file: String, to path: String) -> Bool {
    if link(file, path) == 0 {
      unlink(file)
      return true
    }
    // Some file systems have no links.
    return errno != EEXIST && access(path, F_OK) != 0 && rename(file, path) == 0
  }

  /// Writes a new file that waits to be laid somewhere.
  static func makeDraft(_ bytes: [UInt8], at path: String) -> Bool {
    guard reserve([path]) != nil else { return false }
    if write(bytes, over: path) { return true }
    let code = errno
    unlink(path)
    errno = code
    return false
  }

  /// Puts `draft`, which holds `bytes` and stays, where there is nothing: whole and at once.
  ///
  /// - Returns: false and `errno`, `EEXIST` when there is something.
  static func lay(_ draft: String, holding bytes: [UInt8], at path: String) -> Bool {
    if link(draft, path) == 0 { return true }
    // Some file systems have no links, and a draft may be on another one.
    guard [EPERM, EXDEV, ENOTSUP, ENOSYS, EMLINK].contains(errno), reserve([path]) != nil else {
      return false
    }
    if write(bytes, over: path) { return true }
    let code = errno
    unlink(path)
    errno = code
    return false
  }

  private static func write(
    _ bytes: [UInt8], over path: String, flushed isFlushed: Bool = false
  ) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return bytes.write(to: descriptor) && (!isFlushed || fsync(descriptor) == 0)
  }
}
