/// The types that a source text declares, as far as one can tell without a compiler.
struct Declarations {
  struct Declaration: Equatable {
    /// The word that declares it: "struct", "typealias".
    let keyword: String
    let name: String
    let line: Int
    /// The word that keeps it from the rest of the program: "private" or "fileprivate".
    var barrier: String?
    var isGeneric = false
    /// What it stands in: "struct Outer", or "a function".
    var container: String?
    var isConditional = false
  }

  private(set) var all: [Declaration] = []

  private static let keywords: Set = [
    "struct", "class", "enum", "actor", "protocol", "typealias", "extension",
  ]

  init(in source: [UInt8]) {
    let tokens = SourceTokens(source).all
    // What every open brace belongs to; nil where it is no type.
    var open: [String?] = []
    var conditions = 0
    var pending: String?
    var barrier: String?
    for (index, token) in tokens.enumerated() {
      switch token.text {
      case "#if": conditions += 1
      case "#endif": conditions = max(0, conditions - 1)
      case "{":
        open.append(pending)
        (pending, barrier) = (nil, nil)
      case "}":
        _ = open.popLast()
        (pending, barrier) = (nil, nil)
      case "private", "fileprivate": barrier = token.text
      case let word where Self.keywords.contains(word):
        guard tokens.indices.contains(index + 1), tokens[index + 1].isWord,
          // "class func" declares a function.
          !["func", "var", "subscript", "let"].contains(tokens[index + 1].text),
          index == 0 || tokens[index - 1].text != "import"
        else { continue }
        let name = tokens[index + 1].text
        var declaration = Declaration(keyword: word, name: name, line: token.line)
        declaration.barrier = barrier
        declaration.isGeneric =
          tokens.indices.contains(index + 2) && tokens[index + 2].text == "<"
        if let last = open.last { declaration.container = last ?? "a function" }
        declaration.isConditional = conditions > 0
        all.append(declaration)
        pending = word == "typealias" ? nil : "\(word) \(name)"
        barrier = nil
      case "func", "var", "let", "init", "import": barrier = nil
      default: break
      }
    }
  }
}

/// The words and signs of a source text, without its comments and strings.
struct SourceTokens {
  struct Token: Equatable {
    let text: String
    let line: Int
    var isWord: Bool { text.utf8.first.map(SourceTokens.isLetter) ?? false }
  }

  private(set) var all: [Token] = []

  init(_ source: [UInt8]) {
    var (position, line) = (0, 1)
    func byte(_ offset: Int = 0) -> UInt8 {
      position + offset < source.count ? source[position + offset] : 0
    }
    func begins(_ text: StaticString, at offset: Int = 0) -> Bool {
      (0..<text.utf8CodeUnitCount).allSatisfy { byte(offset + $0) == text.utf8Start[$0] }
    }
    func pass(_ count: Int = 1) {
      for _ in 0..<count where position < source.count {
        if source[position] == 10 { line += 1 }
        position += 1
      }
    }
    func passComment() {
      var depth = 0
      repeat {
        if begins("/*") {
          depth += 1
          pass(2)
        } else if begins("*/") {
          depth -= 1
          pass(2)
        } else {
          pass()
        }
      } while depth > 0 && position < source.count
    }
    /// With as many number signs around it as it has, and one or three quotation marks.
    func passString(signs: Int) {
      pass(signs)
      let isLong = begins("\"\"\"")
      pass(isLong ? 3 : 1)
      while position < source.count {
        let isEnd = isLong ? begins("\"\"\"") : byte() == UInt8(ascii: "\"")
        let width = isLong ? 3 : 1
        if isEnd, (0..<signs).allSatisfy({ byte(width + $0) == UInt8(ascii: "#") }) {
          return pass(width + signs)
        }
        // A line that is not closed ends here, as it does for the compiler.
        if !isLong, byte() == 10 { return }
        pass(signs == 0 && byte() == UInt8(ascii: "\\") ? 2 : 1)
      }
    }
    while position < source.count {
      if begins("//") {
        while position < source.count, byte() != 10 { pass() }
        continue
      }
      if begins("/*") {
        passComment()
        continue
      }
      var signs = 0
      while byte(signs) == UInt8(ascii: "#") { signs += 1 }
      if byte(signs) == UInt8(ascii: "\"") {
        passString(signs: signs)
        continue
      }
      let (start, first) = (position, line)
      if signs == 1, Self.isLetter(byte(1)) { pass() }
      // An escaped name is the name.
      if Self.isLetter(byte()) {
        while Self.isLetter(byte()) || Self.isDigit(byte()) { pass() }
      } else if position == start {
        pass()
        if [32, 9, 10, 13, UInt8(ascii: "`")].contains(source[start]) { continue }
      }
      all.append(
        Token(text: String(decoding: source[start..<position], as: UTF8.self), line: first))
    }
  }

  fileprivate static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 128 || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte < 58 }
}
