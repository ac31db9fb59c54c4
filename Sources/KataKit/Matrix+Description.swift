extension Matrix: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The rows in brackets, each element to six significant digits, columns aligned at the point.
  ///
  /// Of a dimension past ten only the first and last three are shown. An empty matrix shows its
  /// shape.
  public var description: String {
    guard !isEmpty else { return "[] (\(shape))" }
    let shownRows = Self.shown(rows)
    let texts = Self.shown(columns).map { column -> [String] in
      guard let column else { return shownRows.map { _ in "…" } }
      return Self.aligned(shownRows.map { row in row.map { self[$0, column] } })
    }
    let lines = shownRows.indices.map { line in
      shownRows[line] == nil ? "…" : "[" + texts.map { $0[line] }.joined(separator: " ") + "]"
    }
    return "[" + lines.joined(separator: "\n ") + "]"
  }

  /// The shape, then the description.
  public var debugDescription: String {
    isEmpty ? "Matrix \(shape)" : "Matrix \(shape)\n\(description)"
  }

  /// A matrix is seen whole, in a debugger, too: under its description no storage is listed.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// The indices of a dimension to show, `nil` for those left out.
  private static func shown(_ size: Int) -> [Int?] {
    size <= 10 ? Array(0..<size) : [0, 1, 2, nil, size - 3, size - 2, size - 1]
  }

  /// One column's numbers padded to one width, with the point of all in one place; `nil` is blank.
  private static func aligned(_ values: [Double?]) -> [String] {
    let numerals = values.map { $0.map(Numeral.init) ?? Numeral(whole: "", rest: "") }
    let before = numerals.map(\.whole.count).max() ?? 0
    let after = numerals.map(\.rest.count).max() ?? 0
    return numerals.map { numeral in
      String(repeating: " ", count: before - numeral.whole.count) + numeral.whole + numeral.rest
        + String(repeating: " ", count: after - numeral.rest.count)
    }
  }
}

/// A number as C's `%.6g` writes it, cut before the point or exponent.
private struct Numeral {
  let whole: String
  let rest: String
}

extension Numeral {
  init(_ value: Double) {
    let text = Self.text(value)
    let cut = text.firstIndex { $0 == "." || $0 == "e" } ?? text.endIndex
    whole = String(text[..<cut])
    rest = String(text[cut...])
  }

  private static func text(_ value: Double) -> String {
    // C libraries differ in whether a NaN has a sign.
    guard !value.isNaN else { return "nan" }
    return withVaList([value]) { arguments in
      String(unsafeUninitializedCapacity: 32) { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { characters in
          Int(vsnprintf(characters.baseAddress, characters.count, "%.6g", arguments))
        }
      }
    }
  }
}
