import KataKit

/// Numbers as a person reads them: a few significant digits, and no more than tell two apart.
enum Numbers {
  /// `value` with `digits` significant digits; an exponent below 1e-4 and from 1e7 on.
  static func brief(_ value: Double, digits: Int = 4) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    if value == 0 { return "0" }
    let sign = value < 0 ? "−" : ""
    let magnitude = abs(value)
    var exponent = Int(log10(magnitude).rounded(.down))
    // A mantissa that rounds up to 10 belongs to the next exponent.
    if rounded(magnitude, decimals: digits - 1 - exponent) >= pow(10, Double(exponent + 1)) {
      exponent += 1
    }
    if exponent < -4 || exponent >= 7 {
      let mantissa = magnitude / pow(10, Double(exponent))
      return "\(sign)\(fixed(mantissa, decimals: digits > 4 ? digits - 1 : 1))e\(exponent)"
    }
    if magnitude == magnitude.rounded() { return "\(sign)\(Int(magnitude))" }
    return sign + fixed(magnitude, decimals: max(0, digits - 1 - exponent))
  }

  /// Two different values, each with as few digits as show the difference.
  static func pair(_ one: Double, _ two: Double) -> (String, String) {
    for digits in 4...16 {
      let texts = (brief(one, digits: digits), brief(two, digits: digits))
      if texts.0 != texts.1 { return texts }
    }
    return ("\(one)", "\(two)")
  }

  /// `name₁` for 1.
  static func subscripted(_ name: String, _ number: Int) -> String {
    name + String(String.UnicodeScalarView(
      String(number).unicodeScalars.map { Unicode.Scalar(0x2050 + $0.value)! }))
  }

  private static func rounded(_ value: Double, decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    return (value * scale).rounded() / scale
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = pow(10, Double(decimals))
    let scaled = (value * scale).rounded()
    guard decimals > 0, scaled < 9e18 else { return "\(value)" }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
