package import Grading

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
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
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory.path)
        .filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") }
        .map { KeptAttempt(name: String($0.dropLast(6)), file: directory.appending(path: $0)) }
        .sorted { Self.order($1.name) < Self.order($0.name) }
    } catch {
      throw .unreadable(path: project.display(directory))
    }
  }

  /// Puts a kept attempt back in its place. What was there, if it was not the stub, is archived first.
  ///
  /// - Returns: where the replaced attempt is kept, or nil when there was nothing to keep.
  package func restore(_ kept: KeptAttempt, of kata: Kata, at time: Date) throws(HarnessError)
    -> URL?
  {
    guard let data = FileManager.default.contents(atPath: kept.file.path) else {
      throw .unreadable(path: project.display(kept.file))
    }
    if FileManager.default.contents(atPath: project.attempt(kata).path) == data { return nil }
    let archived = try archive(kata, unless: Stub.text(of: kata, in: project), at: time)
    try write(data, to: project.attempt(kata))
    return archived
  }

  func archive(_ kata: Kata, unless stub: String, at time: Date) throws(HarnessError) -> URL? {
    let attempt = project.attempt(kata)
    guard FileManager.default.fileExists(atPath: attempt.path) else { return nil }
    guard let data = FileManager.default.contents(atPath: attempt.path) else {
      // What can not be kept is not replaced.
      throw .unreadable(path: project.display(attempt))
    }
    if data.isEmpty || data == Data(stub.utf8) { return nil }
    let stamp = time.formatted(.iso8601).replacing(":", with: "-")
    var place = project.archive(kata).appending(path: "\(stamp).swift")
    var number = 2
    while FileManager.default.fileExists(atPath: place.path) {
      place = project.archive(kata).appending(path: "\(stamp)-\(number).swift")
      number += 1
    }
    try write(data, to: place)
    return place
  }

  /// The time in a name, and its number within the second: "-10" comes after "-2".
  private static func order(_ name: String) -> (String, Int) {
    guard let end = name.firstIndex(of: "Z") else { return (name, 1) }
    let rest = name[name.index(after: end)...]
    return (String(name[...end]), Int(rest.dropFirst()) ?? 1)
  }
}
