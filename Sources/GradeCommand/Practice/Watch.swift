import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Grades at every save, for as long as one likes.
struct Watch: PracticeMode {
  var board: Board
  /// Every kata, in the order of the catalogue, with the path of its attempt.
  let katas: [(kata: Kata, path: String)]
  var passed: Set<String>
  /// The last hint that was shown of each kata.
  var hints: [String: Int]

  var drill: String? { nil }
  var isDebugging: Bool { false }
  var isOver: Bool { false }

  mutating func begin(at time: Date) -> [Deed] {
    board.introduction = PracticeWording.firstLook
    return grade()
  }

  mutating func take(_ happening: Happening, at time: Date) -> [Deed] {
    if case .graded(let report, _) = happening, report.verdict == .passed {
      passed.insert(report.kata)
      board.next = next?.kata.name
    }
    var deeds = board.absorb(happening, at: time).map { [Deed.tell($0)] } ?? []
    switch happening {
    case .saved, .found: deeds += grade()
    case .graded(let report, _): deeds.append(.remember(.graded(report, at: time)))
    case .hint(let level, _):
      hints[board.kata.name] = level
      deeds.append(.remember(.hint(level, of: board.kata, at: time)))
    case .laid(let kept):
      hints[board.kata.name] = 0
      board.notice = PracticeWording.laid(kept: kept)
      deeds += [
        .tell(PracticeWording.laid(kept: kept)),
        .remember(Event(Event.Kind.reset, kata: board.kata.name, at: time)),
      ]
    case .closed: deeds.append(.end(exitCode))
    case .key(let key): deeds += take(key)
    case .disappeared, .emptied, .attempt, .tick, .resized, .statement, .trouble: break
    }
    return deeds
  }

  func screen(at time: Date) -> Screen? {
    board.screen(status: board.state, keys: PracticeWording.watchKeys)
  }

  private mutating func take(_ key: Character) -> [Deed] {
    if board.question != nil {
      guard ["y", "n", "q", "\u{1B}"].contains(key) else { return [] }
      board.question = nil
      return key == "y" ? [.layFreshStub] : []
    }
    if board.turnPage(key) || board.scroll(key) { return [] }
    board.notice = nil
    switch key {
    case "h": return [.readHint(level: hints[board.kata.name, default: 0] + 1)]
    case "s": return [.readStatement]
    case "a":
      board.listsAll.toggle()
      return []
    case "r":
      board.question = PracticeWording.resetQuestion
      return [.tell(PracticeWording.resetQuestion)]
    case "n":
      guard let next else {
        board.notice = PracticeWording.nothingElse
        return [.tell(PracticeWording.nothingElse)]
      }
      board = board.with(next.kata, path: next.path)
      board.introduction = PracticeWording.firstLook
      return [.open(next.kata)] + grade()
    case "q", "\u{04}": return [.end(exitCode)]
    default: return []
    }
  }

  private mutating func grade() -> [Deed] {
    board.isGrading = true
    return [.grade]
  }

  /// Quitting tells what the last verdict was.
  private var exitCode: ExitCode { board.report?.verdict == .passed ? .passed : .notPassed }

  /// The first kata after this one, and round to it, that has not been passed.
  private var next: (kata: Kata, path: String)? {
    guard let index = katas.firstIndex(where: { $0.kata == board.kata }) else { return nil }
    return (katas[(index + 1)...] + katas[..<index]).first { !passed.contains($0.kata.name) }
  }
}
