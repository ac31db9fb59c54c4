/// One public declaration of KataKit with what its doc comment says.
struct KataKitEntry: Equatable, Sendable {
  /// The word it is found by: "matmul", "+", "Matrix".
  let name: String
  /// The extended type, or nil at top level.
  let container: String?
  /// As it stands in the source, without attributes and body.
  let declaration: String
  /// The doc comment, its lines joined to paragraphs.
  let paragraphs: [String]
  /// What NumPy has for it, as the doc comment writes it: matrices are capital letters there.
  let numpy: [String]
  /// The words of NumPy's that it is found by: "sum" of `A.sum(axis=0)`, "@" of `A @ B`.
  private let numpyWords: [String]

  init(name: String, container: String?, declaration: String, paragraphs: [String]) {
    self.name = name
    self.container = container
    self.declaration = declaration
    self.paragraphs = paragraphs
    numpy = Self.numpy(in: paragraphs)
    numpyWords = numpy.map(Self.word)
  }

  /// How it is called: ".sum(axis:)", "exp(_:)", "[_:_:]".
  var call: String {
    if name.hasPrefix("[") { return name }
    if name.allSatisfy({ !$0.isLetter }) {
      return declaration.contains("prefix func") ? "\(name)a" : "a \(name) b"
    }
    let words = declaration.split(separator: " ")
    if ["struct", "protocol"].contains(words.first) { return name }
    let signature = "\(name)\(labels)"
    if declaration.hasPrefix("init") { return "\(container ?? "")\(labels)" }
    guard let container else { return signature }
    return declaration.hasPrefix("static") || container != "Matrix"
      ? "\(container).\(signature)" : ".\(signature)"
  }

  /// "(rows:columns:)"; empty for a property.
  var labels: String {
    guard let open = declaration.firstIndex(of: "("), !declaration.contains("var ") else {
      return ""
    }
    var labels: [Substring] = []
    var depth = 0
    var piece = declaration.index(after: open)
    for index in declaration[open...].indices {
      switch declaration[index] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case ":" where depth == 1:
        let words = declaration[piece..<index].split(separator: " ")
        // A parameter of a subscript has no label unless it has two words.
        let isBare = words.count == 1 && declaration.hasPrefix("subscript")
        if let label = isBare ? "_" : words.first { labels.append(label) }
      case ",": if depth == 1 { piece = declaration.index(after: index) }
      default: break
      }
      if depth == 0 { break }
    }
    return "(" + labels.map { "\($0):" }.joined() + ")"
  }

  private static func numpy(in paragraphs: [String]) -> [String] {
    paragraphs.flatMap { paragraph in
      paragraph.matches(of: #/`([^`]+)`/#).map { String($0.output.1) }
    }.filter { $0.contains(#/^(?:np|scipy)\.|(?:^|[^A-Za-z])[A-Z](?:$|[^A-Za-z])/#) }
  }

  private static func word(of numpy: String) -> String {
    for pattern in [#/^[a-z.]+\.(\w+)/#, #/^[A-Z]\.(\w+)/#, #/^[A-Z] (\S+) [A-Z]$/#] {
      if let match = numpy.prefixMatch(of: pattern) { return String(match.output.1) }
    }
    return numpy
  }

  /// A word as somebody asks for it: "np.linalg.norm" is "norm", too.
  struct Word {
    let asked: String
    fileprivate let plain: String

    init(_ asked: String) {
      self.asked = asked
      plain = asked.replacing(#/^(np|numpy|scipy)\.(\w+\.)*/#, with: "")
        .replacing(#/^\.(?=\w)/#, with: "")
    }
  }

  /// Whether it answers to `word`, in Swift or in NumPy.
  func isMeant(by word: Word) -> Bool {
    if [name, "\(container ?? "").\(name)", call].contains(word.plain) || call == word.asked {
      return true
    }
    return numpy.contains(word.asked) || numpyWords.contains(word.plain)
  }

  /// What a word that is nearly right is compared to.
  var words: [String] {
    ([name] + numpyWords).filter { $0.count > 1 && $0.contains(#/^\w+$/#) }
  }
}
