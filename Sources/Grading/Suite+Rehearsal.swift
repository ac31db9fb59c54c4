package import Exam

extension Suite {
  /// What a room is told to answer the first question of `check`: a new instance, then the question.
  ///
  /// - Returns: nil where there is no such check, or none that asks anything of its own.
  package static func rehearsal(
    of check: String, seed: UInt64, job: Job
  ) throws -> [UInt8]? {
    guard let question = checks.first(where: { $0.name == check })?.questions.first else {
      return nil
    }
    let instance = Request<Fixture>(number: 1, question: nil)
    let asked = Request(
      number: 2, script: question.script.rawValue, fixture: question.probe.fixture(seed: seed))
    return try Wire.frame(job) + Wire.frame(instance) + Wire.frame(asked)
  }
}
