package import Practice
package import Workshop

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Everything outside the program that a command depends on, so that tests can stand in for it.
package struct Surroundings {
  /// Where `grade` was started.
  package var directory: String
  /// The `grade` binary itself: attempts run in it.
  package var executable: URL
  package var environment: [String: String]
  /// Whether standard output is a terminal.
  package var isTerminal: Bool
  /// Whether standard error is one, where a line can be written over.
  package var isNoteTerminal = false
  package var width: Int
  /// Whether somebody sits at a terminal: keys come from it, and what is written goes to it.
  package var hasKeys = false
  /// The size of the terminal now; it changes while a command runs.
  package var windowSize: () -> WindowSize? = { nil }
  package var limits = RoomLimits()
  /// Whether this process has no children but the grader's own.
  package var adoptsOrphans = false
  package var now: () -> Date
  /// Tells the learner's days apart.
  package var clock = WallClock.local
  package var newSeed: () -> UInt64
  /// Replaces this process by a command; the number of the error where that is not possible.
  package var become: ([String]) -> Int32 = Debugger.become
  /// Shows a page to the person who sits here.
  package var browse: (URL) throws(HarnessError) -> Void = Browser.show
  /// Lets a text that is longer than the screen be read in a pager; false where there is none.
  package var page: (String) throws(HarnessError) -> Bool = { _ in false }
  /// Standard output: the result.
  package var write: (String) -> Void
  /// Whether something that was written is lost: nobody reads anymore what a practice says.
  package var isOutputLost: () -> Bool = { false }
  /// Standard error: everything else.
  package var note: (String) -> Void

  package init(
    directory: String, executable: URL, environment: [String: String], isTerminal: Bool,
    width: Int, now: @escaping () -> Date, newSeed: @escaping () -> UInt64,
    write: @escaping (String) -> Void, note: @escaping (String) -> Void
  ) {
    self.directory = directory
    self.executable = executable
    self.environment = environment
    self.isTerminal = isTerminal
    self.width = width
    self.now = now
    self.newSeed = newSeed
    self.write = write
    self.note = note
  }

  /// These, with the commands on every screen spelled as they are typed here.
  func naming(_ command: String) -> Self {
    guard !command.isEmpty else { return self }
    var surroundings = self
    let (write, note, page) = (self.write, self.note, self.page)
    func named(_ text: String) -> String { text.replacing("swift run grade", with: command) }
    surroundings.write = { write(named($0)) }
    surroundings.note = { note(named($0)) }
    surroundings.page = { text throws(HarnessError) in try page(named(text)) }
    return surroundings
  }

  /// These, with no sentence that is noted wider than the terminal.
  func wrappingNotes() -> Self {
    guard isNoteTerminal else { return self }
    var surroundings = self
    let (note, style) = (self.note, style())
    surroundings.note = { text in
      // What an attempt prints stays as it is.
      guard text.hasPrefix("grade: ") else { return note(text) }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        .map { $0.columns > style.width ? style.wrap($0, indent: 2, start: 0) : $0 }
      note(lines.joined(separator: "\n"))
    }
    return surroundings
  }

  /// Whether a terminal obeys more than letters and newlines.
  var canMoveCursor: Bool { !["", "dumb"].contains(environment["TERM", default: ""]) }

  /// Whether the locale has letters beyond ASCII; one that says nothing is taken to.
  private var hasManyLetters: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    guard let locale = locale?.lowercased() else { return true }
    return locale.contains("utf") || !["c", "posix"].contains(locale)
  }

  func style(_ choice: ColorChoice = .auto) -> Style {
    let isColored =
      switch choice {
      case .always: true
      case .never: false
      case .auto:
        isTerminal && environment["NO_COLOR", default: ""].isEmpty
          && environment["TERM"] != "dumb"
      }
    return Style(
      isColored: isColored, width: width,
      isPlain: environment["TERM"] == "dumb" || !hasManyLetters)
  }
}
