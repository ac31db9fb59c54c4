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

/// A directory in which an attempt or a compiler could leave what it liked.
///
/// Directories inside are moved to its top before they are looked into, so that every moment spent on them
/// gets somewhere, however deep they are nested: `rm -rf` goes down to the last before it removes one.
struct Litter {
  private static let patience = Duration.seconds(1)
  private static let mark = "litter-"

  private let directory: String
  private let deadline: ContinuousClock.Instant
  /// Names at the top of directories that were not looked into.
  private var waiting: [String] = [""]
  private var moved = 0
  /// What names of directories that were moved begin with, and no others.
  private let token = String(UInt64.random(in: 0...UInt64.max), radix: 36)

  /// Removes a directory as far as that takes a second. What is left then has a name that says so, and is
  /// removed further by the gradings that follow, a second at a time.
  static func remove(_ directory: String, patience: Duration = patience) {
    var litter = Litter(directory: directory, deadline: .now + patience)
    litter.remove()
    guard access(directory, F_OK) == 0, !isLeft(directory) else { return }
    let url = URL(filePath: directory)
    rename(directory, url.deletingLastPathComponent().path + "/\(mark)\(url.lastPathComponent)")
  }

  /// Whether nobody uses the directory at this path, and it only waits to be removed.
  static func isLeft(_ path: String) -> Bool {
    URL(filePath: path).lastPathComponent.hasPrefix(mark)
  }

  private init(directory: String, deadline: ContinuousClock.Instant) {
    (self.directory, self.deadline) = (directory, deadline)
  }

  private mutating func remove() {
    while let name = waiting.popLast() {
      let path = "\(directory)/\(name)"
      // Whoever made it may have forbidden its owner to look into it.
      guard let stream = opendir(path) ?? (chmod(path, 0o700) == 0 ? opendir(path) : nil) else {
        continue
      }
      let isEmpty = clear(stream)
      closedir(stream)
      guard isEmpty else { return }
      if !name.isEmpty { rmdir(path) }
    }
    rmdir(directory)
  }

  /// Removes the files of a directory, and moves its directories to the top.
  ///
  /// - Returns: false when there was no time for that.
  private mutating func clear(_ stream: Stream) -> Bool {
    let parent = dirfd(stream)
    while let entry = readdir(stream) {
      guard ContinuousClock.now < deadline else { return false }
      // The bytes of a name need not be text.
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return false }
      let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { continue }
      // The top lists what comes there meanwhile.
      if strncmp(name, token, token.utf8.count) == 0 { continue }
      if unlinkat(parent, name, 0) != 0 { moveToTop(name, from: parent) }
    }
    return true
  }

  private mutating func moveToTop(_ name: UnsafePointer<CChar>, from parent: Int32) {
    moved += 1
    let place = "\(token)-\(moved)"
    func move() -> Bool { renameat(parent, name, AT_FDCWD, "\(directory)/\(place)") == 0 }
    if move() || fchmodat(parent, name, 0o700, 0) == 0 && move() { waiting.append(place) }
  }

  #if canImport(Darwin)
    private typealias Stream = UnsafeMutablePointer<DIR>
  #else
    private typealias Stream = OpaquePointer
  #endif
}
