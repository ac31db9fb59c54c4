#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Turns one attempt into a shared library that a room can load.
package struct Compiler: Sendable {
  package enum Product: Equatable, Sendable {
    case library(path: String)
    /// The compiler's words, with the attempt's path as the learner knows it.
    case errors(String)
  }

  let toolchain: Toolchain
  /// The module that attempts import: `KataKit.swiftmodule`.
  let module: String
  let cache: AttemptCache

  /// - Parameter module: the path of `KataKit.swiftmodule`.
  package init(toolchain: Toolchain, module: String, cache: AttemptCache) throws(HarnessError) {
    guard FileManager.default.fileExists(atPath: module) else {
      throw .noKataKit(directory: module)
    }
    self.toolchain = toolchain
    self.module = module
    self.cache = cache
  }

  /// Compiles `source`, unless the same text was compiled before by the same compiler.
  ///
  /// - Parameters:
  ///   - fileName: the name in messages of the Swift runtime: "Backprop.swift".
  ///   - path: the path in the compiler's messages.
  ///   - directory: where a debugger finds the file; nil where there is none of this name.
  ///   - isDebugged: whether a debugger has to know the attempt's types, which takes time to write down.
  package func compile(
    _ source: [UInt8], fileName: String, path: String, directory: String? = nil,
    isDebugged: Bool = false, color: Bool, meanwhile: Meanwhile = {}
  ) throws(HarnessError) -> Product {
    do {
      return try compile(
        source, fileName, path, directory, isDebugged, color, in: cache, meanwhile)
    } catch {
      // A checkout on a disk that is full; the temporary directory may be on another.
      guard error.isAboutWriting, let elsewhere = cache.elsewhere else { throw error }
      return try compile(
        source, fileName, path, directory, isDebugged, color, in: elsewhere, meanwhile)
    }
  }

  private func compile(
    _ source: [UInt8], _ fileName: String, _ path: String, _ directory: String?,
    _ isDebugged: Bool, _ color: Bool, in cache: AttemptCache, _ meanwhile: Meanwhile
  ) throws(HarnessError) -> Product {
    let key = [
      fileName, directory ?? "", try toolchain.identity, try FileIdentity(of: module).description,
      isDebugged ? "types" : "",
    ]
    if let library = cache.library(for: source, key: key) { return .library(path: library) }
    let bench = try cache.makeScratchDirectory()
    defer { cache.remove(bench) }
    let (file, library) = ("\(bench)/\(fileName)", "\(bench)/Attempt.so")
    try cache.write(source, to: file)
    var command = compilation(of: file, to: bench, library: library, color: color)
    // A breakpoint in the learner's file is one in this copy of it.
    // Paths are written from the compilation directory, which the map has to reach, too. It is for the
    // debugger alone: clang keeps the modules of the C library by it, so that each bench would have
    // them made anew, which takes longer than all the rest, and 3 MB that nobody removes.
    if let directory, isDebugged {
      command += ["-file-compilation-dir", bench, "-debug-prefix-map", "\(bench)=\(directory)"]
    }
    var finished = try ConfinedCommand.run(command, bench: bench, meanwhile: meanwhile)
    if finished.wasCut, !finished.words.hasErrors {
      // A thousand warnings are no error, and there is no end of them to wait for.
      finished = try ConfinedCommand.run(
        command + ["-suppress-warnings"], bench: bench, seconds: 2, meanwhile: meanwhile)
    }
    guard finished.end == .exited(0) else {
      try cache.proveWritable(bench)
      let words = finished.words
      if words.isAbout(module: module, source: source) {
        throw .otherCompiler(details: words.text(about: file))
      }
      let text = words.text(about: file, source: source).replacing(file, with: path)
      switch finished.end {
      case .silent: return .errors(Self.endless)
      case .signalled where finished.ranOutOfTime: return .errors(Self.endless)
      case .signalled where !finished.wasCut: return .errors(Self.crashed)
      default: return .errors(text)
      }
    }
    #if os(Linux)
      let types = isDebugged ? [try types(of: file, on: bench)] : []
      try link(object: "\(bench)/Attempt.o", and: types, to: library)
    #endif
    return .library(path: try cache.keep(library, source: source, key: key))
  }

  private static let endless = """
    The compiler did not come to an end with it. Something in it is nested too deeply or is too long for \
    the compiler: break it up, and write the types of the parts.
    """
  private static let crashed = """
    The compiler itself crashed on it, so it cannot say where. Take back what you wrote last, or write it \
    in another way.
    """

  #if os(Linux)
    /// The frontend without its driver, on one file: a third of `swiftc -emit-library`.
    private func compilation(of file: String, to bench: String, library: String, color: Bool)
      -> [String]
    {
      [
        toolchain.frontend, "-frontend", "-c", "-primary-file", file,
        "-resource-dir", toolchain.resources, "-swift-module-file=KataKit=\(module)",
        "-module-name", "Attempt", "-parse-as-library", "-g", "-diagnostic-style", "swift",
        // On a slow machine, too, it is the compiler that gives up, and names the line.
        "-solver-expression-time-threshold=\(ConfinedCommand.processorSeconds - 2)",
        color ? "-color-diagnostics" : "-no-color-diagnostics",
        "-o", "\(bench)/Attempt.o",
      ]
    }

    /// An object that tells lldb of the attempt's types; without it `po` prints nothing but raw memory.
    private func types(of file: String, on bench: String) throws(HarnessError) -> String {
      let (module, object) = ("\(bench)/Attempt.swiftmodule", "\(bench)/Types.o")
      let commands = [
        [
          toolchain.frontend, "-frontend", "-emit-module", file,
          "-resource-dir", toolchain.resources, "-swift-module-file=KataKit=\(self.module)",
          "-module-name", "Attempt", "-parse-as-library", "-serialize-debugging-options",
          "-suppress-warnings", "-o", module,
        ],
        [toolchain.frontend, "-modulewrap", module, "-o", object],
      ]
      for command in commands {
        let finished = try ChildProcess.run(command, limits: .compiler)
        guard finished.end == .exited(0) else {
          throw .cannotLink(details: String(decoding: finished.standardError, as: UTF8.self))
        }
      }
      return object
    }

    private func link(
      object: String, and others: [String], to library: String
    ) throws(HarnessError) {
      var command =
        [toolchain.linker, "-shared", "--threads=1", "-O0", object] + others
        + [toolchain.imageRegistration, "-o", library]
      command += Self.unsharedLibrary
      let imported = try importedLibraries(of: object)
      if !imported.isEmpty {
        command += ["-L", toolchain.runtimeLibraries, "-rpath", toolchain.runtimeLibraries]
        command += imported.map { "-l\($0)" }
      }
      let finished = try ChildProcess.run(command, limits: .compiler)
      guard finished.end == .exited(0) else {
        throw .cannotLink(details: String(decoding: finished.standardError, as: UTF8.self))
      }
    }

    /// The few functions of glibc that every library has a copy of: `atexit` and, in old versions, `stat`.
    ///
    /// They tell libraries apart by an address inside each, which a driver takes from `crtbeginS.o`.
    private static let unsharedLibrary: [String] = {
      let directories = [
        "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/lib64",
        "/usr/lib",
      ]
      let file = directories.lazy.map { "\($0)/libc_nonshared.a" }
        .first(where: FileManager.default.fileExists(atPath:))
      return file.map { [$0, "--defsym=__dso_handle=_DYNAMIC"] } ?? []
    }()

    /// The libraries of the toolchain that the attempt's imports ask for, beyond those that the room
    /// has loaded for every attempt.
    ///
    /// The object lists them as strings, each "-lName" and a zero byte. `swift-autolink-extract` prints
    /// the same in 22 ms, as long as a third of the compilation.
    private func importedLibraries(of object: String) throws(HarnessError) -> [String] {
      let loaded: Set = [
        "swiftCore", "swiftGlibc", "swift_Concurrency", "swift_StringProcessing",
        "swift_RegexParser",
        "swiftSwiftOnoneSupport",
      ]
      let bytes: Data
      do {
        bytes = try Data(contentsOf: URL(filePath: object))
      } catch {
        throw .unreadable(path: object)
      }
      let names = bytes.split(separator: 0).filter { $0.starts(with: Array("-l".utf8)) }
        .map { String(decoding: $0.dropFirst(2), as: UTF8.self) }
      return Set(names).subtracting(loaded).sorted().filter {
        FileManager.default.fileExists(atPath: "\(toolchain.runtimeLibraries)/lib\($0).so")
      }
    }
  #else
    private func compilation(of file: String, to bench: String, library: String, color: Bool)
      -> [String]
    {
      [
        toolchain.driver, "-emit-library", "-wmo", "-g", "-module-name", "Attempt",
        "-parse-as-library", "-Xfrontend", "-swift-module-file=KataKit=\(module)",
        "-Xlinker", "-undefined", "-Xlinker", "dynamic_lookup",
        color ? "-color-diagnostics" : "-no-color-diagnostics", file, "-o", library,
      ]
    }
  #endif
}
