#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Tells a child that waits from one that a loaded machine keeps waiting.
///
/// A child that uses the processor has a limit of its own on that. Here it only has
/// to have used a tenth of a processor, once in every `limit` of wall time; and not for ever.
struct Watchdog {
  /// How many limits a child may be busy for without a word.
  private static let patience = 12

  private let child: pid_t
  private let limit: Duration
  private var start = ContinuousClock.now
  private var used = Duration.zero
  private var extensions = 0

  init(of child: pid_t, limit: Duration) {
    self.child = child
    self.limit = limit
  }

  mutating func hasExpired() -> Bool {
    guard ContinuousClock.now - start > limit else { return false }
    let now = ProcessorTime.used(by: child)
    guard now - used >= limit / 10, extensions < Self.patience else { return true }
    start = .now
    used = now
    extensions += 1
    return false
  }
}
