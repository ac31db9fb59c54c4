import Workshop

extension GradeCommand {
  /// What attempts may call: all of it, a line each, or what is behind one name.
  func api(_ word: String?) throws -> ExitCode {
    let reference = try KataKitReference(in: try project())
    let text = APIText(style: surroundings.style())
    guard let word else {
      try writePage(text.list(reference.entries))
      return .passed
    }
    let entries = reference.entries(for: word)
    if entries.isEmpty {
      guard let known = NumPyName.expression(for: word) else {
        throw UsageError.unknownFunction(word, suggestion: reference.suggestion(for: word))
      }
      say("There is no \(word); write \(known)")
    } else {
      try writePage(entries.map(text.page).joined(separator: "\n"))
    }
    return .passed
  }
}

/// The reference of KataKit on a screen.
private struct APIText {
  let style: Style
  private static let columns = (call: 33, numpy: 26)

  func list(_ entries: [KataKitEntry]) -> String {
    var lines: [String] = []
    var group: String?
    for entry in entries.sorted(by: { rank($0) < rank($1) }) {
      let title = self.title(entry)
      if title != group {
        lines += (group == nil ? [] : [""]) + [style.paint(title, .strong)]
        group = title
      }
      lines.append(line(entry))
    }
    return lines.joined(separator: "\n")
      + "\n\n  swift run grade api <name> tells more; NumPy's names do, too.\n"
  }

  private func line(_ entry: KataKitEntry) -> String {
    let call = entry.call.padded(to: Self.columns.call)
    let numpy = entry.numpy.first ?? ""
    let room = max(0, style.width - Self.columns.call - 3)
    return "  \(call) \(numpy.count > room ? numpy.prefix(max(0, room - 1)) + "…" : numpy)"
  }

  func page(_ entry: KataKitEntry) -> String {
    let place = entry.container.map { style.paint("  of \($0)", .faint) } ?? ""
    let head = style.paint(style.wrap(entry.declaration, indent: 4, start: 0), .strong) + place
    return ([head] + entry.paragraphs.map { "  " + style.wrap($0, indent: 2) })
      .joined(separator: "\n") + "\n"
  }

  private static let titles = ["Matrix", "functions of matrices", "else"]

  private func title(_ entry: KataKitEntry) -> String { Self.titles[rank(entry)] }

  private func rank(_ entry: KataKitEntry) -> Int {
    if entry.container == "Matrix" || entry.name == "Matrix" { return 0 }
    return entry.container == nil && entry.declaration.hasPrefix("func") && entry.name != "todo"
      ? 1 : 2
  }
}
