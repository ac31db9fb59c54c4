package import Grading
import Practice
package import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One run of `grade`, from the words on the command line to the exit code.
package struct GradeCommand {
  let surroundings: Surroundings
  /// What can be practiced.
  let catalogue: Catalogue
  private let said = SaidOnce()

  package init(_ surroundings: Surroundings, catalogue: Catalogue) {
    self.surroundings = surroundings.wrappingNotes().naming(
      surroundings.environment[ShellFunction.variable, default: ""])
    self.catalogue = catalogue
  }

  /// - Throws: only `HarnessError.interrupted`, when a signal asks the program to end.
  package func run(_ arguments: [String]) throws(HarnessError) -> ExitCode {
    if arguments == [Self.workerWord] { return try workForClass() }
    do {
      return try perform(try Arguments.parse(arguments, catalogue))
    } catch let error as UsageError {
      surroundings.note("grade: \(Wording.sentence(for: error))\n")
      return .wrongUsage
    } catch HarnessError.interrupted(let signal) {
      throw .interrupted(signal: signal)
    } catch let error as HarnessError {
      surroundings.note("grade: \(Wording.sentence(for: error))\n")
      return .harnessFailed
    } catch let error as JournalError {
      surroundings.note("grade: \(Wording.sentence(for: error))\n")
      return .harnessFailed
    } catch {
      surroundings.note("grade: \(error)\n")
      return .harnessFailed
    }
  }

  private func perform(_ request: Request) throws -> ExitCode {
    switch request {
    case .help(let topic):
      try writePage(try Help.page(for: topic, surroundings.style()))
      return .passed
    case .list(let options): return try list(options)
    case .overview(let format): return try overview(format)
    case .grade(let kata, let options): return try grade(kata, options)
    case .all(let options): return try gradeAll(options)
    case .watch(let kata, let options): return try watch(try named(kata), options)
    case .drill(let kata, let options): return try drill(kata, options)
    case .debug(let kata, let options): return try debug(kata, options)
    case .mock(let options): return try mock(options)
    case .recall(let options): return try recall(options)
    case .show(let kata): return try statement(of: try named(kata))
    case .hint(let kata, let level): return try hint(try named(kata), level: level)
    case .solution(let kata, let givesUp):
      return try solution(try named(kata), givesUp: givesUp)
    case .reset(let katas): return try reset(katas.map(named))
    case .restore(let kata, let time): return try restore(try named(kata), time: time)
    case .keptAttempts(let kata): return try keptAttempts(of: try named(kata))
    case .lldb(let kata, let check, let seed, let onlyPrepares):
      return try debug(kata, check: check, seed: seed, onlyPrepares: onlyPrepares)
    case .shell(let name): return try shell(name)
    case .complete(let words): return try complete(words)
    case .report(let opens): return try learnerPage(opens: opens)
    case .api(let name): return try api(name)
    case .gradeClass(let options): return try gradeClass(options)
    case .mergeClass(let files, let page): return try mergeClass(files, page)
    case .export(let platform, let folder, let points, let seed):
      return try export(for: platform, to: folder, points: points, seed: seed)
    case .handOut(let folder, let katas): return try handOut(to: folder, katas: katas)
    case .history(let kata, let format): return try history(of: try kata.map(named), format)
    }
  }

  /// Writes what is read from its beginning: in a pager, where somebody sits at a screen that is shorter.
  func writePage(_ text: String) throws(HarnessError) {
    let rows = surroundings.windowSize()?.rows ?? .max
    let isLong = surroundings.style().fold(text).count > rows
    guard isLong, surroundings.hasKeys, surroundings.canMoveCursor, try surroundings.page(text)
    else {
      surroundings.write(text)
      return
    }
  }

  func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder.ofAnyNumber()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  func project() throws(HarnessError) -> Project {
    try Project(
      around: surroundings.directory,
      executable: surroundings.executable.deletingLastPathComponent().path)
  }

  func named(_ kata: String) throws(UsageError) -> Kata { try suite(kata).kata }

  func suite(_ kata: String) throws(UsageError) -> any Suite.Type {
    guard let suite = catalogue.suite(named: kata) else {
      throw .unknownKata(kata, suggestion: nil)
    }
    return suite
  }

  /// Remembers an event. Practice goes on where it cannot be written down.
  func remember(_ event: Event, in project: Project) {
    do {
      try Journal(file: project.journal).append(event)
    } catch {
      guard said.isFirst("write") else { return }
      surroundings.note("grade: not in the journal: \(Wording.sentence(for: error))\n")
    }
  }

  /// A sentence of a result, in lines as wide as the terminal.
  func say(_ sentence: String) {
    surroundings.write(surroundings.style().wrap(sentence, indent: 2, start: 0) + "\n")
  }

  /// A word about something that stays wrong, said at its first time.
  func noteOnce(_ topic: String, _ sentence: String) {
    if said.isFirst(topic) { surroundings.note("grade: \(sentence)\n") }
  }

  /// What the journal says, folded once a command, and a word about lines that it cannot say.
  func practice(in project: Project) -> PracticeRecord {
    let journal = Journal(file: project.journal)
    if let reason = journal.obstacle, said.isFirst("read") {
      surroundings.note("grade: .katas/journal.jsonl cannot be read (\(reason)); left as is\n")
    }
    let (events, unreadable, newer) = journal.read()
    if unreadable > 0 {
      let lines = Figures.count(unreadable, "line")
      let age = newer > 0 ? ", \(newer) of them by a newer grade" : ""
      surroundings.note(
        "grade: \(lines) of .katas/journal.jsonl cannot be read\(age); left as is\n")
    }
    let minutes = catalogue.katas.map { ($0.name, $0.minutes) }
    return PracticeRecord(
      events, minutes: Dictionary(uniqueKeysWithValues: minutes), clock: surroundings.clock)
  }
}

/// What is wrong with the journal stays wrong for a whole practice, and is said at its first event.
private final class SaidOnce {
  private var topics: Set<String> = []

  func isFirst(_ topic: String) -> Bool { topics.insert(topic).inserted }
}
