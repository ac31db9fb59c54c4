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
    Self.occupyStandardDescriptors()
    let (output, notes) = (Outlet(STDOUT_FILENO), Outlet(STDERR_FILENO))
    let isTerminal = isatty(STDOUT_FILENO) == 1
    var surroundings = Surroundings(
      directory: FileManager.default.currentDirectoryPath, executable: .thisExecutable,
      environment: ProcessInfo.processInfo.environment, isTerminal: isTerminal,
      width: min(WindowSize(of: STDOUT_FILENO)?.columns ?? 80, Style.widest), now: { Date() },
      // Six digits are enough to repeat a run by hand.
      newSeed: { UInt64.random(in: 0..<1_000_000) },
      write: output.write, note: notes.write)
    surroundings.isOutputLost = { output.obstacle != nil }
    surroundings.hasKeys = isTerminal && isatty(STDIN_FILENO) == 1
    surroundings.isNoteTerminal = isatty(STDERR_FILENO) == 1
    surroundings.windowSize = { WindowSize(of: STDOUT_FILENO) ?? WindowSize(columns: 80, rows: 24) }
    let environment = surroundings.environment
    surroundings.page = { text throws(HarnessError) in
      try Pager.show(text, environment: environment)
    }
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

  /// A file that is opened where a standard descriptor was closed would be given what is said to people.
  private static func occupyStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest that is free, and not one to write to.
      _ = open("/dev/null", O_RDONLY)
    }
  }
}

/// A standard descriptor; a result that did not get there is no result.
private final class Outlet {
  /// No pipe or terminal that has room for something makes a writer of so little wait.
  private static let piece = 256

  private let descriptor: Int32
  /// Why the first text that was lost is lost.
  private(set) var obstacle: Int32?

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Waits for whoever reads it, unless this process is asked to end meanwhile.
  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      guard hasRoom, Array(rest.prefix(Self.piece)).write(to: descriptor) else {
        obstacle = obstacle ?? errno
        return
      }
      rest = rest.dropFirst(Self.piece)
    }
  }

  private var hasRoom: Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    while poll(&polled, 1, 100) == 0 {
      if BlockedSignals.hasArrived {
        errno = EINTR
        return false
      }
    }
    return true
  }
}
