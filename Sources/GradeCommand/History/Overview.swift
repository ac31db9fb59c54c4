import Grading
import Practice

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where a learner stands, and the one thing to do next.
struct Overview {
  struct Line: Equatable {
    let kata: Kata
    let passes: Int
    let isBegun: Bool
    let lastVerdict: Verdict?
    let best: Double?
    let isDrilled: Bool
    let lastRun: Date?
    let due: CivilDay?
  }

  struct WeakSpot: Equatable {
    let kata: String
    let id: String
    let sentence: String
    let count: Int
  }

  enum Next: Equatable {
    case resume(Unfinished)
    case drill(Kata)
    case goOn(Kata)
    case recall(kata: String)
    case begin(Kata)
    /// All is passed and remembered; this one is forgotten first.
    case wait(Kata, until: CivilDay)
    case nothing
  }

  /// What was begun against the clock.
  let unfinished: Unfinished?
  let now: Date
  let lines: [Line]
  let streak: Int
  let weakSpots: [WeakSpot]
  /// The katas, or `RecallQuestion.general`, of the questions that are due to be asked again.
  let questionsDue: [String]
  /// The katas whose bugs are due to be looked for again.
  let debuggingDue: [String]
  let today: CivilDay

  /// Weak spots older than this are forgiven.
  private static let memory = 28
  private static let weakSpotsShown = 2

  init(
    _ catalogue: Catalogue, isBegun: (Kata) throws -> Bool, practice: PracticeRecord,
    questionsDue: [String] = [], clock: WallClock, now: Date
  ) rethrows {
    today = clock.day(of: now)
    self.now = now
    unfinished = Unfinished(practice, catalogue)
    streak = practice.streak(on: today)
    let today = today
    self.questionsDue = questionsDue
    let katas = catalogue.katas
    debuggingDue = katas.map(\.name).filter {
      practice.debugging[$0]?.due.map { clock.day(of: $0).number <= today.number } ?? false
    }
    lines = try katas.map { kata in
      let own = practice[kata.name]
      return Line(
        kata: kata, passes: own.passes, isBegun: try isBegun(kata),
        lastVerdict: own.lastVerdict, best: own.best, isDrilled: own.memory != nil,
        lastRun: own.lastRun,
        due: own.due.map(clock.day))
    }
    let made = katas.flatMap { kata in
      practice[kata.name].mistakes.filter {
        $0.count > 1 && clock.day(of: $0.last).number > today.number - Self.memory
      }.map { (kata: kata.name, mistake: $0) }
    }
    weakSpots = made.sorted {
      ($1.mistake.count, $1.mistake.last) < ($0.mistake.count, $0.mistake.last)
    }.prefix(Self.weakSpotsShown).map { kata, mistake in
      WeakSpot(
        kata: kata, id: mistake.id,
        sentence: catalogue.sentence(ofMistake: mistake.id, in: kata) ?? mistake.id,
        count: mistake.count)
    }
  }

  /// What is due today, the longest overdue first.
  var due: [Line] {
    lines.compactMap { line in line.due.map { (line, $0.number) } }
      .filter { $0.1 <= today.number }
      .sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// What is begun and was never passed, the latest first.
  var inProgress: [Line] {
    lines.filter { $0.isBegun && $0.passes == 0 }
      .sorted { ($0.lastRun ?? .distantPast) > ($1.lastRun ?? .distantPast) }
  }

  var next: Next {
    if let unfinished { return .resume(unfinished) }
    if let line = due.first { return .drill(line.kata) }
    if let line = inProgress.first { return .goOn(line.kata) }
    // What would be forgotten comes before what is new.
    if let kata = questionsDue.first { return .recall(kata: kata) }
    if let line = lines.first(where: { $0.passes == 0 }) { return .begin(line.kata) }
    if let line = lines.first(where: { !$0.isDrilled }) { return .drill(line.kata) }
    let waiting = lines.compactMap { line in line.due.map { (line.kata, $0) } }
    return waiting.min { $0.1.number < $1.1.number }.map { .wait($0.0, until: $0.1) } ?? .nothing
  }
}

extension Overview.Next {
  /// The command to type, after `swift run`.
  var command: String? {
    switch self {
    case .resume(let unfinished): unfinished.command
    case .drill(let kata), .wait(let kata, _): "grade drill \(kata.name)"
    case .goOn(let kata): "grade \(kata.name)"
    case .recall: "grade recall --due"
    case .begin(let kata): "grade show \(kata.name)"
    case .nothing: nil
    }
  }

  var kata: String? {
    switch self {
    case .resume(.drill(let record, _)): record.kata
    case .resume(.mock(_, let drills, _)): drills.first?.kata
    case .drill(let kata), .wait(let kata, _), .goOn(let kata), .begin(let kata): kata.name
    case .recall(let kata): kata
    case .nothing: nil
    }
  }
}
