#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A compiler that is ended when it has worked or talked for long enough.
///
/// Thirty opening brackets keep its parser busy for ever, and it takes minutes to word 10,000 errors. A
/// shell sets the limit on processor time, which the system keeps, and stops listening after so many
/// bytes, which ends it at its next word. The shell takes 2 ms.
enum ConfinedCommand {
  /// Seconds of processor time; an attempt takes 0.05.
  static let processorSeconds = 5
  /// Bytes listened to: some 190 errors, which take a second.
  static let bytes = 1 << 16
  /// The shell waits and uses no processor, so this is all the time that a loaded machine may take.
  private static let patience = Duration.seconds(60)

  struct Finished {
    let end: ChildProcess.End
    let standardError: [UInt8]
    /// Whether it had more to say.
    let wasCut: Bool
    let ranOutOfTime: Bool

    var words: CompilerWords {
      CompilerWords(String(decoding: standardError, as: UTF8.self), isCut: wasCut)
    }
  }

  private static let script = """
    status=$1 bytes=$2 seconds=$3
    shift 3
    ulimit -t "$seconds"
    { "$@" 2>&1; echo $? > "$status"; } | head -c "$bytes" >&2
    read code < "$status"
    exit "$code"
    """

  /// - Parameter bench: a directory for what the shell writes down.
  static func run(
    _ command: [String], bench: String, seconds: Int = processorSeconds,
    meanwhile: Meanwhile = {}
  ) throws(HarnessError) -> Finished {
    let finished = try ChildProcess.run(
      script: script, ["\(bench)/status", "\(bytes)", "\(seconds)"] + command,
      limits: .init(silence: patience, kept: bytes + 1024), meanwhile: meanwhile)
    var end = finished.end
    // How a shell writes down that a command was ended by a signal.
    if case .exited(let status) = end, status > 128 { end = .signalled(status - 128) }
    return Finished(
      end: end, standardError: finished.standardError,
      wasCut: end == .signalled(SIGPIPE) || finished.standardError.count >= bytes,
      ranOutOfTime: end == .signalled(SIGKILL) || end == .signalled(SIGXCPU))
  }
}
