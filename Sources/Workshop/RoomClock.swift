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
  /// Whose child the process is, with all that has lost its own parent.
  private let keeper: pid_t?
  private let usedBefore: Duration
  private var last = ContinuousClock.now
  private var tick = ContinuousClock.now
  private var usedSoFar: Duration
  private var trace: Trace?
  /// Without use of the processor.
  private(set) var idle = Duration.zero
  /// Whether there are processes that it has started, beside a backtrace. Then it is they that keep it
  /// waiting for its turn.
  private(set) var hasCompany = false

  init(_ process: pid_t, under keeper: pid_t? = nil) {
    (self.process, self.keeper) = (process, keeper)
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

  /// Brings what was used up to date, and no more.
  mutating func advanceUse() { usedSoFar = max(usedSoFar, ProcessorTime.used(by: process)) }

  /// Brings the clock up to date.
  mutating func advance() {
    let now = ContinuousClock.now
    let step = min(now - last, Self.longestStep)
    let usedNow = max(usedSoFar, ProcessorTime.used(by: process))
    let children = ProcessorTime.children(of: process)
    if trace == nil { trace = Trace(among: children) }
    if let keeper {
      let others = children + ProcessorTime.children(of: keeper).filter { $0 != process }
      hasCompany = others.contains { $0 != trace?.maker }
    }
    let busy = usedNow - usedSoFar + (trace?.advance() ?? .zero)
    // What waits for its turn on a loaded machine is not idle.
    let isRunnable = ProcessorTime.isRunnable(process) || trace?.isRunnable ?? false
    if hasCompany || !isRunnable {
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

  let maker: pid_t
  private var used: Duration

  init?(among children: [pid_t]) {
    guard let maker = children.first(where: ProcessorTime.isBacktrace) else { return nil }
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
