import Grading
import Practice
import Workshop

/// A program with bugs, and how far somebody has come with them.
struct BugHunt: Equatable {
  struct Bug: Equatable {
    let place: BugPlace
    /// The mistake that it is, to who would have made it.
    let sentence: String
    var id: String { place.id }
  }

  /// A bug whose lines were changed, and when.
  struct Find: Equatable {
    let id: String
    let seconds: Double
  }

  let program: BuggyProgram
  let bugs: [Bug]
  /// How many bugs were asked for; nil where their number was drawn.
  var asked: Int?
  /// The latest verdict, with everything that the learner is not told.
  var report: Report?
  /// In the order in which they were changed first.
  private(set) var finds: [Find] = []
  /// The last hint at each bug.
  private var levels: [String: Int] = [:]
  /// What was told, each once.
  private(set) var hints: [DebugHint] = []

  /// A hint says at most so much about one bug: which check, which function, which mistake.
  private static let lastLevel = 3

  init(_ program: BuggyProgram, in suite: any Suite.Type, report: Report? = nil) {
    self.program = program
    self.report = report
    bugs = program.places.map { place in
      Bug(place: place, sentence: suite.sentence(ofMistake: place.id) ?? place.id)
    }
  }

  /// Two minutes, as many for each bug, and one for ten lines.
  var minutes: Int {
    2 + 2 * bugs.count + (program.text.split(separator: "\n").count + 5) / 10
  }

  /// Takes note of the lines that were changed in `attempt`.
  mutating func look(at attempt: String, seconds: Double) {
    let touched = program.touched(in: attempt)
    finds.removeAll { !touched.contains($0.id) }
    for id in touched where !finds.contains(where: { $0.id == id }) {
      finds.append(Find(id: id, seconds: seconds))
    }
  }

  /// What passes has no bug in it, whatever was changed.
  mutating func finish(seconds: Double) {
    for bug in bugs where !finds.contains(where: { $0.id == bug.id }) {
      finds.append(Find(id: bug.id, seconds: seconds))
    }
  }

  /// The next hint at the first bug that still stands.
  mutating func hint() -> DebugHint {
    let hint = next()
    if !hints.contains(hint) { hints.append(hint) }
    return hint
  }

  private mutating func next() -> DebugHint {
    guard let bug = standing else { return .other(report?.mistakes.map(\.sentence) ?? []) }
    let level = min(levels[bug.id, default: 0] + 1, Self.lastLevel)
    levels[bug.id] = level
    switch level {
    case 1:
      return .checks(report?.checks.filter { ![.passed, .skipped].contains($0.status) } ?? [])
    case 2: return .place(bug.place)
    default: return .name(bug.sentence)
    }
  }

  /// What was diagnosed goes before what only looks untouched.
  private var standing: Bug? {
    let named = Set(report?.mistakes.filter { $0.alternative == nil }.map(\.id) ?? [])
    let found = Set(finds.map(\.id))
    return bugs.first { named.contains($0.id) } ?? bugs.first { !found.contains($0.id) }
  }
}

/// What a hint tells.
enum DebugHint: Equatable {
  case checks([CheckResult])
  case place(BugPlace)
  case name(String)
  /// All lines that were wrong were changed, and these mistakes were made instead.
  case other([String])
}
