package import Grading
import Practice
import Workshop

/// Reads the command line. The order of words and options is free.
package struct Arguments {
  let catalogue: Catalogue
  var command: CommandName
  var words: [String] = []
  var values: [String: String] = [:]

  package static func parse(
    _ arguments: [String], _ catalogue: Catalogue
  ) throws(UsageError) -> Request {
    try Arguments(arguments, catalogue).request()
  }

  private init(_ arguments: [String], _ catalogue: Catalogue) throws(UsageError) {
    self.catalogue = catalogue
    command = .grade
    var rest = arguments[...]
    let named = rest.first.flatMap(CommandName.init)
    if let named {
      command = named
      rest = rest.dropFirst()
    }
    // What is being typed is nobody's to judge.
    if named == .shell, rest.first == "complete" {
      words = Array(rest)
      return
    }
    while let word = rest.popFirst() {
      // `api` is asked for "-=", too.
      guard word.hasPrefix("-"), word.count > 1, word != "-=" else {
        words.append(word)
        continue
      }
      let (name, inline) = Self.split(word)
      if ["-h", "--help"].contains(name) {
        values["--help"] = ""
        continue
      }
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw .unknownOption(
          name, command: command.rawValue,
          suggestion: nearest(to: name, among: command.options.map(\.name) + ["--help"]))
      }
      guard option.value != nil else {
        values[name] = ""
        continue
      }
      if option.isOptional, inline == nil, !isValue(rest.first) {
        values[name] = ""
        continue
      }
      guard let value = inline ?? rest.popFirst() else { throw .missingValue(option: name) }
      values[name] = value
    }
    // Without a word it is the overview, unless an option makes sense of a grading only.
    let known = CommandName.overview.options.map(\.name) + ["--help"]
    if named == nil, words.isEmpty, values.keys.allSatisfy(known.contains) { command = .overview }
  }

  /// Whether `word` can belong to an option that does without.
  private func isValue(_ word: String?) -> Bool {
    guard let word, !word.hasPrefix("-") else { return false }
    return !words.isEmpty || catalogue.name(meantBy: word) == nil
  }

  private static func split(_ word: String) -> (name: String, value: String?) {
    guard word.hasPrefix("--"), let equals = word.firstIndex(of: "=") else { return (word, nil) }
    return (String(word[..<equals]), String(word[word.index(after: equals)...]))
  }

  private func request() throws(UsageError) -> Request {
    if values["--help"] != nil {
      return .help(topic: command == .overview || command == .grade ? nil : command.rawValue)
    }
    switch command {
    case .help: return .help(topic: words.first)
    case .lldb:
      try expectWords(2)
      guard let name = words.first else { throw .missingKata(command: command.rawValue) }
      return .lldb(
        kata: try kata(named: name), check: words.dropFirst().first, seed: try number("--seed"),
        onlyPrepares: values["--prepare"] != nil)
    case .shell:
      if words.first == "complete" { return .complete(words: Array(words.dropFirst())) }
      try expectWords(1)
      return .shell(try shell())
    case .class: return try classRequest()
    case .export: return try exportRequest()
    case .handout: return try handoutRequest()
    case .api:
      try expectWords(1)
      return .api(name: words.first)
    case .report:
      try expectWords(0)
      return .report(opens: values["--open"] != nil)
    case .overview:
      try expectWords(0)
      return .overview(try choice("--format", PageFormat.self) ?? .text)
    case .list:
      try expectWords(1)
      return .list(
        ListOptions(
          track: try track(), isLong: values["--all"] != nil,
          format: try choice("--format", ListFormat.self) ?? .text))
    case .all:
      try expectWords(0)
      return .all(options: try gradingOptions())
    case .grade:
      let kata = try kata()
      var options = try gradingOptions()
      options.show = try shown(of: kata, options.format)
      return .grade(kata: kata, options: options)
    case .drill:
      let options = try drillOptions()
      // The newest that is unfinished needs no name.
      return .drill(
        kata: options.resumes && words.isEmpty ? nil : try kata(), options: options)
    case .debug:
      return .debug(
        kata: words.isEmpty ? nil : try kata(),
        options: DebugOptions(
          bugs: try number("--bugs", in: 1...BugDraw.most), seed: try number("--seed"),
          drill: try drillOptions()))
    case .mock:
      try expectWords(0)
      var options = MockOptions(
        seed: try number("--seed"), debugs: values["--debug"] != nil,
        resumes: values["--resume"] != nil)
      if let minutes = try minutes() { options.minutes = minutes }
      return .mock(options)
    case .recall:
      try expectWords(0)
      return .recall(try recallOptions())
    case .watch: return .watch(kata: try kata(), options: try gradingOptions())
    case .show: return .show(kata: try kata())
    case .hint: return .hint(kata: try kata(), level: try number("--level").map(Int.init))
    case .solution: return .solution(kata: try kata(), givesUp: values["--give-up"] != nil)
    case .reset:
      if values["--all"] != nil {
        try expectWords(0)
        return .reset(katas: catalogue.katas.map(\.name))
      }
      return .reset(katas: [try kata()])
    case .restore:
      guard values["--list"] == nil else { return .keptAttempts(kata: try kata()) }
      // Every name begins with nothing.
      if let time = values["--at"], time.allSatisfy(\.isWhitespace) {
        throw .badValue(option: "--at", value: time, allowed: "the beginning of a name in --list")
      }
      return .restore(kata: try kata(), time: values["--at"])
    case .history:
      return .history(
        kata: words.isEmpty ? nil : try kata(),
        format: try choice("--format", PageFormat.self) ?? .text)
    }
  }

  private func shell() throws(UsageError) -> Shell {
    let shells = Shell.allCases.map(\.rawValue)
    guard let name = words.first, let shell = Shell(rawValue: name) else {
      throw .unknownShell(
        words.first, suggestion: words.first.flatMap { nearest(to: $0, among: shells) })
    }
    return shell
  }

  private func track() throws(UsageError) -> Track? {
    guard let word = words.first else { return nil }
    let names = Track.allCases.map(\.rawValue)
    if let track = Track(rawValue: word.lowercased()) { return track }
    throw .unknownTrack(word, suggestion: nearest(to: word, among: names), names: names)
  }

  private func drillOptions() throws(UsageError) -> DrillOptions {
    DrillOptions(
      minutes: try minutes(), edits: values["--edit"] != nil, resumes: values["--resume"] != nil)
  }

  private func minutes() throws(UsageError) -> Int? {
    try number("--minutes", in: 1...600)
  }

  private func recallOptions() throws(UsageError) -> RecallOptions {
    RecallOptions(
      kata: try values["--kata"].map { name throws(UsageError) in
        name == RecallQuestion.general ? name : try kata(named: name)
      },
      onlyDue: values["--due"] != nil,
      count: try number("--count", in: 1...1000) ?? RecallOptions.usualCount)
  }

  func number(
    _ option: String, in range: ClosedRange<Int>
  ) throws(UsageError) -> Int? {
    guard let value = values[option] else { return nil }
    guard let number = Int(value), range.contains(number) else {
      throw .badValue(
        option: option, value: value,
        allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private func gradingOptions() throws(UsageError) -> GradingOptions {
    GradingOptions(
      attempt: values["--attempt"], seed: try number("--seed"),
      format: try choice("--format", OutputFormat.self) ?? .text,
      color: try choice("--color", ColorChoice.self) ?? .auto,
      listsAll: values["--all"] != nil, prints: try choice("--prints", PrintsChoice.self))
  }

  private func shown(
    of kata: String, _ format: OutputFormat
  ) throws(UsageError) -> ShownQuestion? {
    guard let word = values["--show"] else { return nil }
    guard format == .text else {
      throw .badValue(option: "--format", value: format.rawValue, allowed: "text beside --show")
    }
    guard !word.isEmpty else { return .first }
    let names = catalogue.suite(named: kata)?.checkNames ?? []
    let begun = names.filter { $0.lowercased().hasPrefix(word.lowercased()) }
    if let name = begun.first(where: { $0.count == word.count }) ?? begun.first {
      return .check(name)
    }
    throw .unknownCheck(
      word, kata: kata, suggestion: nearest(to: word.lowercased(), among: names), names: names)
  }

  /// The one kata that the command is about.
  private func kata() throws(UsageError) -> String {
    guard let name = words.first else { throw .missingKata(command: command.rawValue) }
    let kata = try kata(named: name)
    try expectWords(1)
    return kata
  }

  func kata(named name: String) throws(UsageError) -> String {
    guard let meant = catalogue.name(meantBy: name) else {
      let names = catalogue.katas.map(\.name)
      let commands = command == .grade ? CommandName.allCases.map(\.rawValue) : []
      throw .unknownKata(name, suggestion: nearest(to: name, among: names + commands))
    }
    return meant
  }

  func expectWords(_ count: Int) throws(UsageError) {
    if words.count > count { throw .tooMany(words[count], command: command.rawValue) }
  }

  func number(_ option: String) throws(UsageError) -> UInt64? {
    guard let value = values[option] else { return nil }
    guard let number = UInt64(value) else {
      throw .badValue(option: option, value: value, allowed: "a whole number")
    }
    return number
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ option: String, _: Choice.Type
  ) throws(UsageError) -> Choice? where Choice.RawValue == String {
    guard let value = values[option] else { return nil }
    guard let choice = Choice(rawValue: value) else {
      throw .badValue(
        option: option, value: value,
        allowed: Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }
}
