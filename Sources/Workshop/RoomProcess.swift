import Exam

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

/// A running room and the pipes to it: one message is sent, and one is waited for.
final class RoomProcess {
  /// What came of a message.
  enum Word {
    case frame(ArraySlice<UInt8>)
    /// It has ended, or was ended.
    case end(End)
  }

  enum End: Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// It used up its processor time.
    case busy
    /// It used no processor for too long.
    case idle
    /// What came is no message of a room.
    case garbled
  }

  private let identifier: pid_t
  /// Where the attempt is: a child of the process that was started, which keeps it; that itself where
  /// the system has no keepers.
  private var attempt: pid_t
  private let (output, error, answers, requests): (Pipe, Pipe, Pipe, Pipe)
  private let limits: RoomLimits
  /// What it may take in all.
  private let allowance: Duration
  private var clock: RoomClock
  /// What was taken by what the clock measured before.
  private var takenBefore = Duration.zero
  private var received: [UInt8] = []
  private var (kept, complaints): ([UInt8], [UInt8]) = ([], [])
  private var dropped = 0
  private var end: End?
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(
    _ executable: String, environment: [String: String], limits: RoomLimits, allowance: Duration
  ) throws(HarnessError) {
    (self.limits, self.allowance) = (limits, allowance)
    (output, error, answers, requests) = (try Pipe(), try Pipe(), try Pipe(), try Pipe())
    var actions = FileActions()
    actions.open("/dev/null", as: 0)
    actions.duplicate(output.writeEnd, as: 1)
    actions.duplicate(error.writeEnd, as: 2)
    actions.duplicate(requests.readEnd, as: 3)
    actions.duplicate(answers.writeEnd, as: 4)
    identifier = try actions.spawn([executable], environment: environment)
    attempt = identifier
    clock = RoomClock(identifier)
    output.closeWriteEnd()
    error.closeWriteEnd()
    answers.closeWriteEnd()
    requests.closeReadEnd()
    for descriptor in [output.readEnd, error.readEnd, answers.readEnd, requests.writeEnd] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit { close() }

  /// Looks for the attempt's process, once the room has said a first word.
  func attend() { attempt = ProcessorTime.children(of: identifier).first ?? identifier }

  /// What it has taken, to answer and to end.
  var taken: Duration { takenBefore + clock.taken }

  /// Whether it has started others that go on after its answer.
  var hasCompany: Bool { clock.hasCompany }

  /// Whether nothing of it can be busy while nobody asks it anything.
  var isAlone: Bool {
    ProcessorTime.threads(of: attempt) <= 1
      && ProcessorTime.children(of: attempt).isEmpty
      && ProcessorTime.children(of: identifier).allSatisfy { $0 == attempt }
  }

  private func restartClock(of process: pid_t) {
    // What it does between two questions, in threads of its own, keeps the grader from its work.
    clock.advanceUse()
    takenBefore = taken
    clock = RoomClock(process, under: process == identifier ? nil : identifier)
  }

  /// Ends it, with all that it has started, and waits for it.
  func close() {
    guard end == nil else { return killAll() }
    if attempt != identifier {
      // The keeper ends everybody first, whatever group they are in.
      kill(identifier, SIGTERM)
      kill(identifier, SIGCONT)
      end = waited(for: limits.closing)
    }
    killAll()
    // Not for ever: a process that traces it can keep it from being waited for.
    if end == nil { end = waited(for: .seconds(1)) ?? .signalled(SIGKILL) }
  }

  private func killAll() {
    kill(-identifier, SIGKILL)
    guard end == nil else { return }
    kill(-attempt, SIGKILL)
    // They may have left their groups.
    kill(attempt, SIGKILL)
    kill(identifier, SIGKILL)
  }

  /// What it has printed since this was last asked, and what it wrote on standard error.
  func takePrints() -> (output: String, error: String) {
    let more = dropped > 0 ? "\n… and \(dropped) bytes more\n" : ""
    defer { (kept, complaints, dropped) = ([], [], 0) }
    return (
      String(decoding: kept, as: UTF8.self) + more, String(decoding: complaints, as: UTF8.self)
    )
  }

  /// Sends `frame` and waits for the next message.
  ///
  /// - Parameters:
  ///   - signals: those that would end this process, held back.
  ///   - meanwhile: called some fifty times a second; what it throws ends the room.
  func exchange(
    _ frame: [UInt8], heeding signals: BlockedSignals, meanwhile: Meanwhile
  ) throws(HarnessError) -> Word {
    restartClock(of: attempt)
    var unsent = frame[...]
    var hasHungUp = false
    while true {
      do throws(BadFrame) {
        if let body = try received.takeFrame() { return .frame(body) }
      } catch {
        return .end(ended(by: .garbled))
      }
      if let end { return .end(end) }
      // Whoever holds no pipe anymore has ended, or is about to.
      if hasHungUp || clock.isTick {
        // An attempt may have stopped its keeper, who tells how it ended.
        if hasHungUp { kill(identifier, SIGCONT) }
        if let signal = signals.take() {
          close()
          throw .interrupted(signal: signal)
        }
        if let ended = waited() {
          end = ended
          kill(-identifier, SIGKILL)
          for pipe in [output, error, answers] { drain(pipe) }
          continue
        }
        clock.advance()
        if isOverdue {
          return .end(ended(by: clock.idle > clock.used ? .idle : .busy))
        }
        do throws(HarnessError) {
          try meanwhile()
        } catch {
          close()
          throw error
        }
      }
      var polled = [output, error, answers].map {
        pollfd(fd: $0.readEnd, events: Int16(POLLIN), revents: 0)
      }
      if !unsent.isEmpty {
        polled.append(pollfd(fd: requests.writeEnd, events: Int16(POLLOUT), revents: 0))
      }
      guard poll(&polled, nfds_t(polled.count), hasHungUp ? 1 : 20) > 0 else { continue }
      if polled.count > 3, polled[3].revents != 0 { send(&unsent) }
      // What was printed before an answer is there before it.
      for (pipe, polled) in zip([output, error, answers], polled) where polled.revents != 0 {
        drain(pipe)
      }
      hasHungUp = polled[2].revents & Int16(POLLIN) == 0 && polled[2].revents & Int16(POLLHUP) != 0
      if hasHungUp { usleep(500) }
    }
  }

  private var isOverdue: Bool {
    // The room has a timer of its own for a question; this is for one that has taken it away.
    clock.idle > limits.silence || clock.used > .seconds(limits.processorSeconds + 1)
      || taken > allowance
  }

  private func ended(by cause: End) -> End {
    close()
    for pipe in [output, error, answers] { drain(pipe) }
    end = cause
    return cause
  }

  /// As much as the pipe takes.
  private func send(_ unsent: inout ArraySlice<UInt8>) {
    let count = unsent.withUnsafeBytes { write(requests.writeEnd, $0.baseAddress, $0.count) }
    if count > 0 { unsent = unsent.dropFirst(count) }
    // The room has ended, which is found out where it is waited for.
    if count < 0, errno == EPIPE { unsent = [] }
  }

  /// Reads what there is.
  private func drain(_ pipe: Pipe) {
    // A flood is read in turns, so that it never keeps anyone from anything.
    for _ in 0..<64 {
      let count = read(pipe.readEnd, &buffer, buffer.count)
      guard count > 0 else { return }
      let bytes = buffer[..<count]
      if pipe === answers {
        received += bytes
      } else {
        let room = max(0, limits.kept - (pipe === error ? complaints.count : kept.count))
        if pipe === error { complaints += bytes.prefix(room) } else { kept += bytes.prefix(room) }
        dropped += max(0, count - room)
      }
      if count < buffer.count { return }
    }
  }

  private func waited(for patience: Duration) -> End? {
    restartClock(of: identifier)
    while clock.taken < patience {
      if let end = waited() { return end }
      usleep(200)
      if clock.isTick { clock.advance() }
    }
    return nil
  }

  private func waited() -> End? {
    var status: Int32 = 0
    guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }
}
