import Grading
import Practice

/// How far a learner is with a kata.
enum KataState: String, CaseIterable {
  case passed, due, weak, undrilled, started, new

  init(_ practice: KataRecord, isBegun: Bool, on today: CivilDay, _ clock: WallClock) {
    self =
      switch practice.urgency(on: today, clock) {
      case .due: .due
      case .weak: .weak
      case .known: .passed
      case .undrilled: .undrilled
      case .new: isBegun ? .started : .new
      }
  }

  var symbol: String {
    switch self {
    case .passed: "✓"
    case .due: "!"
    case .weak: "~"
    case .undrilled: "○"
    case .started: "…"
    case .new: "·"
    }
  }

  var tone: Style.Tone {
    switch self {
    case .passed, .undrilled: .good
    case .due: .bad
    case .weak: .second
    case .started: .strong
    case .new: .faint
    }
  }

  var meaning: String {
    switch self {
    case .passed: "passed"
    case .due: "due"
    case .weak: "weak"
    case .undrilled: "never drilled"
    case .started: "started"
    case .new: "new"
    }
  }
}
