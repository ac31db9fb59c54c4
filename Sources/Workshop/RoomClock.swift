#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a process takes of a time that is kept from outside, whatever it does to signals, timers and limits
/// of its own: what it uses of the processor, and what it spends waiting for anything but its turn.
struct RoomClock {
  /// No longer step is counted: a grader that was stopped has not been waiting.
  private static let longestStep = Duration.milliseconds(100)

  private let process: pid_t
  private let usedBefore: Duration
  private var last = ContinuousClock.now
  private var tick = ContinuousClock.now
  private var usedSoFar: Duration
  private var trace: Trace?
  /// Without use of the processor.
  private(set) var idle = Duration.zero

  init(_ process: pid_t) {
    self.process = process
    usedBefore = ProcessorTime.used(by: process)
    usedSoFar = usedBefore
  }

  var used: Duration { usedSoFar - usedBefore }
  var taken: Duration { used + idle }

  /// Whether a fiftieth of a second has gone by.
  var isTick: Bool {
    mutating get {
      guard ContinuousClock.now - tick > .milliseconds(20) else { return false }
      tick = .now
      return true
    }
  }

  /// Brings the clock up to date.
  mutating func advance() {
    let now = ContinuousClock.now
    let step = min(now - last, Self.longestStep)
    let usedNow = max(usedSoFar, ProcessorTime.used(by: process))
    if trace == nil { trace = Trace(of: process) }
    let busy = usedNow - usedSoFar + (trace?.advance() ?? .zero)
    // What waits for its turn on a loaded machine is not idle.
    if !ProcessorTime.isRunnable(process), !(trace?.isRunnable ?? false) {
      idle += max(.zero, step - busy)
    }
    (last, usedSoFar) = (now, usedNow)
  }
}

/// A backtrace that is being made, by another process than the room.
///
/// It takes 0.04 s of processor time, and on a loaded machine any time until it has had that.
private struct Trace {
  /// Nobody has more of the processor by calling himself a backtrace.
  private static let most = Duration.seconds(2)

  private let maker: pid_t
  private var used: Duration

  init?(of room: pid_t) {
    guard let maker = ProcessorTime.children(of: room).first(where: ProcessorTime.isBacktrace)
    else { return nil }
    self.maker = maker
    used = ProcessorTime.used(by: maker)
  }

  var isRunnable: Bool { used < Self.most && ProcessorTime.isRunnable(maker) }

  /// What it has used since it was last asked.
  mutating func advance() -> Duration {
    let usedNow = max(used, ProcessorTime.used(by: maker))
    defer { used = usedNow }
    return usedNow < Self.most ? usedNow - used : .zero
  }
}
