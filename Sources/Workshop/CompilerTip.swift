/// What to write, where the compiler's words leave somebody who thinks in Python alone.
///
/// What KataKit can declare as unavailable it answers itself; the rest is recognized here by the
/// compiler's message and the line that it is about.
struct CompilerTip {
  /// The message behind "error: ".
  let message: String
  /// The attempt's line, without what it is indented by.
  let line: String
  /// The line from the column of the message on.
  let rest: String
  /// The whole attempt.
  let source: String

  /// - Parameter column: in bytes, from 1 on.
  init(message: String, line: String, column: Int, source: String) {
    self.message = message
    self.line = String(line.drop(while: \.isWhitespace))
    let bytes = line.utf8.dropFirst(column - 1)
    rest = String(decoding: bytes, as: UTF8.self).trimmingPrefix(while: \.isWhitespace).description
    self.source = source
  }

  /// The answer, if there is one that is sure.
  var text: String? { giveUp ?? wording ?? name ?? typing }

  private var giveUp: String? {
    guard message.contains("unable to type-check this expression") else { return nil }
    return
      "look for an Int among the Doubles and write Double(n) for it; else name the types: "
      + "{ (i: Int) -> Double in … } for a closure, let part: Double = … for a part"
  }

  // MARK: Python's grammar

  private var wording: String? {
    if let sentence = operatorWord ?? blockWord { return sentence }
    if message.contains("expected 'in' after for-each pattern") {
      return "write for (i, layer) in layers.enumerated() { … }, "
        + "for (a, b) in zip(xs, ys) { … }"
    }
    if line.contains(#/\[[^\[\]]*\bfor\b.*\bin\b/#), message.hasPrefix("expected ") {
      return "write layers.map { layer in layer.weights }"
    }
    if line.contains(#/\w\[[^\[\]\?]*:/#), message.contains("expected") {
      return "write x.slice(rows: 0..<3), x.slice(columns: 1..<4), x.column(0)"
    }
    if message.contains("'#'") || (line.hasPrefix("#") && message.contains("macro")) {
      return "a comment begins with //"
    }
    if line.contains(#/\bf["']/#), message.contains("expected ',' separator") {
      return #"write "loss \(loss)": no f, and a backslash before the parentheses"#
    }
    if rest.hasPrefix("where(") { return "write \(NumPyName.here["where", default: ""])" }
    if line.hasPrefix("import "), message.contains("numpy") || message.contains("file scope") {
      return "import KataKit, in the first line, is all that is needed"
    }
    return nil
  }

  private var operatorWord: String? {
    let isSeparator = message.contains("consecutive statements")
    if isSeparator, rest.hasPrefix("@") { return "write x.matmul(w): @ is no operator" }
    if line.contains(#/^(let |var )?\w+ *:= /#) {
      return "write let s = x, or var s = x where it changes"
    }
    if isSeparator || message.contains("' condition") {
      if rest.hasPrefix("and ") || rest.hasPrefix("or ") { return "write && for and, || for or" }
      if line.contains(#/= .+ if .+ else /#) || line.contains(#/return .+ if .+ else /#) {
        return "write condition ? a : b"
      }
    }
    return nil
  }

