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

/// A process of this program that reads one job a line and answers each with one line.
final class WorkerProcess {
  /// A longer answer is none.
  private static let longest = 64 << 20
  private static let complaintsKept = 2000

  let identifier: pid_t
  private let (requests, answers, error): (Pipe, Pipe, Pipe)
  private var unsent: ArraySlice<UInt8> = []
  private var received: [UInt8] = []
  private var complaints: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var hasEnded = false

  init(_ command: [String], environment: [String: String]) throws(HarnessError) {
    (requests, answers, error) = (try Pipe(), try Pipe(), try Pipe())
    var actions = FileActions()
    actions.duplicate(requests.readEnd, as: 0)
    actions.duplicate(answers.writeEnd, as: 1)
    actions.duplicate(error.writeEnd, as: 2)
    identifier = try actions.spawn(command, environment: environment)
    requests.closeReadEnd()
    answers.closeWriteEnd()
    error.closeWriteEnd()
    for descriptor in [answers.readEnd, error.readEnd, requests.writeEnd] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit { end() }

  func send(_ line: [UInt8]) {
    unsent += line + [UInt8(ascii: "\n")]
    push()
  }

  /// What a poll has to look at.
  var polled: [pollfd] {
    var all = [answers, error].map {
      pollfd(fd: $0.readEnd, events: Int16(POLLIN), revents: 0)
    }
    if !unsent.isEmpty {
      all.append(pollfd(fd: requests.writeEnd, events: Int16(POLLOUT), revents: 0))
    }
    return all
  }

  /// Takes and gives what the pipes hold.
  ///
  /// - Returns: what follows `mark` on the first line that starts with it, if that is whole. Whoever has
  ///   the rights of this process can write lines into its pipes, attempts among them.
  func exchange(_ mark: [UInt8]) -> [UInt8]? {
    push()
    drain(error, into: \.complaints)
    complaints = complaints.suffix(Self.complaintsKept)
    drain(answers, into: \.received)
    var rest = received[...]
    defer { received = Array(rest) }
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[..<newline]
      rest = rest[(newline + 1)...]
      if line.starts(with: mark) { return Array(line.dropFirst(mark.count)) }
    }
    return nil
  }

  /// Why nothing more is to be expected: it has ended, was stopped or says too much.
  var loss: String? {
    if received.count > Self.longest { return "it did not stop writing" }
    var status: Int32 = 0
    guard !hasEnded, waitpid(identifier, &status, WNOHANG | WUNTRACED) == identifier else {
      return nil
    }
    if status & 0xff == 0x7f { return "it was stopped" }
    hasEnded = true
    let signal = status & 0x7f
    let end =
      signal == 0 ? "it ended with status \((status >> 8) & 0xff)" : "signal \(signal) ended it"
    let words = String(decoding: complaints, as: UTF8.self).split(separator: "\n").last
    return words.map { "\(end): \($0)" } ?? end
  }

  /// Lets it finish nothing.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    kill(-identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  /// Asks it to end the room that it has, and then itself; it has two seconds.
  func dismiss() {
    guard !hasEnded else { return }
    requests.closeWriteEnd()
    kill(identifier, SIGTERM)
    kill(identifier, SIGCONT)
    let deadline = ContinuousClock.now + .seconds(2)
    while ContinuousClock.now < deadline {
      if waitpid(identifier, nil, WNOHANG) == identifier {
        hasEnded = true
        return
      }
      drain(answers, into: \.received)
      received = []
      _ = poll(nil, 0, 5)
    }
    end()
  }

  private func push() {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { write(requests.writeEnd, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      unsent = unsent.dropFirst(count)
    }
  }

  private func drain(_ pipe: Pipe, into bytes: ReferenceWritableKeyPath<WorkerProcess, [UInt8]>) {
    while true {
      let count = read(pipe.readEnd, &buffer, buffer.count)
      guard count > 0 else { return }
      self[keyPath: bytes] += buffer[..<count]
      if self[keyPath: bytes].count > Self.longest { return }
    }
  }
}
