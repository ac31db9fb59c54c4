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

/// What another process does with the processor, as far as the system says.
enum ProcessorTime {
  /// What all threads of `process` have used; zero where the system does not say.
  static func used(by process: pid_t) -> Duration {
    #if os(Linux)
      var clock = clockid_t()
      var time = timespec()
      guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else {
        return .zero
      }
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    #else
      return .zero
    #endif
  }

  /// Whether `process` runs or could run, if it had a processor; false where the system does not say.
  static func isRunnable(_ process: pid_t) -> Bool {
    guard let stat = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
      let name = stat.lastIndex(of: UInt8(ascii: ")")), name + 2 < stat.endIndex
    else { return false }
    return stat[name + 2] == UInt8(ascii: "R")
  }
}
