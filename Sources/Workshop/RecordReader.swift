#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Picks the worker's records out of whatever arrives on the record pipe.
///
/// A line counts only with the nonce of this run in front, which the attempt is never given.
struct RecordReader {
  private static let longestLine = 1 << 20

  private let prefix: [UInt8]
  private var line: [UInt8] = []
  private(set) var records: [Record] = []

  init(nonce: String) { prefix = Array("\(nonce) ".utf8) }

  mutating func read(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if byte == 10 {
        accept()
        line.removeAll(keepingCapacity: true)
      } else if line.count < Self.longestLine {
        line.append(byte)
      }
    }
  }

  private mutating func accept() {
    guard line.starts(with: prefix) else { return }
    do {
      records.append(
        try JSONDecoder.ofAnyNumber().decode(Record.self, from: Data(line.dropFirst(prefix.count))))
    } catch {
      // Not a whole record: what it was about counts as unfinished.
    }
  }
}
