package import Grading

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

/// An attempt that was replaced, and is kept.
package struct KeptAttempt: Equatable, Sendable {
  /// When it was replaced, in UTC: "2027-01-15T08-00-00Z"; "-2" follows for the second of a second.
  package let name: String
  package let file: URL
}

extension Desk {
  /// The attempts at `kata` that were replaced, the latest first.
  package func keptAttempts(of kata: Kata) throws(HarnessError) -> [KeptAttempt] {
    let directory = project.archive(kata)
    guard FileManager.default.fileExists(atPath: directory.path) else { return [] }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    } catch {
      throw .unreadable(path: project.display(directory))
    }
    let kept = names.filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") }
      .map { KeptAttempt(name: String($0.dropLast(6)), file: directory.appending(path: $0)) }
      .sorted { Self.order($1.name) < Self.order($0.name) }
    return kept.filter { isWorthKeeping($0.file, of: kata) }
  }

  /// Puts a kept attempt back in its place. What was there, if it was not the stub, is archived first.
  ///
  /// - Returns: where the replaced attempt is kept, or nil when there was nothing to keep.
  package func restore(_ kept: KeptAttempt, of kata: Kata, at time: Date) throws(HarnessError)
    -> URL?
  {
    guard case .bytes(let bytes) = FileContents(of: kept.file.path) else {
      throw .unreadable(path: project.display(kept.file))
    }
    return try lay(bytes, for: kata, at: time)
  }

  /// Lays `bytes` in the place of the attempt.
  ///
  /// - Returns: where the replaced attempt is kept, or nil when there was nothing to keep. A program with
  ///   bugs is none.
  func lay(_ bytes: [UInt8], for kata: Kata, at time: Date) throws(HarnessError) -> URL? {
    guard hasProgram(kata) else {
      return try lay(bytes, for: kata, movingInto: project.archive(kata), at: time)
    }
    _ = try lay(bytes, for: kata, movingInto: project.programs(kata), at: time)
    try forgetProgram(kata)
    return nil
  }

  /// What is there is renamed into the archive, so that a save goes into one file or the other, whenever
  /// it comes. Nothing that was ever an attempt is deleted.
  private func lay(
    _ bytes: [UInt8], for kata: Kata, movingInto archive: URL, at time: Date
  ) throws(HarnessError) -> URL? {
    // A link stays what it is; the file that it leads to is replaced.
    let attempt = project.attempt(kata).resolvingSymlinksInPath().path
    var kept: URL?
    do throws(HarnessError) {
      return try lay(bytes, at: attempt, of: kata, movingInto: archive, at: time, keeping: &kept)
    } catch {
      guard case .cannotWrite(let path, let reason) = error else { throw error }
      if let file = kept?.path { FileMove.putBack(file, to: attempt) }
      let isThere = FileContents(of: attempt) != .missing
      throw .notReplaced(
        attempt: project.display(project.attempt(kata)), path: path, reason: reason,
        place: isThere ? nil : kept.map(project.display))
    }
  }

  private func lay(
    _ bytes: [UInt8], at attempt: String, of kata: Kata, movingInto archive: URL, at time: Date,
    keeping kept: inout URL?
  ) throws(HarnessError) -> URL? {
    let draft = archive.appending(path: ".\(getpid())-\(UUID().uuidString)").path
    var isDrafted = false
    defer { if isDrafted { unlink(draft) } }
    // Each round is one save that came between.
    for _ in 0..<1000 {
      let found = FileContents(of: attempt)
      switch found {
      case .bytes(bytes): return kept.flatMap { isWorthKeeping($0, of: kata) ? $0 : nil }
      case .missing, .bytes, .tooLarge: break
      // What cannot be kept is not replaced.
      case .directory, .special, .unreadable:
        throw .unreadable(path: project.display(project.attempt(kata)))
      }
      if !isDrafted {
        try prepare(project.attempt(kata).deletingLastPathComponent())
        try prepare(archive)
        isDrafted = FileMove.makeDraft(bytes, at: draft)
        guard isDrafted else { throw cannotWrite(archive) }
      }
      if found != .missing {
        kept = try move(attempt, into: archive, of: kata, at: time) ?? kept
      }
      // Nothing is done in between, so that the file is back before anybody misses it.
      if FileMove.lay(draft, holding: bytes, at: attempt) {
        // It is the attempt now, and no draft anymore: a save may be in it.
        unlink(draft)
        isDrafted = false
      } else if errno != EEXIST {
        throw cannotWrite(project.attempt(kata))
      }
    }
    throw .cannotWrite(
      path: project.display(project.attempt(kata)), reason: "something writes it all the time")
  }

  /// - Returns: nil when the file is not there anymore.
  private func move(
    _ attempt: String, into directory: URL, of kata: Kata, at time: Date
  ) throws(HarnessError) -> URL? {
    let stamp = time.formatted(.iso8601).replacing(":", with: "-")
    let names = (1...).lazy.map { $0 == 1 ? "\(stamp).swift" : "\(stamp)-\($0).swift" }
    guard let place = FileMove.reserve(names.map { directory.appending(path: $0).path }) else {
      throw cannotWrite(directory)
    }
    guard FileMove.move(attempt, onto: place) else {
      let code = errno
      unlink(place)
      if code == ENOENT { return nil }
      errno = code
      throw cannotWrite(project.attempt(kata))
    }
    return URL(filePath: place)
  }

  /// Neither nothing nor the stub. An editor may have emptied a file to fill it a moment later, so such
  /// files are not deleted, but not shown either.
  private func isWorthKeeping(_ file: URL, of kata: Kata) -> Bool {
    switch FileContents(of: file.path) {
    case .bytes(let bytes): return !bytes.isEmpty && bytes != stub(of: kata)
    case .tooLarge, .unreadable: return true
    case .missing, .directory, .special: return false
    }
  }

  /// Nil where nobody knows it.
  private func stub(of kata: Kata) -> [UInt8]? {
    do {
      return Array(try Stub.text(of: kata, in: project).utf8)
    } catch {
      return nil
    }
  }

  private func prepare(_ directory: URL) throws(HarnessError) {
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: project.display(directory), reason: HarnessError.reason(error))
    }
  }

  private func cannotWrite(_ url: URL) -> HarnessError {
    .cannotWrite(path: project.display(url), reason: String(cString: strerror(errno)))
  }

  /// The time in a name, and its number within the second: "-10" comes after "-2".
  private static func order(_ name: String) -> (String, Int) {
    guard let end = name.firstIndex(of: "Z") else { return (name, 1) }
    let rest = name[name.index(after: end)...]
    return (String(name[...end]), Int(rest.dropFirst()) ?? 1)
  }
}
