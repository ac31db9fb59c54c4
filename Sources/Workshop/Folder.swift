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

/// A folder of somebody else's: no link in it is followed.
package struct Folder: Sendable {
  package enum Kind: Sendable {
    case file, folder, link
    /// A pipe, a device, or something that is gone.
    case other
  }

  package struct Entry: Sendable {
    package let name: String
    package let kind: Kind
    /// Seconds since 1970.
    package let modified: Int
  }

  package let url: URL

  package init(_ url: URL) { self.url = url }

  /// What is in it, by name; nil where it cannot be read.
  package var entries: [Entry]? {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: url.path)
    } catch {
      return nil
    }
    return names.sorted().map { name in
      var status = stat()
      guard lstat("\(url.path)/\(name)", &status) == 0 else {
        return Entry(name: name, kind: .other, modified: 0)
      }
      let kind: Kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
      return Entry(name: name, kind: kind, modified: status.modified)
    }
  }
}

extension stat {
  /// Whole seconds since 1970.
  var modified: Int {
    #if canImport(Darwin)
      Int(st_mtimespec.tv_sec)
    #else
      Int(st_mtim.tv_sec)
    #endif
  }
}
