package import Grading

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

/// What the worker is asked to do, on one line of its descriptor 3.
package struct Job: Codable, Sendable {
  /// Proves that a record was written by the worker and not by the attempt.
  let nonce: String
  let kata: String
  let library: String
  let seed: UInt64
  /// What earlier workers found; only the other checks are run.
  let earlier: [CheckResult]
  /// The empty directory to run in.
  let scratch: String
  /// Seconds of processor time for each check.
  let processorSeconds: Int
}

/// What the worker tells, one line each, after the job's nonce.
package enum Record: Codable, Equatable, Sendable {
  case started(check: String)
  case finished(CheckResult)
  case mistakes([NamedMistake])
  case pictures([Picture])
  /// The library holds no type that can be judged.
  case unfit(reason: String)
  /// Nothing comes after this.
  case closing
}
