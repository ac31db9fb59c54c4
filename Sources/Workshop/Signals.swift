#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Signals that wait until they are asked for.
struct HeldSignals {
  private var before = sigset_t()

  init(_ signals: [Int32]) {
    var mine = Self.set(signals)
    pthread_sigmask(SIG_BLOCK, &mine, &before)
  }

  /// Takes `signal` away, if it has arrived.
  func take(_ signal: Int32) -> Bool {
    var (arrived, only, taken) = (sigset_t(), Self.set([signal]), signal)
    return sigpending(&arrived) == 0 && sigismember(&arrived, signal) == 1
      && sigwait(&only, &taken) == 0
  }

  /// Lets `signal` do what it does by default, now.
  func deliver(_ signal: Int32) {
    var only = Self.set([signal])
    pthread_sigmask(SIG_UNBLOCK, &only, nil)
    raise(signal)
    pthread_sigmask(SIG_BLOCK, &only, nil)
  }

  func restore() {
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  private static func set(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}

/// The signals that ask this process to end, held back so that children are ended first.
package struct BlockedSignals {
  private static let all = [SIGINT, SIGTERM, SIGHUP]
  private let held = HeldSignals(Self.all)

  package init() {}

  /// Whether one waits to be taken.
  package static var hasArrived: Bool {
    var arrived = sigset_t()
    return sigpending(&arrived) == 0 && all.contains { sigismember(&arrived, $0) == 1 }
  }

  /// Takes one that has arrived.
  package func take() -> Int32? { Self.all.first(where: held.take) }

  /// Ends this process as the signal would have ended it, so that a shell sees the same.
  package static func end(by signal: Int32) -> Never {
    HeldSignals([]).deliver(signal)
    exit(128 + signal)
  }

  package func restore() { held.restore() }
}
