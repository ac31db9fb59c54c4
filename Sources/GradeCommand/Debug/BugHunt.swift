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

  let program: BuggyProgram
  let bugs: [Bug]
  /// How many bugs were asked for; nil where their number was drawn.
  var asked: Int?
  /// The latest verdict, with everything that the learner is not told.
  var report: Report?
  private(set) var progress: HuntProgress
  /// What was told, each once.
  private(set) var hints: [DebugHint]

  /// A hint says at most so much about one bug: which check, which function, which mistake.
  private static let lastLevel = 3

  init(
    _ program: BuggyProgram, in suite: any Suite.Type, report: Report? = nil,
    progress: HuntProgress = HuntProgress()
  ) {
    self.program = program
    self.report = report
    self.progress = progress
    bugs = program.places.map { place in
      Bug(place: place, sentence: suite.sentence(ofMistake: place.id) ?? place.id)
    }
    let told = bugs.flatMap { bug -> [DebugHint] in
      let both: [DebugHint] = [.place(bug.place), .name(bug.sentence)]
      return Array(both.prefix(max(0, progress.told[bug.id, default: 0] - 1)))
    }
    hints = told + progress.others.map { .other($0) }
  }

  var finds: [HuntProgress.Find] { progress.finds }

  /// The bugs as they were found, and then those that were not.
  var order: [Bug] {
    let found = finds.compactMap { find in bugs.first { $0.id == find.id } }
    return found + bugs.filter { bug in !found.contains(bug) }
  }

  /// Two minutes, as many for each bug, and one for ten lines.
  var minutes: Int {
    2 + 2 * bugs.count + (program.text.split(separator: "\n").count + 5) / 10
  }

  /// Takes note of the lines that were changed in `attempt`.
  mutating func look(at attempt: String, seconds: Double) {
    let touched = program.touched(in: attempt)
    progress.finds.removeAll { !touched.contains($0.id) }
    for id in touched where !finds.contains(where: { $0.id == id }) {
      progress.finds.append(HuntProgress.Find(id: id, seconds: seconds))
    }
  }

  /// What passes has no bug in it, whatever was changed.
  mutating func finish(seconds: Double) {
    for bug in bugs where !finds.contains(where: { $0.id == bug.id }) {
      progress.finds.append(HuntProgress.Find(id: bug.id, seconds: seconds))
    }
  }

  /// The next hint at the first bug that still stands; nil where nothing is known of what the program does.
  mutating func hint() -> DebugHint? {
    guard let hint = next() else { return nil }
    if !hints.contains(hint) { hints.append(hint) }
    return hint
  }

  private mutating func next() -> DebugHint? {
    let failed = report?.checks.filter { ![.passed, .skipped].contains($0.status) } ?? []
    guard let report, !failed.isEmpty else { return nil }
    guard let bug = standing else {
      let sentences = report.mistakes.map(\.sentence)
      if !progress.others.contains(sentences) { progress.others.append(sentences) }
      return .other(sentences)
    }
    let level = min(progress.told[bug.id, default: 0] + 1, Self.lastLevel)
    progress.told[bug.id] = level
    switch level {
    case 1: return .checks(failed)
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
