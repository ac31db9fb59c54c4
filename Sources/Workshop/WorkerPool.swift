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

/// As many processes of this program as there are cores, each with one job at a time.
///
/// What brings a process down costs one job, and that only at the second time.
package struct WorkerPool {
  package struct Job: Sendable {
    let message: [UInt8]
    /// What the line of its answer starts with; another line is somebody else's, and passed over.
    let mark: [UInt8]
    /// The time by the clock after which nobody waits any more.
    let limit: Duration

    /// - Parameters:
    ///   - message: without a newline.
    ///   - mark: what only this worker and whoever asks it know.
    package init(message: [UInt8], mark: [UInt8], limit: Duration) {
      self.message = message
      self.mark = mark
      self.limit = limit
    }
  }

  package enum Outcome: Equatable, Sendable {
    case answer([UInt8])
    case lost(reason: String)
  }

  private let command: [String]
  private let environment: [String: String]
  private let count: Int
  private let adoptsOrphans: Bool

  /// - Parameter adoptsOrphans: whether this process has no children but the workers.
  package init(
    executable: URL, arguments: [String], environment: [String: String], count: Int,
    adoptsOrphans: Bool
  ) {
    command = [executable.path] + arguments
    self.environment = environment
    self.count = max(1, count)
    self.adoptsOrphans = adoptsOrphans
  }

  /// Does all jobs, in their order as far as that goes.
  ///
  /// - Parameter done: told the place of a job and what came of it, once each.
  package func run(
    _ jobs: [Job], done: (Int, Outcome) throws(HarnessError) -> Void
  ) throws(HarnessError) {
    let signals = BlockedSignals()
    defer { signals.restore() }
    // A worker that has gone takes no more work, which is no reason to go, too.
    let brokenPipe = HeldSignals([SIGPIPE])
    defer {
      _ = brokenPipe.take(SIGPIPE)
      brokenPipe.restore()
    }
    var desks: [Desk?] = Array(repeating: nil, count: min(count, jobs.count))
    var next = 0
    var open = jobs.count
    defer { for desk in desks { desk?.worker.dismiss() } }
    while open > 0 {
      if let signal = signals.take() { throw .interrupted(signal: signal) }
      for index in desks.indices where desks[index]?.job == nil && next < jobs.count {
        if desks[index] == nil { desks[index] = try desk() }
        desks[index]?.begin(next, jobs[next])
        next += 1
      }
      wait(for: desks)
      for index in desks.indices {
        guard let desk = desks[index], let job = desk.job else { continue }
        if let line = desk.worker.exchange(jobs[job].mark) {
          desks[index]?.job = nil
          open -= 1
          try done(job, .answer(line))
        } else if let reason = desk.worker.loss ?? desk.overdue {
          desk.worker.end()
          endOrphans(of: desks, but: index)
          if desk.isSecondTime {
            desks[index] = nil
            open -= 1
            try done(job, .lost(reason: reason))
          } else {
            desks[index] = try self.desk()
            desks[index]?.begin(job, jobs[job])
            desks[index]?.isSecondTime = true
          }
        }
      }
    }
  }

  private func desk() throws(HarnessError) -> Desk {
    Desk(worker: try WorkerProcess(command, environment: environment))
  }

  private func wait(for desks: [Desk?]) {
    var polled = desks.flatMap { $0?.worker.polled ?? [] }
    // The end of a process is no event of a pipe that something else holds open.
    _ = poll(&polled, nfds_t(polled.count), 50)
  }

  /// Ends what a lost worker has left behind.
  private func endOrphans(of desks: [Desk?], but lost: Int) {
    guard adoptsOrphans else { return }
    let workers = desks.indices.filter { $0 != lost }.compactMap { desks[$0]?.worker.identifier }
    Orphans.end(except: Set(workers))
  }

  /// A worker and what it is at.
  private struct Desk {
    let worker: WorkerProcess
    var job: Int?
    var isSecondTime = false
    private var deadline = ContinuousClock.now

    init(worker: WorkerProcess) { self.worker = worker }

    mutating func begin(_ index: Int, _ job: Job) {
      self.job = index
      isSecondTime = false
      deadline = .now + job.limit
      worker.send(job.message)
    }

    var overdue: String? { ContinuousClock.now > deadline ? "it did not come to an end" : nil }
  }
}
