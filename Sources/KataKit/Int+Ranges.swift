// The ranges of `Int` have operators of their own. The standard library's are for whatever can be
// compared, so that the type checker does not know what `i` is in
//
//     (0..<n).map { i in (losses[i + 1] - losses[i]) / (log(rates[i + 1]) - log(rates[i])) }
//
// and gave that up after 10 s. Now it takes 0.1 s (Swift 6.3.1), as do others of its kind. A range that
// ends before it begins traps, and in the words that the standard library has for it: by `fatalError`, since
// -O compiles the message of a precondition away.
extension Int {
  @inlinable
  public static func ..< (lower: Int, upper: Int) -> Range<Int> {
    guard lower <= upper else { fatalError("Range requires lowerBound <= upperBound") }
    return Range(uncheckedBounds: (lower, upper))
  }

  @inlinable
  public static func ... (lower: Int, upper: Int) -> ClosedRange<Int> {
    guard lower <= upper else { fatalError("Range requires lowerBound <= upperBound") }
    return ClosedRange(uncheckedBounds: (lower, upper))
  }
}
