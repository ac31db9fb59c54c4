import Workshop

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

/// The real process around a command.
package enum Program {
  package static func run(_ arguments: [String]) -> Never {
    // A file at its largest is an error of `write`, which is said, and not the end.
    signal(SIGXFSZ, SIG_IGN)
    let isTerminal = isatty(STDOUT_FILENO) == 1
    var surroundings = Surroundings(
      directory: FileManager.default.currentDirectoryPath, executable: executable,
      environment: ProcessInfo.processInfo.environment, isTerminal: isTerminal,
      width: isTerminal ? min(terminalWidth, 100) : 80, now: { Date() },
      // Six digits are enough to repeat a run by hand.
      newSeed: { UInt64.random(in: 0..<1_000_000) },
      write: { _ = Array($0.utf8).write(to: STDOUT_FILENO) },
      note: { _ = Array($0.utf8).write(to: STDERR_FILENO) })
    surroundings.adoptsOrphans = Orphans.adopt()
    do {
      exit(try GradeCommand(surroundings).run(arguments).rawValue)
    } catch HarnessError.interrupted(let signal) {
      BlockedSignals.end(by: signal)
    } catch {
      exit(ExitCode.harnessFailed.rawValue)
    }
  }

  private static var executable: URL {
    #if os(Linux)
      let path = "/proc/self/exe"
    #else
      let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
    return URL(filePath: path).resolvingSymlinksInPath()
  }

  private static var terminalWidth: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return max(40, Int(size.ws_col))
  }
}
