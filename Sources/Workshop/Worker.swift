package import Grading

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
  @preconcurrency import Glibc
#endif

/// The child side: the only process in which an attempt ever runs.
package enum Worker {
  /// The argument that makes `grade` a worker.
  package static let argument = "--worker"

  /// Runs the job on descriptor 3 with the suite of its kata, and tells of it on descriptor 4.
  package static func run(suite named: (String) -> (any Suite.Type)?) -> Never {
    let records = fcntl(4, F_DUPFD_CLOEXEC, 64)
    close(4)
    guard records >= 0, let job = readJob() else { _exit(Int32(EX_USAGE)) }
    prepare(for: job, records: records)
    func tell(_ record: Record) {
      do {
        let line = try JSONEncoder.ofAnyNumber().encode(record)
        // The first newline ends whatever the attempt may have written there.
        let sent = (Array("\n\(job.nonce) ".utf8) + line + [10]).write(to: records)
        guard sent else { _exit(Int32(EX_IOERR)) }
      } catch {
        _exit(Int32(EX_SOFTWARE))
      }
    }
    guard let suite = named(job.kata) else { _exit(Int32(EX_SOFTWARE)) }
    guard dlopen(job.library, RTLD_NOW | RTLD_LOCAL) != nil else {
      tell(.unfit(reason: "It does not load: \(String(cString: dlerror()))"))
      _exit(0)
    }
    examine(suite, job, tell: tell)
    tell(.closing)
    fflush(nil)
    // Not exit: threads and handlers of the attempt have no say any more.
    _exit(0)
  }

  private static func examine<S: Suite>(_ suite: S.Type, _ job: Job, tell: (Record) -> Void) {
    let name = S.kata.type
    let types = ["V", "C", "O"].lazy.compactMap { kind in
      _typeByName("7Attempt\(name.utf8.count)\(name)\(kind)")
    }
    guard let type = types.first else {
      return tell(
        .unfit(
          reason: "There is no type \(name) in it. "
            + "The grader looks for: struct \(name): \(S.kata.requirement)"))
    }
    guard let subject = S.subject(of: type) else {
      return tell(
        .unfit(
          reason: "\(name) does not conform to \(S.kata.requirement). "
            + "The grader looks for: struct \(name): \(S.kata.requirement)"))
    }
    var examination = Examination<S>(subject, seed: job.seed, earlier: job.earlier)
    let results = examination.run { event in
      switch event {
      case .started(let check):
        restartProcessorClock(seconds: job.processorSeconds)
        tell(.started(check: check))
      case .finished(let result): tell(.finished(result))
      }
    }
    restartProcessorClock(seconds: job.processorSeconds)
    let mistakes = Diagnosis<S>.named(examination.explanations())
    if !mistakes.isEmpty { tell(.mistakes(mistakes)) }
    if results.allSatisfy({ $0.status == .passed || $0.status == .failed }) {
      restartProcessorClock(seconds: job.processorSeconds)
      let pictures = S.pictures(of: subject, seed: job.seed)
      if !pictures.isEmpty { tell(.pictures(pictures)) }
    }
  }

  private static func readJob() -> Job? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.last != 10 {
      let count = read(3, &buffer, buffer.count)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
    }
    do {
      return try JSONDecoder().decode(Job.self, from: Data(bytes))
    } catch {
      return nil
    }
  }

  private static func prepare(for job: Job, records: Int32) {
    // The other end of the leash closes when the grader ends, however it ends; SIGIO then ends this
    // process group.
    _ = fcntl(3, F_SETFD, FD_CLOEXEC)
    _ = fcntl(3, F_SETOWN, -getpgrp())
    _ = fcntl(3, F_SETFL, fcntl(3, F_GETFL) | O_ASYNC)
    chdir(job.scratch)
    // What the attempt prints is not lost when it traps a moment later.
    setvbuf(stdout, nil, _IOLBF, 0)
    // The attempt finds nothing open but what is meant for it, and no closed pipe ends it.
    for descriptor in 5..<records { close(descriptor) }
    signal(SIGPIPE, SIG_IGN)
    limit(RLIMIT_AS, to: 4 << 30)
    limit(RLIMIT_FSIZE, to: 64 << 20)
    limit(RLIMIT_CORE, to: 0)
    limit(RLIMIT_CPU, to: 60)
    // SIGQUIT, held back until this handler is left, has the runtime write down where the attempt is; the
    // next SIGPROF ends it as the first would have.
    signal(SIGPROF) { _ in
      var quit = sigset_t()
      sigemptyset(&quit)
      sigaddset(&quit, SIGQUIT)
      pthread_sigmask(SIG_BLOCK, &quit, nil)
      raise(SIGQUIT)
      signal(SIGPROF, SIG_DFL)
    }
  }

  /// SIGPROF ends the process when one check has used its processor time.
  private static func restartProcessorClock(seconds: Int) {
    var timer = itimerval(
      it_interval: timeval(tv_sec: 0, tv_usec: 20_000),
      it_value: timeval(tv_sec: .init(seconds), tv_usec: 0))
    #if canImport(Glibc)
      setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    #else
      setitimer(ITIMER_PROF, &timer, nil)
    #endif
  }

  private static func limit(_ resource: Resource, to most: rlim_t) {
    var limit = rlimit(rlim_cur: most, rlim_max: most)
    #if canImport(Glibc)
      setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    #else
      setrlimit(resource, &limit)
    #endif
  }
}

#if canImport(Glibc)
  private typealias Resource = __rlimit_resource
#else
  private typealias Resource = Int32
#endif
