package import Grading
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
  package static func run(_ arguments: [String], catalogue: Catalogue) -> Never {
    // A file at its largest is an error of `write`, which is said, and not the end.
    signal(SIGXFSZ, SIG_IGN)
    let output = StandardOutput()
    let isTerminal = isatty(STDOUT_FILENO) == 1
    var surroundings = Surroundings(
      directory: FileManager.default.currentDirectoryPath, executable: .thisExecutable,
      environment: ProcessInfo.processInfo.environment, isTerminal: isTerminal,
      width: min(WindowSize(of: STDOUT_FILENO)?.columns ?? 80, Style.widest), now: { Date() },
      // Six digits are enough to repeat a run by hand.
      newSeed: { UInt64.random(in: 0..<1_000_000) },
      write: output.write,
      note: { _ = Array($0.utf8).write(to: STDERR_FILENO) })
    surroundings.hasKeys = isTerminal && isatty(STDIN_FILENO) == 1
    surroundings.windowSize = { WindowSize(of: STDOUT_FILENO) ?? WindowSize(columns: 80, rows: 24) }
    surroundings.adoptsOrphans = Orphans.adopt()
    do {
      let code = try GradeCommand(surroundings, catalogue: catalogue).run(arguments)
      if let reason = output.obstacle {
        surroundings.note("grade: \(Wording.cannotSay(reason))\n")
        exit(ExitCode.harnessFailed.rawValue)
      }
      exit(code.rawValue)
    } catch HarnessError.interrupted(let signal) {
      BlockedSignals.end(by: signal)
    } catch {
      exit(ExitCode.harnessFailed.rawValue)
    }
  }
}

/// Where the result goes; one that did not get there is no result.
private final class StandardOutput {
  /// Why the first text that was lost is lost.
  private(set) var obstacle: Int32?

  func write(_ text: String) {
    if !Array(text.utf8).write(to: STDOUT_FILENO), obstacle == nil { obstacle = errno }
  }
}
