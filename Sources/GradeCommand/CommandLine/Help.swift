/// The pages of `--help`.
enum Help {
  static func page(for topic: String?) throws(UsageError) -> String {
    guard let topic else { return overview }
    guard let command = CommandName(rawValue: topic), command != .overview else {
      let names = CommandName.allCases.map(\.rawValue)
      throw .unknownTopic(topic, suggestion: nearest(to: topic, among: names))
    }
    var page = """
      swift run grade \(command.usage)

        \(command.meaning)

      """
    if !command.options.isEmpty {
      page += "\n" + command.options.map(line).joined(separator: "\n") + "\n"
    }
    return page
  }

  private static var overview: String {
    let commands = CommandName.allCases.map { command in
      "  swift run grade \(command.usage.padded(to: 18)) \(command.meaning)"
    }
    let options = CommandName.grade.options.map(line)
    return """
      Practice neural networks from scratch, and know at once what is wrong.

      \(commands.joined(separator: "\n"))

      Options of grading:

      \(options.joined(separator: "\n"))

      Exit status: 0 passed, 1 not passed, 64 wrong usage, 70 the grader itself failed.

      """
  }

  private static func line(_ option: CommandName.Option) -> String {
    "  \("\(option.name) \(option.value ?? "")".padded(to: 30)) \(option.meaning)"
  }
}
