public import KataKit

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Matrix: Codable {
  private enum Key: CodingKey { case rows, columns, elements }

  /// The elements as bytes, so that each keeps every bit.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(elements.withUnsafeBytes { Data($0) }, forKey: .elements)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let bytes = try container.decode(Data.self, forKey: .elements)
    let size = MemoryLayout<Double>.size
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflows, bytes.count % size == 0, bytes.count / size == count
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .elements, in: container,
        debugDescription: "\(bytes.count) bytes of \(rows)×\(columns)")
    }
    let elements = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = bytes.copyBytes(to: buffer) / size
    }
    self.init(rows: rows, columns: columns, elements: elements)
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
