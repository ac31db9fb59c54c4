#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How long one message has been waited for: the bound that is kept from outside, whatever an attempt
/// does to signals, timers and limits of its own.
struct RoomClock {
  /// No longer step is counted: a grader that was stopped has not been waiting.
  private static let longestStep = Duration.milliseconds(100)

  private let room: pid_t
  private let limits: RoomLimits
  private let usedBefore: Duration
  private var last = ContinuousClock.now
  private var tick = ContinuousClock.now
  /// Without use of the processor.
  private var idle = Duration.zero
  private var used: Duration
  private var trace: Trace?

  init(_ room: pid_t, _ limits: RoomLimits) {
    (self.room, self.limits) = (room, limits)
    usedBefore = ProcessorTime.used(by: room)
    used = usedBefore
  }

  var isIdle: Bool { idle > limits.silence }

  /// Brings the clock up to date.
  var isOverdue: Bool {
    mutating get {
      let now = ContinuousClock.now
      let step = min(now - last, Self.longestStep)
      let usedNow = ProcessorTime.used(by: room)
      // What waits for its turn on a loaded machine is not idle.
      let isIdle = usedNow - used < step / 20 && !ProcessorTime.isRunnable(room)
      if isIdle, !isTraced(for: step) { idle += step }
      (last, used) = (now, usedNow)
      // The room has a timer of its own for a question; this is for one that has taken it away.
      return self.isIdle || used - usedBefore > .seconds(limits.processorSeconds + 1)
        || used > .seconds(limits.processorSecondsInAll)
    }
  }

  /// Whether a fiftieth of a second has gone by.
  var isTick: Bool {
    mutating get {
      guard ContinuousClock.now - tick > .milliseconds(20) else { return false }
      tick = .now
      return true
    }
  }

  /// Whether the room waits for the runtime to write down where it is, and that is being done.
  private mutating func isTraced(for step: Duration) -> Bool {
    if trace == nil { trace = Trace(of: room) }
    return trace?.isMade(for: step) ?? false
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

  /// Whether it has come on in this step, or would have, if it had had a processor.
  mutating func isMade(for step: Duration) -> Bool {
    let usedNow = ProcessorTime.used(by: maker)
    defer { used = usedNow }
    return usedNow < Self.most
      && (usedNow - used >= step / 20 || ProcessorTime.isRunnable(maker))
  }
}
