import Exam
import KataKit

/// Numbers as a person reads them: a few significant digits, and no more than tell two apart.
package enum Numbers {
  /// `value` with `digits` significant digits; an exponent below 1e-4 and from 1e7 on.
  package static func brief(_ value: Double, digits: Int = 4) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    if value == 0 { return "0" }
    let sign = value < 0 ? "−" : ""
    let shortest = Decimal(abs(value))
    let isSmallOrLarge = shortest.exponent < -4 || shortest.exponent >= 7
    // Next to an exponent two digits say as much as four elsewhere.
    let decimal = shortest.rounded(to: isSmallOrLarge && digits == 4 ? 2 : digits)
    if isSmallOrLarge { return sign + decimal.scientific }
    let isWhole = value == value.rounded()
    return sign
      + (isWhole
        ? shortest.fixed(decimals: 0)
        : decimal.fixed(decimals: max(0, digits - 1 - decimal.exponent)))
  }

  /// Two different values, each with as few digits as show the difference.
  package static func pair(_ one: Double, _ two: Double) -> (String, String) {
    for digits in 4...16 {
      let texts = (brief(one, digits: digits), brief(two, digits: digits))
      if texts.0 != texts.1 { return texts }
    }
    return ("\(one)", "\(two)")
  }

  /// `name₁` for 1.
  package static func subscripted(_ name: String, _ number: Int) -> String {
    name.subscripted(number)
  }
}

/// A positive number as decimal digits: d₀.d₁d₂… · 10^exponent.
private struct Decimal {
  var digits: [Int]
  var exponent: Int

  /// The shortest digits that give `value` back, as Swift prints them.
  init(_ value: Double) {
    let parts = "\(value)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let all = mantissa.joined().compactMap(\.wholeNumberValue)
    let leadingZeros = all.prefix { $0 == 0 }.count
    digits = Array(all.dropFirst(leadingZeros))
    exponent = mantissa[0].count - 1 - leadingZeros + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  }

  /// Half away from zero.
  func rounded(to count: Int) -> Decimal {
    var result = self
    guard digits.count > count else { return result }
    result.digits = Array(digits.prefix(count))
    guard digits[count] >= 5 else { return result }
    for index in result.digits.indices.reversed() {
      if result.digits[index] < 9 {
        result.digits[index] += 1
        return result
      }
      result.digits[index] = 0
    }
    result.digits = [1] + result.digits.dropLast()
    result.exponent += 1
    return result
  }

  var scientific: String {
    let rest = digits.dropFirst().map(String.init).joined()
    return "\(digits[0])\(rest.isEmpty ? "" : ".")\(rest)e\(exponent)"
  }

  func fixed(decimals: Int) -> String {
    func digit(_ place: Int) -> String {
      let index = exponent - place
      return String(digits.indices.contains(index) ? digits[index] : 0)
    }
    let whole = (0...max(0, exponent)).reversed().map(digit).joined()
    let rest = (0..<decimals).map { digit(-1 - $0) }.joined()
    return rest.isEmpty ? whole : "\(whole).\(rest)"
  }
}
