import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Carries what happens to a way to practice, and does what it says: the keyboard, the file and the clock.
struct PracticeLoop<Mode: PracticeMode>: ~Copyable {
  /// Milliseconds between two looks at the file; a save counts at the second look that sees it.
  private var pause: Int32 { watch.isSettling ? 10 : 40 }

  let command: GradeCommand
  let project: Project
  let grader: Grader
  /// What had been practiced when it began.
  let practice: PracticeRecord
  let options: GradingOptions
  var mode: Mode

  private let signals = BlockedSignals()
  private var watch: FileWatch
  private var keyboard: Keyboard?
  private var editor: Editor?
  private var editorCommand: String?
  private var drawn: Screen?
  private var ending: ExitCode?
  /// Whether the file was saved while it was graded, or left without a verdict.
  private var isSuperseded = false
  private var isInGrading = false
  /// What was asked for during a grading and ended it.
  private var deferred: [Deed] = []

  init(
    _ mode: Mode, command: GradeCommand, project: Project, grader: Grader,
    practice: PracticeRecord, options: GradingOptions
  ) {
    self.mode = mode
    self.command = command
    self.project = project
    self.grader = grader
    self.practice = practice
    self.options = options
    watch = FileWatch(project.attempt(mode.board.kata))
  }

  deinit { signals.restore() }

  /// - Parameter opens: whether the editor is first; it has the terminal to itself until it returns.
  mutating func run(
    editor command: String? = nil, opens: Bool = true
  ) throws(HarnessError) -> ExitCode {
    // The modes of the terminal are restored before a signal that waits is let through.
    defer { keyboard = nil }
    let surroundings = self.command.surroundings
    let opensEditor = command != nil && opens
    if mode.board.window != nil, !opensEditor { surroundings.write(Screen.clear) }
    try prepareFollowUp()
    editorCommand = command
    // The first grading is one in which keys are pressed, too.
    if !opensEditor { takeTerminal() }
    try perform(mode.begin(at: surroundings.now()))
    if opensEditor { try openEditor() }
    while ending == nil || editor != nil {
      draw()
      if surroundings.isOutputLost() { return .harnessFailed }
      try listen()
      if editor?.isOpen == false { takeTerminal() }
    }
    draw()
    if drawn != nil { surroundings.write("\n") }
    return ending ?? .notPassed
  }

  private mutating func openEditor() throws(HarnessError) {
    guard let editorCommand else { return }
    keyboard = nil
    editor = try Editor(
      editorCommand, file: project.attempt(mode.board.kata),
      environment: command.surroundings.environment)
  }

  private mutating func takeTerminal() {
    editor = nil
    drawn = nil
    if command.surroundings.hasKeys { keyboard = Keyboard() }
  }

  /// Waits a moment for a key, and then looks at everything else.
  private mutating func listen() throws(HarnessError) {
    if !deferred.isEmpty {
      let deeds = deferred
      deferred = []
      return try perform(deeds)
    }
    if isSuperseded {
      isSuperseded = false
      return try take(.saved)
    }
    if keyboard != nil {
      try hear(milliseconds: pause)
    } else {
      _ = poll(nil, 0, pause)
      if let signal = signals.take() { throw .interrupted(signal: signal) }
    }
    guard ending == nil else { return }
    look()
    switch watch.look() {
    case .saved: try take(.saved)
    case .disappeared: try take(.disappeared)
    case .emptied: try take(.emptied)
    case nil: try take(.tick)
    }
  }

  private mutating func hear(milliseconds: Int32) throws(HarnessError) {
    switch try keyboard?.read(milliseconds: milliseconds) ?? .none {
    case .key(let key): try take(.key(key))
    case .closed: try take(.closed)
    case .resumed: forgetScreen()
    case .none: break
    }
  }

  /// Whatever was on the screen is not there anymore.
  private mutating func forgetScreen() {
    if mode.board.window != nil { command.surroundings.write(Screen.clear) }
    drawn = nil
  }

  /// Notices a new size of the terminal.
  private mutating func look() {
    guard let window = mode.board.window, let size = command.surroundings.windowSize(),
      size != window
    else { return }
    _ = mode.take(.resized(size), at: command.surroundings.now())
  }

  private mutating func take(_ happening: Happening) throws(HarnessError) {
    try perform(mode.take(happening, at: command.surroundings.now()))
  }

  private mutating func draw() {
    guard editor == nil, let screen = mode.screen(at: command.surroundings.now()),
      screen != drawn
    else { return }
    command.surroundings.write(screen.drawing)
    drawn = screen
  }

