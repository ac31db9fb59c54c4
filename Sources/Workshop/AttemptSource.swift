#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The text of an attempt, or why there is none to compile.
package enum AttemptSource: Equatable, Sendable {
  case text([UInt8])
  case missing
  case empty
  case directory
  case tooLarge(bytes: Int)
  case unreadable(reason: String)

  /// No attempt is this long; what is, is something else by mistake.
  package static let largest = 1 << 20

  package init(at url: URL) {
    let manager = FileManager.default
    var isDirectory: Bool = false
    guard manager.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
      self = .missing
      return
    }
    if isDirectory {
      self = .directory
      return
    }
    do {
      let attributes = try manager.attributesOfItem(atPath: url.path)
      if let size = attributes[.size] as? Int, size > Self.largest {
        self = .tooLarge(bytes: size)
        return
      }
      let bytes = [UInt8](try Data(contentsOf: url))
      let isBlank = bytes.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
      self = isBlank ? .empty : .text(bytes)
    } catch {
      self = .unreadable(reason: HarnessError.reason(error))
    }
  }
}
