public import KataKit

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Matrix: Codable {
  /// As bytes, so that each element keeps every bit: rows, columns, elements.
  public func encode(to encoder: any Encoder) throws {
    var bytes = Data(capacity: (2 + count) * MemoryLayout<Double>.size)
    withUnsafeBytes(of: (Int64(rows), Int64(columns))) { bytes.append(contentsOf: $0) }
    elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    var container = encoder.singleValueContainer()
    try container.encode(bytes)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let bytes = try container.decode(Data.self)
    let size = MemoryLayout<Double>.size
    guard bytes.count >= 2 * size else { throw Self.damaged(container) }
    let (rows, columns) = bytes.withUnsafeBytes {
      (
        Int($0.loadUnaligned(as: Int64.self)),
        Int($0.loadUnaligned(fromByteOffset: size, as: Int64.self))
      )
    }
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    let rest = bytes.count - 2 * size
    guard rows >= 0, columns >= 0, !overflows, rest % size == 0, rest / size == count else {
      throw Self.damaged(container)
    }
    let elements = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = bytes.dropFirst(2 * size).copyBytes(to: buffer) / size
    }
    self.init(rows: rows, columns: columns, elements: elements)
  }

  private static func damaged(_ container: any SingleValueDecodingContainer) -> DecodingError {
    .dataCorruptedError(in: container, debugDescription: "not the bytes of a matrix")
  }
}

extension DenseLayer: Codable {
  private enum Key: CodingKey { case weights, biases }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(weights, forKey: .weights)
    try container.encode(biases, forKey: .biases)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      weights: try container.decode(Matrix.self, forKey: .weights),
      biases: try container.decode(Matrix.self, forKey: .biases))
  }
}

extension DenseGradient: Codable {
  /// As a layer of the same shapes.
  public func encode(to encoder: any Encoder) throws {
    try DenseLayer(weights: weights, biases: biases).encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    let layer = try DenseLayer(from: decoder)
    self.init(weights: layer.weights, biases: layer.biases)
  }
}
