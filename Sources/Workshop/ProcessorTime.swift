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

  /// How many threads `process` has; zero where the system does not say.
  static func threads(of process: pid_t) -> Int {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").count
    } catch {
      return 0
    }
  }

  /// What any thread of `process` has started; nothing where the system does not say.
  static func children(of process: pid_t) -> [pid_t] {
    let threads = "/proc/\(process)/task"
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: threads)
    } catch {
      // It has ended, or there is no such directory.
      return []
    }
    return names.flatMap { words(in: "\(threads)/\($0)/children").compactMap { pid_t($0) } }
  }

  /// Whether `process` is what the Swift runtime starts where a program traps.
  static func isBacktrace(_ process: pid_t) -> Bool {
    words(in: "/proc/\(process)/comm") == ["swift-backtrace"]
  }

  private static func words(in path: String) -> [String] {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
