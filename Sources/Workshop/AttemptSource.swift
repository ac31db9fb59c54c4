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

/// The text of an attempt, or why there is none to compile.
package enum AttemptSource: Equatable, Sendable {
  case text([UInt8])
  case missing
  case empty
  case directory
  /// A FIFO, a socket or a device.
  case special
  case tooLarge(bytes: Int)
  case unreadable(reason: String)

  /// No attempt is this long; what is, is something else by mistake.
  package static let largest = 1 << 20

  package init(at url: URL) {
    switch FileContents(of: url.path, most: Self.largest) {
    case .bytes(let bytes):
      let isBlank = bytes.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
      self = isBlank ? .empty : .text(bytes)
    case .missing: self = .missing
    case .directory: self = .directory
    case .special: self = .special
    case .tooLarge(let bytes): self = .tooLarge(bytes: bytes)
    case .unreadable(let code): self = .unreadable(reason: String(cString: strerror(code)))
    }
  }
}
