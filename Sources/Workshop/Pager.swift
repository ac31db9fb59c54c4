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

/// A text that is longer than the screen, in the reader's own pager.
package enum Pager {
  /// What `environment` names, or `less` where it is on PATH; nil where there is none, or none is wanted.
  static func command(in environment: [String: String]) -> String? {
    if let named = environment["PAGER"] { return named.isEmpty ? nil : named }
    let directories = environment["PATH", default: ""].split(separator: ":")
    return directories.contains { FileManager.default.isExecutableFile(atPath: "\($0)/less") }
      ? "less" : nil
  }

  /// Shows `text` until it is put away.
  ///
  /// - Returns: whether there is a pager that did.
  package static func show(
    _ text: String, environment: [String: String]
  ) throws(HarnessError) -> Bool {
    guard let command = command(in: environment) else { return false }
    let file = FileManager.default.temporaryDirectory.appending(path: "katas-\(UUID()).txt")
    do {
      try Data(text.utf8).write(to: file)
    } catch {
      throw .cannotWrite(path: file.path, reason: HarnessError.reason(error))
    }
    defer { unlink(file.path) }
    // As git asks for it: colors, no more than the text needs, and what was read stays on the screen.
    let settings = ["LESS": "FRX", "LESSCHARSET": "utf-8"].merging(environment) { $1 }
    let reader = try Editor("\(command) <", file: file, environment: settings)
    return ![126, 127].contains(reader.wait())
  }
}
