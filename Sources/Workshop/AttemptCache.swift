#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Compiled attempts, by their text and by what compiled them.
///
/// Beside every library lies the text it was made from, so that a hash never has the last word. A library
/// appears by being renamed, whole, so that two graders at once do not see each other's halves.
package struct AttemptCache: Sendable {
  /// Libraries kept; the oldest go first.
  private static let capacity = 64

  let directory: URL
  /// Where to go when this one cannot be written after all.
  private let fallback: URL?

  private init(_ directory: URL, fallback: URL?) {
    self.directory = directory
    self.fallback = fallback
  }

  /// A cache in `preferred`, or in the temporary directory where that cannot be written.
  package init(preferred: URL) throws(HarnessError) {
    let fallback = FileManager.default.temporaryDirectory.appending(path: "katas-cache-\(getuid())")
    if Self.make(preferred) {
      self.init(preferred, fallback: fallback)
    } else if Self.make(fallback) {
      self.init(fallback, fallback: nil)
    } else {
      throw .system(call: "write to", path: fallback.path, code: errno)
    }
  }

  /// The cache in the temporary directory, unless this is it.
  var elsewhere: AttemptCache? {
    guard let fallback, Self.make(fallback) else { return nil }
    return AttemptCache(fallback, fallback: nil)
  }

  private static func make(_ directory: URL) -> Bool {
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      return false
    }
    return access(directory.path, W_OK) == 0
  }

  func library(for source: [UInt8], key: [String]) -> String? {
    let stem = stem(source, key)
    guard let kept = FileManager.default.contents(atPath: "\(stem).swift"),
      kept.elementsEqual(source),
      FileManager.default.fileExists(atPath: "\(stem).so")
    else { return nil }
    return "\(stem).so"
  }

  /// Takes a library into the cache, and returns its place there.
  func keep(_ library: String, source: [UInt8], key: [String]) throws(HarnessError) -> String {
    let stem = stem(source, key)
    let text = "\(library).swift"
    try write(source, to: text)
    for (from, to) in [(text, "\(stem).swift"), (library, "\(stem).so")] {
      guard rename(from, to) == 0 else { throw .system(call: "rename", path: to, code: errno) }
    }
    prune()
    return "\(stem).so"
  }

  /// An empty directory that is nobody else's.
  func makeScratchDirectory() throws(HarnessError) -> String {
    var template = Array("\(directory.path)/scratch-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) } != nil
    }
    guard made else {
      let code = errno
      if let elsewhere { return try elsewhere.makeScratchDirectory() }
      errno = code
      throw .system(call: "make a directory in", path: directory.path, code: errno)
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func write(_ bytes: [UInt8], to path: String) throws(HarnessError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system(call: "write", path: path, code: errno) }
    defer { close(descriptor) }
    guard bytes.write(to: descriptor) else {
      throw .system(call: "write", path: path, code: errno)
    }
  }

  /// Finds out whether there is room in a scratch directory.
  func proveWritable(_ scratch: String) throws(HarnessError) {
    let path = "\(scratch)/room"
    defer { unlink(path) }
    try write([UInt8](repeating: 0, count: 1 << 18), to: path)
  }

  /// Removes a scratch directory; one that resists is only litter, named by mkdtemp so that it is in
  /// nobody's way.
  func remove(_ scratch: String) { Litter.remove(scratch) }

  private func stem(_ source: [UInt8], _ key: [String]) -> String {
    let bytes = source + [0] + Array(key.joined(separator: "\0").utf8)
    return directory.appending(path: bytes.fingerprint).path
  }

  private func prune() {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    } catch {
      return
    }
    let byAge = names.map { name in
      var status = stat()
      let path = "\(directory.path)/\(name)"
      return (path: path, modified: stat(path, &status) == 0 ? status.modified : 0)
    }.sorted { $0.modified < $1.modified }
    for old in byAge.filter({ $0.path.hasSuffix(".so") }).dropLast(Self.capacity) {
      unlink(old.path)
      unlink(old.path.dropLast(3) + ".swift")
    }
    // A grader that was killed could not clear up after itself. What takes long has time until the next.
    let anHourAgo = Int(Date().timeIntervalSince1970) - 3600
    let deadline = ContinuousClock.now + .seconds(1)
    for old in byAge
    where Litter.isLeft(old.path)
      || old.path.contains("/scratch-") && old.modified < anHourAgo
    {
      remove(old.path)
      if ContinuousClock.now > deadline { return }
    }
  }
}