  private var blockWord: String? {
    if line.hasPrefix("def ") { return "write func relu(_ z: Matrix) -> Matrix { … }" }
    if line.hasPrefix("elif ") || line.contains("} elif ") { return "write else if" }
    if line.contains(#/\blambda\b.*:/#) { return "write { z in maximum(z, 0) }" }
    if message.hasPrefix("expected '{'"), rest.hasPrefix(":") {
      return "a block stands in braces: for i in 0..<n { … }, if n > 0 { … } else { … }"
    }
    return nil
  }

  // MARK: Names

  private var name: String? {
    if message.contains("cannot find 'np' in scope") {
      let name = rest.prefixMatch(of: #/np\.([\w.]+)/#)?.output.1 ?? ""
      return NumPyName.answer(to: String(name))
    }
    if let match = message.firstMatch(of: #/cannot find (?:type )?'(\w+)' in scope/#) {
      let name = String(match.output.1)
      if let word = Self.words[name] { return word }
      if let known = NumPyName.here[name] { return "write \(known)" }
      if line.contains(#/^\w+ *[-+*\/]?= /#), line.hasPrefix("\(name) ") {
        return "write let \(name) = … to make it, or var \(name) = … where it changes"
      }
    }
    if let match = message.firstMatch(of: #/has no member '(\w+)'/#) {
      let name = String(match.output.1)
      if line.contains("self.\(name)") {
        return "declare it in the type: var \(name) = Matrix(rows: 0, columns: 0)"
      }
      if message.contains("type '[") { return Self.members[name] }
    }
    return nil
  }

  private static let words = [
    "True": "write true", "False": "write false", "None": "write nil",
    "not": "write !flag for not flag",
    "elif": "write else if", "pass": "write nothing: { } is an empty block",
    "axis": "a label has a colon: x.sum(axis: 0)",
    "keepdims": "leave keepdims out: the dimension is always kept",
    "enumerate": "write for (i, layer) in layers.enumerated() { … }",
    "reversed": "write layers.reversed()", "inf": "write Double.infinity",
    "float": "write Double(n)", "int": "write Int(x)",
  ]

  private static let members = [
    "sum": "write list.reduce(0, +)", "length": "write list.count", "size": "write list.count",
    "push": "write list.append(x)", "extend": "write list += others",
    "shape": "write Matrix([list]) for a row of it",
  ]

  // MARK: Types

  private var typing: String? {
    if message.contains("expected element type '[Double]'") {
      return "write [[1, 2, 3]] for a row, which is a list of one row"
    }
    if message.contains("'Matrix' and '[Double]'") || message.contains("'[Double]' and 'Matrix'") {
      return "write Matrix([list]) for a row of it: a list is no matrix"
    }
    if message.contains("'Shape' to specified type '(") {
      return "write let (n, m) = (x.rows, x.columns)"
    }
    if message.contains("on 'BinaryInteger' requires that 'Matrix'"), message.contains("'=='") {
      return "write z.map { $0 == 0 ? 1 : 0 }"
    }
    if let match = message.firstMatch(
      of: #/operator function '([<>]=?)' on 'BinaryInteger' requires that 'Matrix'/#)
    {
      return "write (z .\(match.output.1) 0) * x: a comparison of matrices is one of ones and zeros"
    }
    if let name = immutable {
      return source.contains("let \(name) ") || source.contains("let \(name):")
        ? "write var \(name) = … where it is made"
        : "copy it first, as a parameter does not change: var \(name) = \(name)"
    }
    return conversion
  }

  private var immutable: String? {
    message.firstMatch(
      of: #/(?:operator isn't mutable|assign to value): '(\w+)' is a 'let' constant/#
    ).map { String($0.output.1) }
  }

  /// A number of another type.
  private var conversion: String? {
    let numbers = ["'Double' and 'Int'", "'Int' and 'Double'"]
    let matrices = ["'Matrix' and 'Int'", "'Int' and 'Matrix'"]
    if (numbers + matrices).contains(where: message.contains) {
      let operand = message.contains(" and 'Int'") ? rest.prefixMatch(of: #/\S+ +(\w[\w.]*)/#) : nil
      return
        "write Double(\(operand.map { String($0.output.1) } ?? "n")): an Int does not become a "
        + "Double by itself"
    }
    if message.contains("type 'Int' to "),
      message.hasSuffix("'Double'") || message.hasSuffix("'Matrix'"), line.contains("/")
    {
      return "write Double(n) for the Int, before it is divided: 1 / n of two Ints is an Int"
    }
    if message.contains("type 'Int' to "), message.hasSuffix("'Double'") {
      return "write Double(n): an Int does not become a Double by itself"
    }
    if message.contains("type 'Double' to "), message.hasSuffix("'Int'"),
      line.contains(#/^\w+ [-+*\/]= /#)
    {
      return "var s = 0 is an Int: write var s = 0.0"
    }
    let functions =
      #/no exact matches in call to global function '(exp|log|sqrt|tanh|pow|m..imum)'/#
    if let match = message.firstMatch(of: functions) {
      return match.output.1.hasSuffix("imum") || match.output.1 == "pow"
        ? "write Double(n) where n is an Int"
        : "write \(match.output.1)(Double(n)) where n is an Int"
    }
    return nil
  }
}
