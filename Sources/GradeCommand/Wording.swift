import Practice
import Workshop

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What every error says: what happened, where, and what to do next.
enum Wording {
  static func sentence(for error: UsageError) -> String {
    func meant(_ suggestion: String?, or otherwise: String = "") -> String {
      suggestion.map { "; did you mean '\($0)'?" } ?? otherwise
    }
    return switch error {
    case .unknownKata(let name, let suggestion):
      "no kata '\(echo(name))'\(meant(suggestion, or: "; 'swift run grade list' shows them"))"
    case .unknownOption(let option, let command, let suggestion):
      "'\(command)' has no option '\(echo(option))'\(meant(suggestion))"
    case .missingValue(let option): "'\(echo(option))' needs a value"
    case .badValue(let option, let value, let allowed):
      "'\(echo(value))' is no value for '\(echo(option))'; it takes \(allowed)"
    case .missingKata(let command):
      "'\(command)' needs the name of a kata; 'swift run grade list' shows them"
    case .tooMany(let word, let command):
      "'\(command)' does not know what to do with '\(echo(word))'"
    case .noSuchAttempt(let path): "there is no file '\(echo(path))'"
    case .unknownFunction(let name, let suggestion):
      "nothing is called '\(echo(name))'\(meant(suggestion, or: "; 'swift run grade api' lists what is"))"
    case .unknownShell(let name, let suggestion):
      (name.map { "no function for '\(echo($0))'" } ?? "'shell' needs the name of a shell")
        + meant(suggestion, or: "; there are bash, zsh and fish")
    case .unknownTrack(let name, let suggestion, let names):
      "no track '\(echo(name))'\(meant(suggestion, or: "; there are \(names.joined(separator: ", "))"))"
    case .unknownTopic(let name, let suggestion):
      "no command '\(echo(name))'\(meant(suggestion))"
    case .unknownCheck(let name, let kata, let suggestion, let names):
      "\(kata) has no check '\(echo(name))'"
        + meant(suggestion, or: "; it has \(names.joined(separator: ", "))")
    case .nothingKept(let kata): "no attempt at '\(kata)' was replaced yet, so none is kept"
    case .noKeptAttempt(let kata, let time):
      """
      no attempt at '\(kata)' that is kept is of '\(echo(time))'; \
      'swift run grade restore \(kata) --list' shows them
      """
    case .missingFolder(let command):
      "'\(command)' needs a folder: swift run grade \(command) submissions"
    case .notAClass(let path, let reason):
      "\(echo(path)) holds no class: \(reason)."
    case .shardWithoutSeed:
      "'--shard' needs '--seed N', the same for every part, or each part asks other questions"
    case .unknownPlatform(let name, let suggestion):
      (name.map { "nothing is exported for '\(echo($0))'" } ?? "'export' needs a platform")
        + meant(suggestion, or: "; there are gradescope and classroom50")
    case .notFree(let path):
      "'\(echo(path))' is there already; name a folder that is new or empty"
    case .missingResults:
      "'class merge' needs what '--format json' wrote: swift run grade class merge part-*.json"
    case .noResult(let path, let reason):
      "\(echo(path)) is no result of a class: \(reason)"
    case .noWhole(let reason): "these are not the parts of one class: \(echo(reason))"
    case .needsOutput(let format, let documents):
      "'\(format)' has one result per file, and there are \(documents): add --output FOLDER"
    case .noSuchHint(let level, let count): "there is no hint \(level); there are \(count)"
    }
  }

  static func sentence(for error: HarnessError) -> String {
    switch error {
    case .notInAPackage(let directory):
      """
      \(directory) is not inside a checkout: no directory from there upward holds Package.swift \
      and katas/. Change into the one you cloned.
      """
    case .noDirectory:
      "the directory that grade was started in was removed. Change into the checkout you cloned."
    case .noSolution(let path):
      "there is no \(path); this checkout was handed out without its solution."
    case .noStub(let attempt, let solution):
      """
      the stub of \(attempt) is not known: there is no \(solution) to cut it from, and git has no \
      committed version of it with a todo(). Commit the stub, or put the solution back.
      """
    case .noCompiler:
      """
      there is no swiftc on PATH, and an attempt cannot be compiled without it. Install a Swift \
      toolchain (swift.org/install), or add its bin directory to PATH.
      """
    case .noBrowser(let opener, let path):
      "\(opener) opened no browser; the page is at \(path)"
    case .noDebugger(let details):
      """
      lldb cannot run: \(details)
      swift.org/install/linux lists the packages it needs for each system; the docker image "swift" has them \
      (docker run --cap-add=SYS_PTRACE …).
      """
    case .noKataKit(let path):
      "the module that attempts import is not at \(path). 'swift build' makes it."
    case .otherCompiler(let details):
      """
      the compiler on PATH is not the one that built this grader. 'swift build' with the same \
      toolchain mends it.
      \(details)
      """
    case .cannotLink(let details): "the compiled attempt cannot be linked:\n\(details)"
    case .system(let call, let path, let code):
      "cannot \(call)\(path.map { " \($0)" } ?? ""): \(reason(code))"
    case .roomDied(let details):
      "the process that runs the attempt ended before its first check: \(details)"
    case .otherRoom(let details):
      "grade and room are not of one build: \(details)\nBuild both: swift build"
    case .interrupted: "interrupted"
    case .superseded: "saved again"
    case .unpairedMarkers(let file, let line):
      "\(file):\(line): this marker has no partner; regions are neither nested nor left open"
    case .badBug(let file, let line, let error): "\(file):\(line): \(sentence(for: error))"
    case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
    case .notReplaced(let attempt, let path, let reason, let place):
      "cannot write \(path): \(reason). "
        + (place.map { "What was \(attempt) is kept as \($0)." }
          ?? "\(attempt) is as it was, and nothing is lost.")
    case .unreadable(let path): "cannot read \(path)"
    }
  }

  static func sentence(for error: BugCommentError) -> String {
    switch error {
    case .unclosed: "a bug is written '// bug IDENTIFIER: CODE'"
    case .outsideRegion: "a bug stands inside a region that the learner writes"
    case .nothingToReplace: "the region ends before the lines that this bug replaces"
    case .twice(let id): "there is another bug '\(id)'"
    case .unknown(let id): "no mistake of this kata is called '\(id)'"
    }
  }

  static func sentence(for error: JournalError) -> String {
    switch error {
    case .system(let call, let path, let code): "cannot \(call) \(path): \(reason(code))"
    case .cannotEncode(let details): "cannot write this down: \(details)"
    }
  }

  /// The result is lost on its way.
  static func cannotSay(_ code: Int32) -> String {
    "cannot write to standard output: \(reason(code)). The result above is not all of it."
  }

  /// What somebody has typed, as far as it can be said in a sentence.
  private static func echo(_ word: String) -> String {
    let letters = word.unicodeScalars
    let shown = String(letters.prefix(echoed)).map { $0.isNewline ? " " : String($0) }
    return shown.joined().withoutControls + (letters.count > echoed ? "…" : "")
  }

  private static let echoed = 80

  /// The operating system's own words for an error number.
  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
