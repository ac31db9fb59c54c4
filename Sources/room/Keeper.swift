#if os(Linux)
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif

  /// The parent of the room and of whatever loses its own parent in there, so that nothing of an attempt
  /// outlives the grader, however that ends.
  ///
  /// It takes 0.3 ms to fork, and sleeps.
  struct Keeper {
    private let grader: pid_t
    private let room: pid_t

    /// Goes on in a child of this process, which stays behind as its keeper.
    static func stayBehind() {
      let grader = getppid()
      // The signal that wakes, too, who was stopped by an attempt.
      guard areChildrenTold, Leash.control(.setChildSubreaper, 1),
        Leash.control(.setParentDeathSignal, CUnsignedLong(SIGCONT)),
        let symbol = dlsym(nil, "fork")
      else { return }
      // No other thread is there yet, so that a copy is as good as the original.
      typealias Fork = @convention(c) () -> pid_t
      var (all, before) = (sigset_t(), sigset_t())
      sigfillset(&all)
      sigprocmask(SIG_SETMASK, &all, &before)
      let room = unsafeBitCast(symbol, to: Fork.self)()
      guard room > 0 else {
        sigprocmask(SIG_SETMASK, &before, nil)
        return
      }
      Keeper(grader: grader, room: room).keep()
    }

    /// Waits for the end of the room or of the grader, or to be sent away; then nobody is left.
    private func keep() -> Never {
      // Whoever hears that a pipe is closed has not to wait for this.
      for descriptor in Limits.openDescriptors { close(descriptor) }
      var words = sigset_t()
      sigemptyset(&words)
      for signal in [SIGCHLD, SIGCONT, SIGTERM] { sigaddset(&words, signal) }
      var (ending, signal): (Int32?, Int32) = (nil, 0)
      while getppid() == grader, signal != SIGTERM {
        ending = reaped()
        if ending != nil { break }
        sigwait(&words, &signal)
      }
      endAll()
      end(as: ending ?? SIGKILL)
    }

    /// Waits for all that have ended; how the room has, if it is among them.
    private func reaped() -> Int32? {
      var (ending, status): (Int32?, Int32) = (nil, 0)
      while true {
        let child = waitpid(-1, &status, WNOHANG)
        guard child > 0 else { return ending }
        if child == room { ending = status }
      }
    }

    private func endAll() {
      // Each round ends one generation, once it has had its turn to end: whoever was killed and has not yet
      // ended still has children of its own. So no number of rounds is enough.
      while let children = Self.children, !children.isEmpty {
        for child in children { kill(child, SIGKILL) }
        while waitpid(-1, nil, WNOHANG) > 0 {}
        usleep(200)
      }
    }

    /// Ends this process in the way in which the room has ended.
    private func end(as status: Int32) -> Never {
      let cause = status & 0x7f
      if cause == 0 { _exit((status >> 8) & 0xff) }
      signal(cause, SIG_DFL)
      var only = sigset_t()
      sigemptyset(&only)
      sigaddset(&only, cause)
      sigprocmask(SIG_UNBLOCK, &only, nil)
      raise(cause)
      _exit(128 + cause)
    }

    private static var areChildrenTold: Bool { children != nil }

    /// The children of this process; nil where the system does not say.
    private static var children: [pid_t]? {
      guard let file = fopen("/proc/self/task/\(getpid())/children", "re") else { return nil }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = fread(&bytes, 1, bytes.count, file)
      return String(decoding: bytes[..<count], as: UTF8.self)
        .split(separator: " ").compactMap { pid_t($0) }
    }
  }
#endif
