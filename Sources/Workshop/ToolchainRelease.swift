extension Toolchain {
  /// "6.3.1": the release that `swiftc` on `path` says it is of.
  package static func release(path: String?) throws(HarnessError) -> String {
    let toolchain = try Toolchain(path: path)
    let answer = try ChildProcess.run([toolchain.driver, "--version"], limits: .compiler)
    let words = String(decoding: answer.standardOutput + answer.standardError, as: UTF8.self)
    guard answer.end == .exited(0),
      let match = words.firstMatch(of: #/[Ss]wift version ([0-9]+\.[0-9]+(?:\.[0-9]+)?)/#)
    else { throw .noCompiler }
    return String(match.1)
  }
}
