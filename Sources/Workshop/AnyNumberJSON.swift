#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// An attempt may return anything, and its pictures show it: what is not finite is written as a word.
private let words = (infinity: "∞", negative: "−∞", notANumber: "NaN")

extension JSONEncoder {
  /// Writes what JSON has no number for as a word.
  package static func ofAnyNumber() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: words.infinity, negativeInfinity: words.negative, nan: words.notANumber)
    return encoder
  }
}

extension JSONDecoder {
  /// Reads what `JSONEncoder.ofAnyNumber` writes.
  package static func ofAnyNumber() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: words.infinity, negativeInfinity: words.negative, nan: words.notANumber)
    return decoder
  }
}
