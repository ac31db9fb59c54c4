import Grading
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a worker of a class is asked, as one line of JSON.
struct ClassJob: Codable {
  /// Comes back before the answer; a line with another is no answer.
  let number: UInt64
  let root: String
  let kata: String
  let seed: UInt64
  let source: Data

  /// What the line of its answer starts with.
  var mark: String { "\(number) " }

  struct Answer: Codable {
    var report: Report?
    /// Why there is no report.
    var trouble: String?
  }
}

extension GradeCommand {
  /// The only word on the command line of a worker.
  static let workerWord = "class-worker"

  /// Grades what standard input asks for, one line after the other, until it ends.
  func workForClass() throws(HarnessError) -> ExitCode {
    var inbox = WorkerInbox()
    var graders: [String: Grader] = [:]
    while let line = inbox.next() {
      let job: ClassJob
      do {
        job = try JSONDecoder().decode(ClassJob.self, from: Data(line))
      } catch {
        surroundings.note("not a job: \(error)\n")
        return .harnessFailed
      }
      var answer = ClassJob.Answer()
      do throws(HarnessError) {
        guard let suite = catalogue.suite(named: job.kata) else { return .harnessFailed }
        let grader: Grader
        if let known = graders[job.root] {
          grader = known
        } else {
          grader = try self.grader(of: Project(root: URL(filePath: job.root)))
          graders[job.root] = grader
        }
        var report = try grader.grade(
          suite, file: URL(filePath: "/nowhere"), source: .text(Array(job.source)),
          path: "\(suite.kata.type).swift", seed: job.seed,
          meanwhile: WorkerInbox.proveSenderIsThere)
        report.pictures = nil
        answer.report = report
      } catch {
        if case .interrupted = error { throw error }
        answer.trouble = Wording.sentence(for: error)
      }
      do {
        let text = String(decoding: try JSONEncoder.ofAnyNumber().encode(answer), as: UTF8.self)
        // The first newline ends what somebody else may have begun to write there.
        surroundings.write("\n\(job.mark)\(text)\n")
      } catch {
        surroundings.note("cannot answer: \(error)\n")
        return .harnessFailed
      }
    }
    return .passed
  }
}
