extension String {
  /// `name₁` for 1.
  package func subscripted(_ number: Int) -> String {
    let digits = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"]
    return String(number).utf8.reduce(into: self) { $0 += digits[Int($1 - 48)] }
  }
}
