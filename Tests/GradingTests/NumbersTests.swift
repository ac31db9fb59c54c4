import Testing

@testable import Grading

@Suite("Numbers are as short as they can be and no shorter")
struct NumbersTests {
  @Test(
    "four significant digits, integers whole, exponents at the ends",
    arguments: [
      (0.0, "0"), (1, "1"), (-3, "−3"), (0.5, "0.5000"), (0.082_449, "0.08245"),
      (123.456, "123.5"), (9.9996, "10.00"), (99_999.5, "100000"), (12_345_678, "1.2e7"),
      (0.000_123_4, "0.0001234"), (2.2e-16, "2.2e-16"), (9.99e-7, "1.0e-6"),
      (0.000_099_996, "1.0e-4"), (.nan, "NaN"),
      (.infinity, "∞"), (-.infinity, "−∞"), (.leastNonzeroMagnitude, "5e-324"), (1e300, "1e300"),
    ])
  func brief(value: Double, text: String) {
    #expect(Numbers.brief(value) == text)
  }

  @Test("two different numbers never read the same")
  func pair() {
    #expect(Numbers.pair(0.25, 0.5) == ("0.2500", "0.5000"))
    #expect(Numbers.pair(0.123_456, 0.123_457) == ("0.123456", "0.123457"))
    let close = Numbers.pair(1, 1.000_000_000_000_000_2)
    #expect(close.0 != close.1)
    let tiny = Numbers.pair(1e-9, 1.000_001e-9)
    #expect(tiny.0 != tiny.1)
  }

  @Test("layers are numbered below the line")
  func subscripts() {
    #expect(Numbers.subscripted("dW", 1) == "dW₁")
    #expect(Numbers.subscripted("Z", 10) == "Z₁₀")
  }
}
