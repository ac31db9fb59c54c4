#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The loops that a learner would otherwise sit in, each with one exercise and its one test.
enum Rivals {
  static func cargo(in directory: URL, tool: String) throws -> Command {
    let crate = directory.appending(path: "crate")
    let source = """
      pub fn relu(x: f64) -> f64 { if x > 0.0 { x } else { 0.0 } }
      fn main() { println!("{}", relu(1.0)); }
      #[test]
      fn works() { assert_eq!(relu(-1.0), 0.0); }

      """
    try write(
      "[package]\nname = \"one\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
      to: crate.appending(path: "Cargo.toml"))
    let manifest = crate.appending(path: "Cargo.toml").path
    return Command(
      words: [
        "/bin/sh", "-c",
        "'\(tool)' test -q --offline --manifest-path '\(manifest)' && "
          + "'\(tool)' run -q --offline --manifest-path '\(manifest)'",
      ],
      prepare: { try write(source + stamp("//"), to: crate.appending(path: "src/main.rs")) })
  }

  static func swiftTest(in directory: URL, tool: String) throws -> Command {
    let package = directory.appending(path: "one")
    try write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "one", targets: [.target(name: "One"), .testTarget(name: "OneTests", dependencies: ["One"])])

      """, to: package.appending(path: "Package.swift"))
    try write(
      "import Testing\nimport One\n@Test func works() { #expect(relu(-1) == 0) }\n",
      to: package.appending(path: "Tests/OneTests/OneTests.swift"))
    return Command(
      words: [tool, "test", "--package-path", package.path],
      prepare: {
        try write(
          "public func relu(_ x: Double) -> Double { max(0, x) }\n" + stamp("//"),
          to: package.appending(path: "Sources/One/One.swift"))
      })
  }

  static func pytest(in directory: URL, tool: String) throws -> Command {
    let file = directory.appending(path: "test_one.py")
    return Command(
      words: [tool, "-q", file.path],
      prepare: {
        try write(
          """
          import numpy as np
          def relu(x): return np.maximum(x, 0)
          def test_works(): assert relu(np.array([-1.0]))[0] == 0

          """ + stamp("#"), to: file)
      })
  }

  /// An executable that does nothing, in a package that holds nothing else.
  static func emptyRun(in directory: URL, tool: String) throws -> Command {
    let package = directory.appending(path: "empty")
    try write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(name: "empty", targets: [.executableTarget(name: "empty")])

      """, to: package.appending(path: "Package.swift"))
    try write("", to: package.appending(path: "Sources/empty/main.swift"))
    return Command(words: [tool, "run", "--package-path", package.path])
  }

  /// The file that `tool` names on PATH.
  static func find(_ tool: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(tool)" }.first(where: FileManager.default.isExecutableFile(atPath:))
  }

  static func write(_ text: String, to url: URL) throws {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// A comment that no file has held before.
  static func stamp(_ marker: String) -> String { "\(marker) \(UUID().uuidString)\n" }
}
