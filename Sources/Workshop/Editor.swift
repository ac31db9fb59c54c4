#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The learner's editor on one file, with the terminal handed over to it until it returns.
package struct Editor: ~Copyable {
  private let identifier: pid_t

  /// What `environment` names, if it names any: VISUAL, or EDITOR.
  package static func command(in environment: [String: String]) -> String? {
    ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty }
  }

  /// Opens `file`. The command may have arguments of its own, as "code --wait" has.
  package init(
    _ command: String, file: URL, environment: [String: String]
  ) throws(HarnessError) {
    var actions = FileActions()
    identifier = try actions.spawn(
      ["/bin/sh", "-c", "exec \(command) \"$0\"", file.path], environment: environment)
    Self.handTerminal(to: identifier)
    // It may have been stopped for reading before the terminal was its own.
    kill(-identifier, SIGCONT)
  }

  /// Whether it is still there. One that is suspended goes on: there is no shell to suspend it to.
  package var isOpen: Bool {
    var status: Int32 = 0
    guard waitpid(identifier, &status, WNOHANG | WUNTRACED) == identifier else {
      return kill(identifier, 0) == 0
    }
    guard status & 0xff == 0x7f else { return false }
    goOn()
    return true
  }

  /// Waits for its end; its exit status, or 0 where a signal ended it.
  consuming func wait() -> Int32 {
    var status: Int32 = 0
    while true {
      let ended = waitpid(identifier, &status, WUNTRACED)
      if ended == identifier, status & 0xff == 0x7f {
        goOn()
      } else if ended == identifier || errno != EINTR {
        return ended == identifier && status & 0x7f == 0 ? (status >> 8) & 0xff : 0
      }
    }
  }

  private func goOn() {
    Self.handTerminal(to: identifier)
    kill(-identifier, SIGCONT)
  }

  deinit { Self.handTerminal(to: getpgrp()) }

  /// Ctrl-C and the like go to the group that has the terminal, and to no other.
  private static func handTerminal(to group: pid_t) {
    guard isatty(STDIN_FILENO) == 1 else { return }
    var (mine, before) = (sigset_t(), sigset_t())
    sigemptyset(&mine)
    // Asking for the terminal from the background would stop this process.
    sigaddset(&mine, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &mine, &before)
    tcsetpgrp(STDIN_FILENO, group)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
