/// A piece of HTML or SVG. Text and attributes are escaped however they got there, and names are written
/// in the program: nothing that a learner typed can become an element.
struct Markup {
  private(set) var source: String

  private init(source: String) { self.source = source }

  /// Text, which a browser shows as it is.
  init(text: String) { source = Self.escaped(text) }

  /// An element; an attribute of nil is left out.
  init(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:],
    @MarkupBuilder _ content: () -> Markup = { .nothing }
  ) {
    let tag = "<\(name)\(Self.written(attributes))>"
    source = "\(tag)\(content().source)</\(name)>"
  }

  /// An element that never has contents: `<meta>`.
  static func void(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>
  ) -> Markup {
    Markup(source: "<\(name)\(written(attributes))>")
  }

  /// A whole document, and the style sheet of the program's own.
  static func document(title: String, style: StaticString, _ body: Markup) -> String {
    let head = Markup("head") {
      void("meta", ["charset": "utf-8"])
      void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      void("meta", ["name": "color-scheme", "content": "light dark"])
      Markup("title") { title }
      Markup(source: "<style>\(style)</style>")
    }
    return "<!doctype html>\n"
      + Markup("html", ["lang": "en"]) {
        head
        body
      }.source + "\n"
  }

  static let nothing = Markup(source: "")

  static func joined(_ parts: [Markup]) -> Markup {
    Markup(source: parts.map(\.source).joined(separator: "\n"))
  }

  private static func written(_ attributes: KeyValuePairs<StaticString, String?>) -> String {
    attributes.map { name, value in value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }.joined()
  }

  /// Letters that XML does not have are shown as the letter for such.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// Elements and text one after the other.
@resultBuilder enum MarkupBuilder {
  static func buildExpression(_ text: String) -> [Markup] { [Markup(text: text)] }
  static func buildExpression(_ markup: Markup) -> [Markup] { [markup] }
  static func buildExpression(_ parts: [Markup]) -> [Markup] { parts }
  static func buildBlock(_ parts: [Markup]...) -> [Markup] { parts.flatMap(\.self) }
  static func buildOptional(_ parts: [Markup]?) -> [Markup] { parts ?? [] }
  static func buildEither(first parts: [Markup]) -> [Markup] { parts }
  static func buildEither(second parts: [Markup]) -> [Markup] { parts }
  static func buildArray(_ parts: [[Markup]]) -> [Markup] { parts.flatMap(\.self) }
  static func buildFinalResult(_ parts: [Markup]) -> Markup { .joined(parts) }
}
