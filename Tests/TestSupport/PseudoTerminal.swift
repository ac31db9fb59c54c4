import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The real `grade` binary at a terminal of its own, with a person's hands and eyes in the test.
package final class PseudoTerminal {
  private let master: Int32
  /// Held open, so that the modes can be asked for after the child has ended.
  private let slave: Int32
  package let identifier: Int32
  private var bytes: [UInt8] = []
  private var status: Int32?

  /// - Parameter script: what a shell does in the checkout with the command, its "$@".
  package init(
    _ arguments: [String], in checkout: Checkout, columns: Int = 80, rows: Int = 50,
    environment: [String: String] = [:], script: String = "exec \"$@\""
  ) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    // Not ttyname, whose one buffer belongs to all threads.
    var name = [CChar](repeating: 0, count: 256)
    guard openpty(&master, &slave, nil, nil, nil) == 0,
      ttyname_r(slave, &name, name.count - 1) == 0
    else { throw POSIXError(.ENXIO) }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    (self.master, self.slave) = (master, slave)
    let path = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)

    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The first terminal that the leader of a new session opens is its controlling one.
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    #if canImport(Darwin)
      let newSession: Int32 = 0x400
    #else
      let newSession: Int32 = 0x80
    #endif
    let flags = newSession | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var variables = ProcessInfo.processInfo.environment
    variables["TERM"] = "xterm"
    variables["NO_COLOR"] = "1"
    variables.merge(environment) { $1 }
    let start = ["/bin/sh", "-c", "cd \"$0\" && \(script)", checkout.root.path]
    let words = (start + [Checkout.executable.path] + arguments).map { strdup($0) } + [nil]
    let settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    Self.setSize(of: master, columns: columns, rows: rows)
    var identifier: pid_t = 0
    let code = posix_spawn(
      &identifier, start[0], &actions, &attributes, words, settings)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    self.identifier = identifier
  }

  deinit {
    if status == nil {
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
    }
    close(master)
    close(slave)
  }

  // MARK: Hands

  package func press(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  package func send(_ signal: Int32) { kill(identifier, signal) }

  package func resize(columns: Int, rows: Int = 50) {
    Self.setSize(of: master, columns: columns, rows: rows)
  }

  private static func setSize(of descriptor: Int32, columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  // MARK: Eyes

  /// Everything that was written so far.
  package var text: String {
    drain()
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  /// What is on the screen since it was last drawn from its corner, without escape sequences.
  package var screen: String {
    let text = text
    let drawn = text.ranges(of: "\u{1B}[H").last.map { String(text[$0.upperBound...]) } ?? text
    return drawn.replacing(#/\u{1B}\[[0-9;]*[A-Za-z]/#, with: "")
  }

  /// Whether canonical input and echo are on, as a shell leaves them.
  package var isInShellModes: Bool {
    var modes = termios()
    guard tcgetattr(slave, &modes) == 0 else { return false }
    return modes.c_lflag & tcflag_t(ICANON) != 0 && modes.c_lflag & tcflag_t(ECHO) != 0
  }

  /// What a shell does when it takes the terminal back.
  package func restoreShellModes() {
    var modes = termios()
    guard tcgetattr(slave, &modes) == 0 else { return }
    modes.c_lflag |= tcflag_t(ICANON | ECHO)
    tcsetattr(slave, TCSANOW, &modes)
  }

  /// Waits for the screen to show `words`; false when it has not within a minute.
  package func shows(_ words: String) -> Bool { eventually { screen.contains(words) } }

  /// Waits for the end of the program.
  ///
  /// - Returns: its exit status, or the signal that ended it as a negative number; nil when it goes on.
  package func ending() -> Int32? {
    _ = eventually {
      drain()
      var raw: Int32 = 0
      if status == nil, waitpid(identifier, &raw, WNOHANG) == identifier { status = raw }
      return status != nil
    }
    drain()
    return status.map { $0 & 0x7f == 0 ? ($0 >> 8) & 0xff : -($0 & 0x7f) }
  }

  /// Takes what the terminal has to give, waiting no longer than a moment.
  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    var wait: Int32 = 10
    while poll(&polled, 1, wait) > 0, polled.revents & Int16(POLLIN) != 0 {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      bytes += buffer[..<count]
      wait = 0
    }
  }
}
