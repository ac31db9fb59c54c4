/// The types that a text declares, and where.
package struct DeclaredTypes {
  /// The first line that declares each.
  package let lines: [String: Int]

  package init(in source: [UInt8]) {
    let types = Declarations(in: source).all.filter {
      !["protocol", "extension"].contains($0.keyword)
    }
    lines = Dictionary(types.map { ($0.name, $0.line) }) { first, _ in first }
  }
}
