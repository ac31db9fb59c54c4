/// As much of XML as JUnit files are: elements, attributes, no text.
enum XMLReading {
  struct Element {
    let name: String
    let attributes: [String: String]
  }

  struct Malformed: Error { let what: String }

  static func elements(of document: String) throws -> [Element] {
    var rest = Substring(document)
    var elements: [Element] = []
    var open: [String] = []
    while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
      guard rest[..<start].allSatisfy(\.isWhitespace) else { throw Malformed(what: "text") }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") { continue }
      if tag.hasPrefix("/") {
        guard open.popLast() == String(tag.dropFirst()) else { throw Malformed(what: "\(tag)") }
        continue
      }
      let isEmpty = tag.hasSuffix("/")
      let body = isEmpty ? tag.dropLast() : tag
      guard
        let match = body.wholeMatch(
          of: #/([a-z]+)((?: [a-z]+="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*)/#),
        !body.unicodeScalars.contains(where: { $0.value < 0x20 })
      else { throw Malformed(what: "\(body)") }
      var attributes: [String: String] = [:]
      for attribute in match.2.matches(of: #/([a-z]+)="([^"]*)"/#) {
        attributes[String(attribute.1)] = String(attribute.2)
      }
      elements.append(Element(name: String(match.1), attributes: attributes))
      if !isEmpty { open.append(String(match.1)) }
    }
    guard open.isEmpty else { throw Malformed(what: "\(open) left open") }
    return elements
  }
}
