#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What goes on while something else is waited for; what it throws ends the wait and what is waited for.
package typealias Meanwhile = () throws(HarnessError) -> Void

/// A child in a process group of its own, whose pipes are drained while it runs.
package struct ChildProcess: ~Copyable {
  /// How a child ended.
  package enum End: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    /// The watchdog ended it: nothing was heard for too long.
    case silent
  }

  package struct Limits: Sendable {
    /// Wall time in all, while the processor is not used.
    var silence: Duration
    /// Bytes kept of each stream; the rest is drained and counted.
    var kept: Int

    package init(silence: Duration, kept: Int) {
      self.silence = silence
      self.kept = kept
    }

    static let compiler = Limits(silence: .seconds(10), kept: 1 << 20)
  }

  package struct Finished: Sendable {
    package let end: End
    package let standardOutput: [UInt8]
    package let standardError: [UInt8]
    /// Bytes that were drained and not kept.
    let dropped: Int
    /// What it and the children that it waited for have used.
    package let usage: Usage
  }

  package struct Usage: Sendable {
    /// Seconds in user and system mode.
    package let processorSeconds: Double
    /// Resident memory of the largest process, at its peak.
    package let peakBytes: Int

    init(_ usage: rusage) {
      func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
      processorSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
      #if canImport(Darwin)
        peakBytes = Int(usage.ru_maxrss)
      #else
        peakBytes = Int(usage.ru_maxrss) * 1024
      #endif
    }
  }

  private let identifier: pid_t
  private let output: Pipe
  private let error: Pipe
  private let leash: Pipe
  private let limits: Limits

  /// Waits for the end of the grader, which alone can write to descriptor 3, and ends the whole group.
  private static let leashing =
    "{ read -r nothing <&3; kill -KILL 0; } >/dev/null 2>&1 & exec 3<&-\n"

  /// Runs a command to its end, which is no later than that of this process.
  package static func run(
    _ command: [String], limits: Limits, meanwhile: Meanwhile = {}
  ) throws(HarnessError) -> Finished {
    try run(script: "exec \"$@\"", command, limits: limits, meanwhile: meanwhile)
  }

  /// Runs a script of the shell to its end, which is no later than that of this process.
  static func run(
    script: String, _ arguments: [String], limits: Limits, meanwhile: Meanwhile = {}
  ) throws(HarnessError) -> Finished {
    try ChildProcess(
      ["/bin/sh", "-c", leashing + script, "sh"] + arguments,
      environment: ProcessInfo.processInfo.environment, limits: limits
    ).drain(meanwhile: meanwhile)
  }

  private init(
    _ command: [String], environment: [String: String], limits: Limits
  ) throws(HarnessError) {
    let (output, error, leash) = (try Pipe(), try Pipe(), try Pipe())
    var actions = FileActions()
    actions.open("/dev/null", as: 0)
    actions.duplicate(output.writeEnd, as: 1)
    actions.duplicate(error.writeEnd, as: 2)
    actions.duplicate(leash.readEnd, as: 3)
    identifier = try actions.spawn(command, environment: environment)
    output.closeWriteEnd()
    error.closeWriteEnd()
    leash.closeReadEnd()
    self.output = output
    self.error = error
    self.leash = leash
    self.limits = limits
  }

  /// Reads everything the child says until it has ended, and ends its whole group.
  ///
  /// - Parameter meanwhile: called some fifty times a second; what it throws ends the child.
  private consuming func drain(meanwhile: Meanwhile) throws(HarnessError) -> Finished {
    let signals = BlockedSignals()
    defer { signals.restore() }
    defer { endGroup() }
    var kept: [Int32: [UInt8]] = [output.readEnd: [], error.readEnd: []]
    var dropped = 0
    var usage = rusage()
    var watchdog = Watchdog(of: identifier, limit: limits.silence)
    var end: End?
    var readAfterEnd = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var open = [output.readEnd, error.readEnd]

    while end == nil || !open.isEmpty {
      if let signal = signals.take() {
        throw .interrupted(signal: signal)
      }
      if end == nil, watchdog.hasExpired() { end = .silent }
      if end == nil, let ended = wait(hang: false, usage: &usage) { end = ended }
      if end != nil {
        // Whatever it left behind holds the pipes open; without them what is left to read is finite.
        kill(-identifier, SIGKILL)
        if end == .silent { _ = wait(hang: true, usage: &usage) }
      }
      var polled = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      // The last pipe closes a moment before the child can be waited for.
      let timeout: Int32 = end != nil ? 0 : open.isEmpty ? 1 : 20
      try meanwhile()
      let ready = poll(&polled, nfds_t(polled.count), timeout)
      // A process that left the group may write on for ever; no pipe holds more than this.
      if end != nil, ready <= 0 || readAfterEnd > 4 << 20 { break }
      if ready <= 0 { continue }
      for descriptor in polled where descriptor.revents != 0 {
        let count = read(descriptor.fd, &buffer, buffer.count)
        if end != nil { readAfterEnd += max(0, count) }
        if count <= 0 {
          open.removeAll { $0 == descriptor.fd }
        } else {
          let room = max(0, limits.kept - kept[descriptor.fd, default: []].count)
          kept[descriptor.fd, default: []] += buffer[..<min(count, room)]
          dropped += max(0, count - room)
        }
      }
    }
    return Finished(
      end: end ?? .silent, standardOutput: kept[output.readEnd] ?? [],
      standardError: kept[error.readEnd] ?? [], dropped: dropped, usage: Usage(usage))
  }

  /// Ends whatever is left of the group and waits for it, where it is this process that has to.
  private func endGroup() {
    kill(-identifier, SIGKILL)
    while waitpid(-identifier, nil, 0) > 0 || errno == EINTR {}
  }

  private func wait(hang: Bool, usage: inout rusage) -> End? {
    var status: Int32 = 0
    guard wait4(identifier, &status, hang ? 0 : WNOHANG, &usage) == identifier else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }
}
