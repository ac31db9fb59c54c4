#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads flat JSON objects, one a line: strings, numbers, booleans, nulls and arrays of strings.
///
/// It is strict, and says nil or false to everything that it is not sure of: what it reads, any reader
/// of JSON reads the same.
struct FlatJSON {
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  let bytes: [UInt8]
  /// The line that is being read, without its line feed.
  private(set) var line = 0..<0
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Lines

  /// Goes on to the next line that is not blank.
  mutating func nextLine() -> Bool {
    var start = line.isEmpty ? 0 : line.upperBound + 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      line = start..<end
      position = start
      if byte() != nil { return true }
      start = end + 1
    }
    return false
  }

  /// Whether the line is an object from end to end, and not torn off.
  var isInBraces: Bool {
    bytes[line].first { !Self.isSpace($0) } == Self.openBrace
      && bytes[line].last { !Self.isSpace($0) } == Self.closeBrace
  }

  var isAtEnd: Bool {
    mutating get { byte() == nil }
  }

  // MARK: Tokens

  /// The next byte that is not white space, which is not taken.
  private mutating func byte() -> UInt8? {
    while position < line.upperBound {
      let byte = bytes[position]
      if !Self.isSpace(byte) { return byte }
      position += 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  /// Takes `wanted` if it is the next byte after white space.
  mutating func take(_ wanted: UInt8) -> Bool {
    guard byte() == wanted else { return false }
    position += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    guard byte() != nil, line.upperBound - position >= word.utf8CodeUnitCount else { return false }
    for offset in 0..<word.utf8CodeUnitCount
    where bytes[position + offset] != word.utf8Start[offset] {
      return false
    }
    position += word.utf8CodeUnitCount
    return true
  }

  mutating func null() -> Bool { take(word: "null") }

  /// A key of at most eight letters as one number; all longer ones are one other.
  struct Key: Equatable, ExpressibleByStringLiteral {
    fileprivate private(set) var letters: UInt64 = 0

    fileprivate init() {}

    init(stringLiteral name: StaticString) {
      for index in 0..<name.utf8CodeUnitCount { append(name.utf8Start[index]) }
    }

    fileprivate mutating func append(_ byte: UInt8) {
      letters = letters >> 56 == 0 ? letters << 8 | UInt64(byte) : .max
    }
  }

  /// A key and its colon, or nil where it is not plain ASCII.
  mutating func key() -> Key? {
    guard take(Self.quote) else { return nil }
    var key = Key()
    while position < line.upperBound {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote { return take(UInt8(ascii: ":")) ? key : nil }
      guard byte >= 32, byte < 127, byte != Self.backslash else { return nil }
      key.append(byte)
    }
    return nil
  }

  // MARK: Values

  /// Passes over any value but an object or an array of anything but strings.
  mutating func skipValue() -> Bool {
    switch byte() {
    case Self.quote: string() != nil
    case UInt8(ascii: "["): strings() != nil
    case UInt8(ascii: "t"): take(word: "true")
    case UInt8(ascii: "f"): take(word: "false")
    case UInt8(ascii: "n"): null()
    default: number() != nil
    }
  }

  mutating func strings() -> [String]? {
    guard take(UInt8(ascii: "[")) else { return nil }
    var strings: [String] = []
    if take(UInt8(ascii: "]")) { return strings }
    repeat {
      guard let string = string() else { return nil }
      strings.append(string)
    } while take(Self.comma)
    return take(UInt8(ascii: "]")) ? strings : nil
  }

  mutating func string() -> String? {
    guard take(Self.quote) else { return nil }
    let start = position
    while position < line.upperBound {
      let byte = bytes[position]
      if byte == Self.quote {
        defer { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
      }
      guard byte >= 32 else { return nil }
      if byte == Self.backslash || byte >= 127 {
        position = start
        return stringOfAnyLetters()
      }
      position += 1
    }
    return nil
  }

  /// A string with escapes, or letters beyond ASCII, after its quotation mark.
  private mutating func stringOfAnyLetters() -> String? {
    var text: [UInt8] = []
    while position < line.upperBound {
      let byte = bytes[position]
      position += 1
      switch byte {
      case Self.quote: return String(validating: text, as: UTF8.self)
      case Self.backslash:
        guard let scalar = escaped() else { return nil }
        text += Array(String(scalar).utf8)
      case ..<32: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  /// What stands for itself behind a backslash; nil for half a surrogate pair.
  private mutating func escaped() -> Unicode.Scalar? {
    guard position < line.upperBound else { return nil }
    defer { position += 1 }
    switch bytes[position] {
    case Self.quote: return "\""
    case Self.backslash: return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let hexadecimal = bytes[..<line.upperBound].dropFirst(position + 1).prefix(4)
      // A sign, which Swift would take before digits, is no letter of JSON's.
      guard hexadecimal.count == 4, hexadecimal.allSatisfy({ $0 >= UInt8(ascii: "0") }),
        let code = UInt32(String(decoding: hexadecimal, as: UTF8.self), radix: 16)
      else { return nil }
      position += 4
      return Unicode.Scalar(code)
    default: return nil
    }
  }

  // MARK: Numbers

  mutating func natural() -> UInt64? {
    guard let first = byte(), Self.digits.contains(first) else { return nil }
    var value: UInt64 = 0
    let start = position
    while position < line.upperBound, Self.digits.contains(bytes[position]) {
      let (tens, isOver) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOverNow) = tens.addingReportingOverflow(UInt64(bytes[position] - 48))
      if isOver || isOverNow { return nil }
      value = sum
      position += 1
    }
    guard first != 48 || position == start + 1, !isInsideANumber else { return nil }
    return value
  }

  mutating func integer() -> Int? {
    let isNegative = take(UInt8(ascii: "-"))
    if isNegative, position < line.upperBound, Self.isSpace(bytes[position]) { return nil }
    guard let magnitude = natural().flatMap(Int.init(exactly:)) else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// A number without an exponent.
  mutating func number() -> Double? {
    guard byte() != nil else { return nil }
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = passDigits()
    guard whole > 0, whole == 1 || bytes[position - whole] != 48 else { return nil }
    if position < line.upperBound, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard passDigits() > 0 else { return nil }
    }
    guard !isInsideANumber else { return nil }
    return Double(String(decoding: bytes[start..<position], as: UTF8.self))
      .flatMap { $0.isFinite ? $0 : nil }
  }

  private mutating func passDigits() -> Int {
    let start = position
    while position < line.upperBound, Self.digits.contains(bytes[position]) { position += 1 }
    return position - start
  }

  /// Whether a number goes on with a fraction or an exponent.
  private var isInsideANumber: Bool {
    guard position < line.upperBound else { return false }
    return [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position])
  }

  // MARK: Time

  /// A string such as "2027-01-15T08:00:00Z".
  mutating func time() -> Date? {
    guard byte() == Self.quote, line.upperBound - position > 21 else { return nil }
    let start = position + 1
    func number(_ offset: Int, _ count: Int) -> Int? {
      var value = 0
      for index in start + offset..<start + offset + count {
        guard Self.digits.contains(bytes[index]) else { return nil }
        value = value * 10 + Int(bytes[index] - 48)
      }
      return value
    }
    guard bytes[start + 4] == 45, bytes[start + 7] == 45, bytes[start + 10] == UInt8(ascii: "T"),
      bytes[start + 13] == 58, bytes[start + 16] == 58, bytes[start + 19] == UInt8(ascii: "Z"),
      bytes[start + 20] == Self.quote,
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
      // Before that, calendars differ.
      year >= 1900, let days = CivilDay(year: year, month: month, day: day)?.number,
      hour < 24, minute < 60, second < 60
    else { return nil }
    position += 22
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    return Date(timeIntervalSince1970: Double(seconds))
  }
}
