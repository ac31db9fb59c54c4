import Workshop

/// A command with its options, as help and the parser know them.
enum CommandName: String, CaseIterable, Sendable {
  case overview, grade, all, watch, drill, debug, mock, recall, list, show, hint, solution, reset,
    restore, history, report, `class`, export, handout, lldb, api, shell, help

  struct Option: Sendable {
    let name: String
    /// What to write after it, or nil for a switch.
    let value: String?
    let meaning: String
    /// Whether it means something without its value, too.
    var isOptional = false
  }

  /// What follows `swift run grade`.
  var usage: String {
    switch self {
    case .overview: ""
    case .grade: "<kata>"
    case .all: "all"
    case .watch: "watch <kata>"
    case .drill: "drill <kata>"
    case .debug: "debug [<kata>]"
    case .mock: "mock"
    case .recall: "recall"
    case .list: "list [<track>]"
    case .show: "show <kata>"
    case .hint: "hint <kata>"
    case .solution: "solution <kata>"
    case .reset: "reset <kata>"
    case .restore: "restore <kata>"
    case .history: "history [<kata>]"
    case .report: "report"
    case .class: "class <folder>"
    case .export: "export <platform> <folder>"
    case .handout: "handout <folder>"
    case .api: "api [<name>]"
    case .lldb: "lldb <kata> [<check>]"
    case .shell: "shell <shell>"
    case .help: "help [<command>]"
    }
  }

  var meaning: String {
    switch self {
    case .overview: "where you stand, and what to do next"
    case .grade: "grade your attempt at one kata"
    case .all: "grade every attempt you have started"
    case .watch: "grade again at every save"
    case .drill: "a fresh stub against the clock, until the first pass"
    case .debug: "a program with bugs against the clock: find them"
    case .mock: "a mock interview: several katas against one clock"
    case .recall: "questions an interviewer asks, to answer out loud"
    case .list: "the katas by track: passed, due, weak, new"
    case .show: "the statement of a kata"
    case .hint: "the next hint: the idea, the equations, the lines"
    case .solution: "the reference solution, once you have passed"
    case .reset: "a fresh stub; your attempt is kept under .katas/attempts/"
    case .restore: "an attempt that was replaced, back in place"
    case .history: "your drills: times, trend, due, mistakes"
    case .report: "a page to look at: where you stand, what is due, what failed"
    case .class: "grade everything that a class handed in"
    case .export: "an autograder for gradescope or classroom50"
    case .handout: "a repository for students, without the solutions"
    case .api: "what your code may call, by its name here or in NumPy"
    case .lldb: "one question under the debugger, without limits"
    case .shell: "a function for bash, zsh or fish: shorter, with completion"
    case .help: "this page, or the page of a command"
    }
  }

  var options: [Option] {
    let format = Option(
      name: "--format", value: "text|json|junit|line", meaning: "how the result is written")
    let color = Option(
      name: "--color", value: "auto|always|never",
      meaning: "auto means in a terminal, unless NO_COLOR is set")
    let all = Option(
      name: "--all", value: nil, meaning: "every check, and not the first that fails")
    let prints = Option(
      name: "--prints", value: "all|none",
      meaning: "what your code prints; some lines if not given")
    let seed = Option(name: "--seed", value: "N", meaning: "repeat a run with the same fixtures")
    switch self {
    case .grade:
      return [
        Option(
          name: "--attempt", value: "FILE", meaning: "grade FILE, not the one under katas/"),
        Option(
          name: "--show", value: "[CHECK]",
          meaning: "a question with your answer and the expected one", isOptional: true),
        all, prints, seed, format, color,
      ]
    case .all: return [all, prints, seed, format, color]
    case .watch: return [all, prints, seed, color]
    case .drill: return Self.drillOptions
    case .debug:
      return [
        Option(
          name: "--bugs", value: "N", meaning: "how many, 1 to \(BugDraw.most); drawn if not given"),
        Option(name: "--seed", value: "N", meaning: "the same bugs again"),
      ] + Self.drillOptions
    case .mock:
      return [
        Option(name: "--minutes", value: "N", meaning: "the time for all of it; 45 if not given"),
        Option(name: "--seed", value: "N", meaning: "the same choice of katas again"),
        Option(name: "--debug", value: nil, meaning: "one round is a program with bugs"),
        Option(
          name: "--resume", value: nil,
          meaning: "go on with the unfinished interview and its clock"),
      ]
    case .recall:
      return [
        Option(
          name: "--kata", value: "KATA",
          meaning: "only what is asked about this kata; general: about none"),
        Option(name: "--due", value: nil, meaning: "only what is due today"),
        Option(
          name: "--count", value: "N",
          meaning: "at most so many; \(RecallOptions.usualCount) if not given"),
      ]
    case .list:
      return [
        Option(name: "--all", value: nil, meaning: "a line for each kata, with its title"),
        Option(name: "--format", value: "text|json|markdown", meaning: "how the list is written"),
      ]
    case .hint:
      return [Option(name: "--level", value: "1|2|3", meaning: "one hint in particular")]
    case .solution:
      return [Option(name: "--give-up", value: nil, meaning: "show it before you have passed")]
    case .reset: return [Option(name: "--all", value: nil, meaning: "every kata")]
    case .restore:
      return [
        Option(name: "--at", value: "TIME", meaning: "the attempt whose name starts with TIME"),
        Option(name: "--list", value: nil, meaning: "which attempts are kept"),
      ]
    case .overview, .history:
      return [Option(name: "--format", value: "text|json", meaning: "how the page is written")]
    case .class: return Self.classOptions + [color]
    case .export: return Self.exportOptions
    case .handout:
      return [
        Option(name: "--katas", value: "KATA,…", meaning: "only these; all if not given")
      ]
    case .lldb:
      return [
        seed,
        Option(
          name: "--prepare", value: nil,
          meaning: "only write the question down, for .vscode/launch.json"),
      ]
    case .report:
      return [Option(name: "--open", value: nil, meaning: "show it in the browser, too")]
    case .show, .api, .shell, .help: return []
    }
  }

  private static let drillOptions = [
    Option(name: "--minutes", value: "N", meaning: "the target, if not the kata's own"),
    Option(name: "--edit", value: nil, meaning: "open it in VISUAL or EDITOR; the clock starts"),
    Option(
      name: "--resume", value: nil, meaning: "go on with the unfinished drill and its clock"),
  ]
}
