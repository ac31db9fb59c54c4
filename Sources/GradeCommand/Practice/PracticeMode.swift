import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What happens while somebody practices.
enum Happening: Equatable {
  case key(Character)
  case saved
  /// What somebody has worked on lies there when the practice begins.
  case found
  case disappeared
  /// The file is there, and nothing is in it.
  case emptied
  /// What stands in the attempt that is about to be graded.
  case attempt(String)
  /// Time goes by.
  case tick
  case resized(WindowSize)
  /// A verdict, and what the attempt printed on the way to it.
  case graded(Report, prints: String)
  case statement(String)
  case hint(level: Int, text: String)
  /// The fresh stub is there; what it replaced is kept in that place.
  case laid(kept: String?)
  /// Something that was asked for could not be done.
  case trouble(String)
  /// The terminal is gone.
  case closed
}

/// What is to be done about it.
enum Deed: Equatable {
  case grade
  case readAttempt
  case readStatement
  case readHint(level: Int)
  case layFreshStub
  /// The learner's editor has the terminal until it is closed.
  case edit
  /// From now on the attempt at this kata is the one that is looked at.
  case open(Kata)
  /// An attempt that somebody has worked on is graded as if it were saved now.
  case gradeWhatIsBegun
  case remember(Event)
  /// Said where nothing is drawn; on a screen it is seen anyway.
  case tell(String)
  case end(ExitCode)

  /// Whether a grading goes on meanwhile; the others end it.
  var isDoneBesideGrading: Bool {
    switch self {
    case .readAttempt, .readStatement, .readHint, .remember, .tell: true
    case .grade, .layFreshStub, .edit, .open, .gradeWhatIsBegun, .end: false
    }
  }
}

/// A way to practice, as a machine without a clock, a file or a terminal.
protocol PracticeMode {
  /// The kata that is on the desk.
  var board: Board { get set }

  /// What there is to do before anything has happened.
  mutating func begin(at time: Date) -> [Deed]

  mutating func take(_ happening: Happening, at time: Date) -> [Deed]

  /// The whole screen; nil where nothing is drawn.
  func screen(at time: Date) -> Screen?

  /// The drill that gradings belong to.
  var drill: String? { get }

  /// Whether what is graded is a program with bugs, and not an attempt.
  var isDebugging: Bool { get }

  /// Whether it has come to an end, and does not go on another time.
  var isOver: Bool { get }
}
