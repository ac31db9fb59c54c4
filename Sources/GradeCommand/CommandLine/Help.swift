/// The pages of `--help`.
enum Help {
  static func page(for topic: String?, _ style: Style) throws(UsageError) -> String {
    guard let topic else { return overview(style) }
    guard let command = CommandName(rawValue: topic), command != .overview else {
      let names = CommandName.allCases.map(\.rawValue)
      throw .unknownTopic(topic, suggestion: nearest(to: topic, among: names))
    }
    var page = """
      swift run grade \(command.usage)

        \(style.wrap(command.meaning, indent: 2))

      """
    if !command.options.isEmpty {
      page += "\n" + command.options.map { line($0, style) }.joined(separator: "\n") + "\n"
    }
    return page
  }

  private static func overview(_ style: Style) -> String {
    let commands = CommandName.allCases.map { command in
      "  swift run grade \(command.usage.padded(to: 18)) \(command.meaning)"
    }
    let options = CommandName.grade.options.map { line($0, style) }
    return """
      Practice neural networks from scratch, and know at once what is wrong.

      \(commands.joined(separator: "\n"))

      Options of grading:

      \(options.joined(separator: "\n"))

      Exit status: 0 passed, 1 not passed, 64 wrong usage, 70 the grader itself failed.

      """
  }

  /// The columns of an option and its value.
  private static let column = 30

  private static func line(_ option: CommandName.Option, _ style: Style) -> String {
    let name = "\(option.name) \(option.value ?? "")"
    let indent = column + 3
    let meaning = style.wrap(option.meaning, indent: indent)
    return name.count > column
      ? "  \(name)\n\(String(repeating: " ", count: indent))\(meaning)"
      : "  \(name.padded(to: column)) \(meaning)"
  }
}
