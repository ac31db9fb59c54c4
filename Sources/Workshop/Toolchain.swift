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

/// The Swift compiler on PATH, and the parts of it that are called directly.
package struct Toolchain: Sendable {
  /// `swiftc` as PATH names it.
  let driver: String
  /// The directory above `bin` and `lib`.
  package let root: String

  /// Finds `swiftc` and its toolchain.
  package init(path: String?) throws(HarnessError) {
    let manager = FileManager.default
    let candidates = (path ?? "").split(separator: ":").map { "\($0)/swiftc" }
    guard let driver = candidates.first(where: manager.isExecutableFile(atPath:)) else {
      throw .noCompiler
    }
    self.driver = driver
    let beside = URL(filePath: driver).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().path
    root =
      manager.isExecutableFile(atPath: "\(beside)/bin/swift-frontend")
      ? beside : try Self.root(askedFrom: driver)
  }

  /// What must be the same for a compiled attempt to be used again.
  var identity: String {
    get throws(HarnessError) { try FileIdentity(of: "\(root)/bin/swift-frontend").description }
  }

  var frontend: String { "\(root)/bin/swift-frontend" }
  var linker: String { "\(root)/bin/ld.lld" }
  var resources: String { "\(root)/lib/swift" }
  var runtimeLibraries: String { "\(resources)/linux" }
  /// Registers the types and conformances of a library when it is loaded.
  var imageRegistration: String { "\(runtimeLibraries)/\(Self.architecture)/swiftrt.o" }

  /// Where a version manager stands in for the compiler, the compiler knows its own place.
  private static func root(askedFrom driver: String) throws(HarnessError) -> String {
    struct TargetInfo: Decodable {
      struct Paths: Decodable { let runtimeResourcePath: String }
      let paths: Paths
    }
    let answer = try ChildProcess.run([driver, "-print-target-info"], limits: .compiler)
    do {
      let info = try JSONDecoder().decode(TargetInfo.self, from: Data(answer.standardOutput))
      return URL(filePath: info.paths.runtimeResourcePath)
        .deletingLastPathComponent().deletingLastPathComponent().path
    } catch {
      throw .noCompiler
    }
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "aarch64"
    #else
      #error("add this architecture's name under lib/swift/linux")
    #endif
  }
}

/// Tells one version of a file from another without reading it.
struct FileIdentity: CustomStringConvertible {
  let description: String

  init(of path: String) throws(HarnessError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unreadable(path: path) }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    description = "\(path) \(status.st_size) \(status.st_ino) \(time.tv_sec).\(time.tv_nsec)"
  }
}
