import KataKit

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Response {
  private enum Key: CodingKey { case number, parts, unfit }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(number, forKey: .number)
    try container.encode(PackedParts(parts), forKey: .parts)
    try container.encodeIfPresent(unfit, forKey: .unfit)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard let parts = try container.decode(PackedParts.self, forKey: .parts).parts else {
      throw DecodingError.dataCorruptedError(
        forKey: .parts, in: container, debugDescription: "parts that do not fit their numbers")
    }
    self.init(
      number: try container.decode(UInt64.self, forKey: .number), parts: parts,
      unfit: try container.decodeIfPresent(Unfit.self, forKey: .unfit))
  }
}

/// Parts whose numbers lie one after the other, because each object of a property list takes as long as a
/// thousand numbers.
private struct PackedParts: Codable {
  private struct Kind: Codable, Hashable {
    let name: String
    let axes: String?
    let isList: Bool
  }

  private let kinds: [Kind]
  /// Of each part its kind, rows and columns; and all elements as bytes, so that each keeps every bit.
  private let table: Data
  private let elements: Data

  init(_ parts: [Part]) {
    var kinds: [Kind] = []
    var places: [Kind: Int] = [:]
    var table: [Int] = []
    var elements: [Double] = []
    for part in parts {
      let kind = Kind(name: part.name, axes: part.axes, isList: part.isList)
      let place = places[kind] ?? kinds.count
      if place == kinds.count { kinds.append(kind) }
      places[kind] = place
      table += [place, part.value.rows, part.value.columns]
      elements += part.value.elements
    }
    self.kinds = kinds
    self.table = table.withUnsafeBytes { Data($0) }
    self.elements = elements.withUnsafeBytes { Data($0) }
  }

  /// Nil where they do not fit together.
  var parts: [Part]? {
    let table = [Int](bytes: table, filler: 0)
    let elements = [Double](bytes: elements, filler: 0)
    var parts: [Part] = []
    var start = 0
    for row in stride(from: 0, to: table.count - table.count % 3, by: 3) {
      let (place, rows, columns) = (table[row], table[row + 1], table[row + 2])
      let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
      guard kinds.indices.contains(place), rows >= 0, columns >= 0, !overflows,
        count <= elements.count - start
      else { return nil }
      let kind = kinds[place]
      parts.append(
        Part(
          kind.name,
          Matrix(
            rows: rows, columns: columns, elements: Array(elements[start..<start + count])),
          axes: kind.axes, isList: kind.isList))
      start += count
    }
    return start == elements.count ? parts : nil
  }
}

extension Array where Element: BitwiseCopyable {
  /// As many elements as `bytes` hold.
  fileprivate init(bytes: Data, filler: Element) {
    self = Array(repeating: filler, count: bytes.count / MemoryLayout<Element>.stride)
    withUnsafeMutableBytes { _ = bytes.copyBytes(to: $0, count: $0.count) }
  }
}
