package import Grading

/// What became of a class: a row per student and kata, and the points behind every format.
package struct ClassResult: Codable, Equatable, Sendable {
  package var schema = 1
  package let seed: UInt64
  /// The katas that count, in the order of the catalogue.
  package let katas: [Worth]
  /// The part of the class that this is, where it is not all of it.
  package var shard: Shard?
  /// By student, then in the order of the katas.
  package var rows: [Row]

  /// What a kata is worth.
  package struct Worth: Codable, Equatable, Sendable {
    package let kata: String
    package let points: Double

    package init(kata: String, points: Double) {
      self.kata = kata
      self.points = points
    }
  }

  package struct Row: Codable, Equatable, Sendable {
    package let student: String
    package let kata: String
    /// The path inside the folder of submissions; nil where nothing was handed in.
    package let file: String?
    package let verdict: ClassVerdict
    package let points: Double
    package let maxPoints: Double
    package let checks: [CheckResult]
    package let mistakes: [NamedMistake]
    /// What there is to say to the student, in one paragraph.
    package let sentence: String
    /// Where in the file, as far as is known.
    package let line: Int?
    package var seconds: Double

    package init(
      student: String, kata: String, file: String?, verdict: ClassVerdict, points: Double,
      maxPoints: Double, checks: [CheckResult] = [], mistakes: [NamedMistake] = [],
      sentence: String, line: Int? = nil, seconds: Double = 0
    ) {
      self.student = student
      self.kata = kata
      self.file = file
      self.verdict = verdict
      self.points = points
      self.maxPoints = maxPoints
      self.checks = checks
      self.mistakes = mistakes
      self.sentence = sentence
      self.line = line
      self.seconds = seconds
    }
  }

  package init(seed: UInt64, katas: [Worth], shard: Shard? = nil, rows: [Row]) {
    self.seed = seed
    self.katas = katas
    self.shard = shard
    self.rows = rows
  }
}

/// The verdicts on an attempt, and one for an attempt that none was reached on.
package enum ClassVerdict: String, Codable, CaseIterable, Sendable {
  case passed, failed, crashed
  case notAttempted = "not-attempted"
  case doesNotCompile = "does-not-compile"
  case timedOut = "timed-out"
  /// The grader failed at it, twice.
  case notGraded = "not-graded"

  package var words: String { rawValue.replacing("-", with: " ") }
}
