import Grading
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  func gradeClass(_ options: ClassOptions) throws -> ExitCode {
    if options.shard != nil, options.seed == nil { throw UsageError.shardWithoutSeed }
    let project = try project()
    let grader = try grader(of: project)
    let named = options.points.named.keys
    let submissions = try Submissions(
      in: url(of: options.directory), student: options.student,
      only: named.count == 1 ? named.first : nil,
      mayBeEmpty: options.student != nil && !named.isEmpty, catalogue: catalogue)
    let katas = try worths(options.points, submissions, in: project)
    let students = submissions.students.enumerated()
      .filter { options.shard?.has($0.offset) ?? true }.map(\.element)
    let seed = options.seed ?? classSeed(in: project)

    let progress = ClassProgress(
      isTerminal: surroundings.isNoteTerminal, write: surroundings.note)
    let grading = ClassGrading(
      catalogue: catalogue, grader: grader, pool: pool(of: options.jobs),
      kept: KeptVerdicts(in: project, identity: try grader.identity), seed: seed,
      gradesAgain: options.gradesAgain, progress: progress.tell,
      note: { noteOnce("class", Wording.sentence(for: $0)) })
    let rows = try grading.rows(of: students, katas: katas)
    tellLeftOut(submissions.leftOut)
    let result = ClassResult(seed: seed, katas: katas, shard: options.shard, rows: rows)
    try write(result, options.page, folder: options.directory)
    return result.isComplete ? .passed : .harnessFailed
  }

  func url(of path: String) -> URL {
    URL(
      filePath: path,
      relativeTo: URL(filePath: surroundings.directory, directoryHint: .isDirectory)
    ).standardizedFileURL
  }

  private func pool(of jobs: Int?) -> WorkerPool {
    WorkerPool(
      executable: surroundings.executable, arguments: [Self.workerWord],
      environment: surroundings.environment,
      count: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      adoptsOrphans: surroundings.adoptsOrphans)
  }

  /// The katas that points were given for, or else those that anybody has begun.
  private func worths(
    _ points: Points, _ submissions: Submissions, in project: Project
  ) throws(HarnessError) -> [ClassResult.Worth] {
    var counted = Set(points.named.keys)
    if counted.isEmpty { counted = try begun(submissions, in: project) }
    if counted.isEmpty { counted = Set(submissions.students.flatMap(\.attempts).map(\.kata)) }
    return catalogue.katas.map(\.name).filter(counted.contains)
      .map { ClassResult.Worth(kata: $0, points: points.worth(of: $0)) }
  }

  private func begun(
    _ submissions: Submissions, in project: Project
  ) throws(HarnessError) -> Set<String> {
    let desk = Desk(project: project)
    var begun: Set<String> = []
    // Most that are not begun are the same text.
    var stubs: [String: [UInt8]] = [:]
    for attempt in submissions.students.flatMap(\.attempts) where !begun.contains(attempt.kata) {
      let source = AttemptSource(at: attempt.url)
      guard case .text(let bytes) = source, stubs[attempt.kata] != bytes else { continue }
      if try desk.isBegun(source, at: try kataNamed(attempt.kata)) {
        begun.insert(attempt.kata)
      } else {
        stubs[attempt.kata] = bytes
      }
    }
    return begun
  }

  private func kataNamed(_ name: String) throws(HarnessError) -> Kata {
    guard let suite = catalogue.suite(named: name) else { throw .unreadable(path: name) }
    return suite.kata
  }

  /// Drawn once, for a number that students know could be answered by heart.
  private func classSeed(in project: Project) -> UInt64 {
    let kept = KeptSeed(ofClassIn: project)
    if let seed = kept.value { return seed }
    let seed = surroundings.newSeed()
    do throws(HarnessError) {
      try kept.keep(seed)
    } catch {
      surroundings.note(
        "grade: \(Wording.sentence(for: error)); "
          + "to ask the same questions again, add --seed \(seed)\n")
    }
    return seed
  }

  private func tellLeftOut(_ leftOut: [String]) {
    let shown = 10
    for line in leftOut.prefix(shown) {
      surroundings.note("grade: left out: \(line.withoutControls)\n")
    }
    if leftOut.count > shown {
      surroundings.note("grade: left out: \(leftOut.count - shown) more\n")
    }
  }
}
