import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Grades what students handed in: each text once, on all cores, and none that was graded before.
struct ClassGrading {
  /// A verdict takes 25 s at most, of an idle machine; `mlp` several times as long.
  private static let patience = Duration.seconds(300)

  let catalogue: Catalogue
  let grader: Grader
  let pool: WorkerPool
  let kept: KeptVerdicts
  let seed: UInt64
  let gradesAgain: Bool
  /// Told how many of how many attempts have a verdict.
  let progress: (Int, Int) -> Void
  /// Told why a verdict is not kept for the next time.
  let note: (HarnessError) -> Void

  /// An attempt by its text: whoever hands in the same has the same verdict.
  private struct Work: Hashable {
    let kata: String
    let source: [UInt8]
  }

  private enum Graded {
    case report(Report)
    case trouble(String)
  }

  func rows(
    of students: [Submissions.Student], katas: [ClassResult.Worth]
  ) throws(HarnessError) -> [ClassResult.Row] {
    var works: [[String: Work]] = []
    for student in students {
      var own: [String: Work] = [:]
      for attempt in student.attempts
      where !attempt.isLink && katas.contains(where: { $0.kata == attempt.kata }) {
        guard case .text(let bytes) = AttemptSource(at: attempt.url) else { continue }
        own[attempt.kata] = Work(kata: attempt.kata, source: bytes)
      }
      works.append(own)
    }
    let graded = try grade(works.flatMap(\.values))
    var rows: [ClassResult.Row] = []
    for (student, own) in zip(students, works) {
      for worth in katas {
        rows.append(try row(of: student, worth, own[worth.kata], graded))
      }
    }
    return rows
  }

  private func row(
    of student: Submissions.Student, _ worth: ClassResult.Worth, _ work: Work?,
    _ graded: [Work: Graded]
  ) throws(HarnessError) -> ClassResult.Row {
    func none(_ sentence: String, _ verdict: ClassVerdict = .notAttempted, file: String? = nil)
      -> ClassResult.Row
    {
      ClassResult.Row(
        student: student.name, kata: worth.kata, file: file, verdict: verdict, points: 0,
        maxPoints: worth.points, sentence: sentence)
    }
    guard let suite = catalogue.suite(named: worth.kata) else {
      throw .unreadable(path: worth.kata)
    }
    guard let attempt = student.attempts.first(where: { $0.kata == worth.kata }) else {
      return none("Nothing was handed in as \(suite.kata.type).swift.")
    }
    if attempt.isLink {
      return none("It is a link or a device; hand in the file itself.", file: attempt.path)
    }
    switch work.map({ graded[$0] ?? .trouble("nobody graded it") }) {
    case .trouble(let reason):
      return none("It could not be graded: \(reason).", .notGraded, file: attempt.path)
    case .report(let report):
      let declared = work.map { DeclaredTypes(in: $0.source).lines[suite.kata.type] } ?? nil
      return ClassResult.Row(
        student: student.name, file: attempt.path, report: report, maxPoints: worth.points,
        declared: declared)
    case nil:
      // No text to compile, which is found out without a worker.
      let report = try grader.grade(
        suite, file: attempt.url, path: "\(suite.kata.type).swift", seed: seed)
      var row = ClassResult.Row(
        student: student.name, file: attempt.path, report: report, maxPoints: worth.points)
      row.seconds = 0
      return row
    }
  }

  // MARK: Work

  private func grade(_ works: [Work]) throws(HarnessError) -> [Work: Graded] {
    var seen: Set<Work> = []
    let distinct = works.filter { seen.insert($0).inserted }
    var graded: [Work: Graded] = [:]
    if !gradesAgain {
      for work in distinct {
        let report = kept.report(kata: work.kata, seed: seed, source: work.source)
        graded[work] = report.map(Graded.report)
      }
    }
    let left = distinct.filter { graded[$0] == nil }
    progress(graded.count, distinct.count)
    let jobs = left.map {
      ClassJob(
        number: .random(in: 0...UInt64.max), root: grader.project.root.path, kata: $0.kata,
        seed: seed, source: Data($0.source))
    }
    var messages: [WorkerPool.Job] = []
    for job in jobs { messages.append(try message(job)) }
    try pool.run(messages) { (index, outcome) throws(HarnessError) in
      let result = Self.graded(outcome, of: jobs[index])
      if case .report(let report) = result {
        do throws(HarnessError) {
          try kept.keep(report, source: left[index].source)
        } catch {
          note(error)
        }
      }
      graded[left[index]] = result
      progress(graded.count, distinct.count)
    }
    return graded
  }

  private func message(_ job: ClassJob) throws(HarnessError) -> WorkerPool.Job {
    let patience = catalogue.suite(named: job.kata)?.kata.patience ?? 1
    do {
      return WorkerPool.Job(
        message: Array(try JSONEncoder().encode(job)), mark: Array(job.mark.utf8),
        limit: Self.patience * patience)
    } catch {
      throw .unreadable(path: "\(job.kata): \(error)")
    }
  }

  private static func graded(_ outcome: WorkerPool.Outcome, of job: ClassJob) -> Graded {
    switch outcome {
    case .lost(let reason): return .trouble("the grader was lost over it twice; \(reason)")
    case .answer(let line):
      do {
        let answer = try JSONDecoder.ofAnyNumber().decode(
          ClassJob.Answer.self, from: Data(line))
        if let report = answer.report, report.kata == job.kata, report.seed == job.seed {
          return .report(report)
        }
        return .trouble(answer.trouble ?? "the answer is empty")
      } catch {
        return .trouble("the answer cannot be read")
      }
    }
  }
}
