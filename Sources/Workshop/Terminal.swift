#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The columns and rows of a terminal.
package struct WindowSize: Equatable, Sendable {
  /// The narrowest that is drawn for.
  package static let fewestColumns = 40

  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = max(Self.fewestColumns, columns)
    self.rows = max(4, rows)
  }

  /// The size of the terminal on `descriptor`; nil where there is none or it does not say.
  package init?(of descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    self.init(columns: Int(size.ws_col), rows: size.ws_row > 0 ? Int(size.ws_row) : 24)
  }
}

/// The keyboard, key by key, for as long as this value lives; the modes that were are restored after.
package struct Keyboard: ~Copyable {
  private let descriptor: Int32
  private let before: termios
  private let modes: termios
  /// Signals are held back, so that none leaves the terminal in the wrong modes.
  private let signals: BlockedSignals
  private let jobControl: HeldSignals

  /// - Returns: nil where `descriptor` is no terminal.
  package init?(descriptor: Int32 = STDIN_FILENO) {
    var modes = termios()
    guard isatty(descriptor) == 1, tcgetattr(descriptor, &modes) == 0 else { return nil }
    self.descriptor = descriptor
    before = modes
    signals = BlockedSignals()
    jobControl = HeldSignals([SIGTSTP, SIGCONT])
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO)
    self.modes = modes
    set(modes)
  }

  deinit {
    set(before)
    jobControl.restore()
    signals.restore()
  }

  /// At once. These modes are those of what is typed, so nothing that is still on its way to the screen
  /// needs the old ones; to wait until it is there would be without end where Ctrl-S holds the terminal.
  private func set(_ modes: termios) {
    var modes = modes
    tcsetattr(descriptor, TCSANOW, &modes)
  }

  package enum Input: Equatable, Sendable {
    case key(Character)
    /// Nothing was pressed.
    case none
    /// The program was suspended, and goes on; whatever was on the screen is not.
    case resumed
    /// The terminal is gone.
    case closed
  }

  /// The next key, if one comes within `milliseconds`.
  ///
  /// - Throws: `HarnessError.interrupted` when a signal asks the program to end.
  package func read(milliseconds: Int32) throws(HarnessError) -> Input {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = poll(&polled, 1, milliseconds)
    if let signal = signals.take() { throw .interrupted(signal: signal) }
    if suspendIfAsked() { return .resumed }
    guard ready > 0 else { return .none }
    var byte: UInt8 = 0
    #if canImport(Darwin)
      let count = Darwin.read(descriptor, &byte, 1)
    #elseif canImport(Musl)
      let count = Musl.read(descriptor, &byte, 1)
    #else
      let count = Glibc.read(descriptor, &byte, 1)
    #endif
    guard count == 1 else { return .closed }
    return .key(Character(Unicode.Scalar(byte)))
  }

  /// Lets the shell have the terminal for as long as it suspends this program.
  ///
  /// - Returns: whether it did, or something else stopped and continued it.
  package func suspendIfAsked() -> Bool {
    if jobControl.take(SIGTSTP) {
      set(before)
      // Without a shell that could continue it the system does not stop it.
      jobControl.deliver(SIGTSTP)
      set(modes)
      _ = jobControl.take(SIGCONT)
      return true
    }
    guard jobControl.take(SIGCONT) else { return false }
    set(modes)
    return true
  }
}
