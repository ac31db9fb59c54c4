#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Processes that an attempt started and moved out of its process group.
package enum Orphans {
  /// Makes this process the parent of every descendant that loses its own.
  ///
  /// - Returns: false where the system has no such thing; what leaves its group then escapes.
  package static func adopt() -> Bool { setAdoption(true) }

  /// Lets descendants that lose their parent go, so that an editor's window outlives a grading.
  package static func release() { _ = setAdoption(false) }

  private static func setAdoption(_ isWanted: Bool) -> Bool {
    #if os(Linux)
      // prctl is variadic, which Swift does not import; on Linux the calling convention is the same.
      typealias Prctl = @convention(c) (CInt, CUnsignedLong) -> CInt
      guard let symbol = dlsym(nil, "prctl") else { return false }
      let setChildSubreaper: CInt = 36
      return unsafeBitCast(symbol, to: Prctl.self)(setChildSubreaper, isWanted ? 1 : 0) == 0
    #else
      return false
    #endif
  }

  /// What forks on and on is left at last, as is what the system cannot end.
  private static let patience = Duration.seconds(3)

  /// Ends every child of this process, and the children that they leave, until there are none.
  ///
  /// - Parameter kept: children that stay.
  static func end(except kept: Set<pid_t> = []) {
    // Each round ends one generation, once it has had its turn to end. None waits: a child that is traced
    // cannot be waited for before whoever traces it has ended.
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      let children = ProcessorTime.children(of: getpid()).filter { !kept.contains($0) }
      if children.isEmpty { return }
      for child in children {
        kill(child, SIGKILL)
        waitpid(child, nil, WNOHANG)
      }
      usleep(200)
    }
  }
}