  /// - Throws: `HarnessError.superseded` where something is asked for that cannot be done during a grading.
  private mutating func perform(_ deeds: [Deed]) throws(HarnessError) {
    for (index, deed) in deeds.enumerated() {
      guard ending == nil else { return }
      if isInGrading, !deed.isDoneBesideGrading {
        deferred = Array(deeds[index...])
        throw .superseded
      }
      switch deed {
      case .grade: try grade()
      case .readAttempt:
        if case .text(let bytes) = AttemptSource(at: project.attempt(kata)) {
          try take(.attempt(String(decoding: bytes, as: UTF8.self)))
        }
      case .readStatement: try take(reading { .statement(try project.statement(kata).pageText()) })
      case .readHint(let level): try take(reading { try hint(level) })
      case .layFreshStub:
        let now = command.surroundings.now()
        try take(
          reading {
            .laid(
              kept: try Desk(project: project).layFreshStub(kata, at: now).map(project.display))
          })
      case .edit: try openEditor()
      case .open(let kata):
        watch = FileWatch(project.attempt(kata))
        try prepareFollowUp()
      case .gradeWhatIsBegun:
        // Looked at after the watch was begun, so that no save falls between.
        try surviving { loop in
          let source = AttemptSource(at: loop.project.attempt(loop.kata))
          if try Desk(project: loop.project).isBegun(source, at: loop.kata) {
            try loop.take(.found)
          }
        }
      case .remember(let event): command.remember(event, in: project)
      case .tell(let text):
        if mode.board.window == nil {
          // A text of several lines is set off from what follows; it ends with a newline of its own.
          command.surroundings.write(text + "\n")
        }
      case .end(let code): ending = code
      }
    }
  }

  private mutating func prepareFollowUp() throws(HarnessError) {
    try surviving { loop in
      loop.mode.board.followUp = try loop.command.followUp(
        to: loop.kata, in: loop.project, loop.practice)
    }
  }

  /// Does what may fail without an end to the practice; the next save is graded all the same.
  ///
  /// - Throws: `HarnessError.interrupted`.
  private mutating func surviving(
    _ work: (inout Self) throws -> Void
  ) throws(HarnessError) {
    do {
      try work(&self)
    } catch HarnessError.interrupted(let signal) {
      throw .interrupted(signal: signal)
    } catch HarnessError.superseded {
      mode.board.isGrading = deferred.isEmpty || deferred.contains(.grade)
      // An editor is closed again, and what was asked for before it is still owed.
      isSuperseded = deferred.isEmpty || deferred.first == .edit
    } catch {
      mode.board.isGrading = false
      try take(trouble(error))
    }
  }

  private var kata: Kata { mode.board.kata }

  /// What there is to read or lay, or the sentence why there is not.
  private func reading(_ work: () throws -> Happening) -> Happening {
    do {
      return try work()
    } catch {
      return trouble(error)
    }
  }

  private func trouble(_ error: any Error) -> Happening {
    .trouble((error as? HarnessError).map(Wording.sentence) ?? HarnessError.reason(error))
  }

  private func hint(_ level: Int) throws -> Happening {
    let hints = try Hints(of: kata, in: project).texts
    guard !hints.isEmpty else { return .trouble(PracticeWording.noHints) }
    let level = min(level, hints.count)
    return .hint(
      level: level, text: PracticeWording.hint(level, of: hints.count, hints[level - 1]))
  }

  /// Grades the attempt, unless nothing is in it.
  private mutating func grade() throws(HarnessError) {
    let file = project.attempt(kata)
    let source = AttemptSource(at: file)
    if source == .empty { return try take(.emptied) }
    try surviving { loop in
      let (report, prints) = try loop.report(on: file, source)
      if loop.mode.board.window == nil, !prints.isEmpty, loop.editor == nil {
        loop.command.surroundings.note(prints.hasSuffix("\n") ? prints : prints + "\n")
      }
      try loop.take(.graded(report, prints: prints))
    }
  }

  private mutating func report(
    on file: URL, _ source: AttemptSource
  ) throws -> (report: Report, prints: String) {
    let (command, grader) = (command, grader)
    isInGrading = true
    defer { isInGrading = false }
    let suite = try command.suite(kata.name)
    var prints = ""
    let report = try command.report(
      on: suite, file: file, source: source, by: grader, options, isDebugging: mode.isDebugging,
      printed: { prints += $0 },
      meanwhile: { () throws(HarnessError) in try lookUp(from: file, source) })
    return (report, prints)
  }

  /// The screen lives on during a grading, and keys are heard. A save ends it, or a key that leaves what
  /// is graded.
  private mutating func lookUp(from file: URL, _ source: AttemptSource) throws(HarnessError) {
    try hear(milliseconds: 0)
    look()
    switch watch.look() {
    // Of a file that is as it was, this grading gives the verdict.
    case .saved: if AttemptSource(at: file) != source { throw .superseded } else { try take(.tick) }
    case .disappeared: try take(.disappeared)
    case .emptied: try take(.emptied)
    case nil: try take(.tick)
    }
    draw()
  }
}
