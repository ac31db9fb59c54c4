import Exam
import KataKit

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  @preconcurrency import Glibc
#endif

/// Answers the requests on descriptor 3 on descriptor 4, one at a time.
enum Room {
  /// What the grader is told by the way in which the process ends.
  private enum Ending {
    static let noGrader = Int32(EX_USAGE)
    static let brokenPipe = Int32(EX_IOERR)
  }

  static func open() -> Never {
    guard let answers = movedOutOfTheWay(4), let requests = movedOutOfTheWay(3) else {
      complain("room is started by grade")
      exit(Ending.noGrader)
    }
    Limits.leaveNoCore()
    #if os(Linux)
      let grader = getppid()
      Keeper.stayBehind()
      // The keeper is in another group, so that no signal to one's own group reaches it.
      setpgid(0, 0)
      Fence.raise(around: [grader, getppid()])
    #endif
    Leash.tie()
    let line = Line(requests: requests, answers: answers)
    line.send(Response(number: Wire.version))
    guard let job = line.receive(Job.self) else { exit(Ending.noGrader) }
    Limits.impose(scratch: job.scratch, keeping: [requests, answers])
    guard let exam = Exams.exam(named: job.kata) else {
      line.send(Response(number: 0, unfit: .unknown))
      _exit(0)
    }
    serve(exam, job, on: line)
  }

  /// Answers what stands in a file, without limits and without a grader, for a debugger to look on.
  static func rehearse(_ path: String) -> Never {
    let (requests, answers) = (descriptor(path, O_RDONLY), descriptor("/dev/null", O_WRONLY))
    let line = Line(requests: requests, answers: answers)
    guard requests >= 0, answers >= 0, let job = line.receive(Job.self),
      let exam = Exams.exam(named: job.kata)
    else {
      complain("\(path) holds no question: swift run grade lldb <kata> --prepare writes one")
      exit(Ending.noGrader)
    }
    serve(exam, job, on: line)
  }

  private static func serve<E: Exam>(_ exam: E.Type, _ job: Job, on line: Line) -> Never {
    var type: (any Any.Type)?
    var subject: E.Subject?
    while let request = line.receive(Request<E.Fixture>.self) {
      Interruption.restartProcessorClock(seconds: job.processorSeconds)
      guard let question = request.question else {
        var unfit: Response.Unfit?
        if type == nil { (type, unfit) = load(E.type, from: job.library) }
        subject = type.flatMap { E.subject(of: $0) }
        if subject == nil, unfit == nil { unfit = .doesNotConform }
        line.send(Response(number: request.number, unfit: unfit))
        continue
      }
      guard let subject, let script = E.Script(rawValue: question.script) else {
        line.send(Response(number: request.number, unfit: .unknown))
        continue
      }
      let parts = E.answer(of: subject, to: script, on: question.fixture)
      line.send(Response(number: request.number, answer: parts))
    }
    // The grader has hung up. Not exit: threads and handlers of the attempt have no say anymore.
    _exit(0)
  }

  /// The learner's type, or why there is none.
  private static func load(
    _ name: String, from library: String
  ) -> (type: (any Any.Type)?, unfit: Response.Unfit?) {
    guard dlopen(library, RTLD_NOW | RTLD_LOCAL) != nil else {
      return (nil, .doesNotLoad(reason: String(cString: dlerror())))
    }
    let types = ["V", "C", "O"].lazy.compactMap { kind in
      _typeByName("7Attempt\(name.utf8.count)\(name)\(kind)")
    }
    return types.first.map { ($0, nil) } ?? (nil, .noType)
  }

  private static func descriptor(_ path: String, _ mode: Int32) -> Int32 {
    #if canImport(Darwin)
      Darwin.open(path, mode)
    #elseif canImport(Musl)
      Musl.open(path, mode)
    #else
      Glibc.open(path, mode)
    #endif
  }

  /// Where no descriptor is that an attempt would expect to be its own.
  private static func movedOutOfTheWay(_ descriptor: Int32) -> Int32? {
    let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 64)
    close(descriptor)
    return moved < 0 ? nil : moved
  }
}
