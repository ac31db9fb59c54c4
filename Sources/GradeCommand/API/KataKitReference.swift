import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What attempts may call, read from KataKit's own sources: what is documented there is listed here.
struct KataKitReference: Sendable {
  let entries: [KataKitEntry]

  init(in project: Project) throws(HarnessError) {
    let directory = project.root.appending(path: "Sources/KataKit")
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    } catch {
      throw .unreadable(path: project.display(directory))
    }
    var entries: [KataKitEntry] = []
    // The protocols of the katas, in a folder of their own, are told by `show`.
    for name in names.sorted() where name.hasSuffix(".swift") {
      entries += Self.entries(of: try directory.appending(path: name).pageText())
    }
    self.entries = entries
  }

  /// The entries that answer to `word`.
  func entries(for word: String) -> [KataKitEntry] {
    for word in [word, word.lowercased()].map(KataKitEntry.Word.init) {
      let meant = entries.filter { $0.isMeant(by: word) }
      if !meant.isEmpty { return meant }
    }
    return []
  }

  /// The entry whose name is nearest to a word that nothing answers to.
  func suggestion(for word: String) -> String? {
    nearest(to: word, among: entries.flatMap(\.words))
  }

  /// What `print` calls.
  private static let implied: Set = ["description", "debugDescription", "customMirror"]

  /// The public declarations of one file that have a doc comment.
  static func entries(of source: String) -> [KataKitEntry] {
    var entries: [KataKitEntry] = []
    var container: String?
    var comment: [String] = []
    var isUnavailable = false
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false)[...]
    // A literal is parsed each time that it is come by.
    let opening = #/(?:public )?(?:extension|struct|protocol) (\w+)/#
    while let line = lines.popFirst() {
      let text = line.drop(while: \.isWhitespace)
      if text.hasPrefix("///") {
        comment.append(text.dropFirst(3).drop(while: \.isWhitespace).description)
        continue
      }
      if text.hasPrefix("@") {
        isUnavailable = isUnavailable || text.contains("unavailable")
        continue
      }
      if let opened = line.prefixMatch(of: opening) {
        container = String(opened.output.1)
      } else if line == "}" {
        container = nil
      }
      if text.hasPrefix("public "), !comment.isEmpty, !isUnavailable {
        var declaration = String(text)
        while declaration.count(where: { $0 == "(" }) > declaration.count(where: { $0 == ")" }),
          let more = lines.popFirst()
        {
          declaration += " " + more.drop(while: \.isWhitespace)
        }
        if let entry = entry(declaration, in: container, comment), !implied.contains(entry.name) {
          entries.append(entry)
        }
      }
      comment = []
      isUnavailable = false
    }
    return entries
  }

  /// - Returns: nil for what is no type, function, property, initializer or subscript: a type alias, a case.
  private static func entry(
    _ source: String, in container: String?, _ comment: [String]
  ) -> KataKitEntry? {
    var declaration = source.replacing(#/\s*\{.*/#, with: "")
      .replacing(#/\b(public|mutating|let) /#, with: { $0.output.1 == "let" ? "var " : "" })
      .replacing("( ", with: "(").replacing(" )", with: ")")
    let match = declaration.firstMatch(
      of: #/(?:struct|protocol|var|func) (\w+|[^\w\s(]+)|(init|subscript)\b/#)
    guard let match, let found = match.output.1 ?? match.output.2 else { return nil }
    var name = String(found)
    let isType = declaration.hasPrefix("struct") || declaration.hasPrefix("protocol")
    if name == "init" { name = container ?? name }
    if name == "subscript" {
      let labels = KataKitEntry(
        name: name, container: nil, declaration: declaration, paragraphs: []
      ).labels
      name = "[\(labels.dropFirst().dropLast())]"
    }
    if isType { declaration = declaration.replacing(#/:.*/#, with: "") }
    return KataKitEntry(
      name: name, container: isType ? nil : container, declaration: declaration,
      paragraphs: comment.split(separator: "").map { $0.joined(separator: " ") })
  }
}
