import KataKit

/// Reads what `WireEncoder` writes, in the same order.
struct WireDecoder: Decoder {
  /// How far has been read.
  final class Cursor {
    private let bytes: [UInt8]
    private var position = 0
    private var steps = 0
    /// No message has so many values; an attempt could keep the grader reading.
    private static let mostSteps = 1 << 18

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    fileprivate func take<Bits: FixedWidthInteger>(_ type: Bits.Type) throws -> Bits {
      let size = MemoryLayout<Bits>.size
      guard bytes.count - position >= size else { throw WireDecoder.damage("too short") }
      steps += 1
      guard steps < Self.mostSteps else { throw WireDecoder.damage("too many values") }
      defer { position += size }
      return bytes.withUnsafeBytes {
        Bits(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Bits.self))
      }
    }

    fileprivate func takeText() throws -> String {
      let count = Int(try take(UInt32.self))
      guard bytes.count - position >= count else { throw WireDecoder.damage("a text too short") }
      defer { position += count }
      return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    /// The next text, which stays where it is.
    fileprivate func peekText() throws -> String {
      let before = position
      defer { position = before }
      return try takeText()
    }

    fileprivate func takeMatrix() throws -> Matrix {
      let (rows, columns) = (Int(try take(Int64.self)), Int(try take(Int64.self)))
      guard (0...Wire.mostNumbers).contains(rows), (0...Wire.mostNumbers).contains(columns) else {
        throw WireDecoder.damage("no matrix")
      }
      let (count, size) = (rows * columns, MemoryLayout<Double>.size)
      guard (bytes.count - position) / size >= count else {
        throw WireDecoder.damage("a matrix too short")
      }
      let elements = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
        bytes.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(buffer).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count * size]))
        }
        filled = count
      }
      position += count * size
      return Matrix(rows: rows, columns: columns, elements: elements)
    }
  }

  let cursor: Cursor
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func damage(_ what: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: [], debugDescription: what))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedReader<Key>(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try UnkeyedReader(decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { ValueReader(decoder: self) }

  func readMatrix() throws -> Matrix { try cursor.takeMatrix() }

  fileprivate func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value: Any
    switch type {
    case is Matrix.Type: value = try cursor.takeMatrix()
    case is Bool.Type: value = try cursor.take(UInt8.self) != 0
    case is Double.Type: value = Double(bitPattern: try cursor.take(UInt64.self))
    case is Int.Type: value = Int(try cursor.take(Int64.self))
    case is UInt64.Type: value = try cursor.take(UInt64.self)
    case is String.Type: value = try cursor.takeText()
    default: return try Value(from: self)
    }
    guard let value = value as? Value else { throw Self.damage("no \(type)") }
    return value
  }
}

private struct ValueReader: SingleValueDecodingContainer {
  let decoder: WireDecoder
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.read(type) }
}

private struct UnkeyedReader: UnkeyedDecodingContainer {
  let decoder: WireDecoder
  private let length: Int
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { [] }

  init(decoder: WireDecoder) throws {
    self.decoder = decoder
    length = Int(try decoder.cursor.take(UInt32.self))
  }

  var count: Int? { length }
  var isAtEnd: Bool { currentIndex >= length }

  private mutating func step() throws {
    guard !isAtEnd else { throw WireDecoder.damage("a list too short") }
    currentIndex += 1
  }

  mutating func decodeNil() throws -> Bool { false }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try step()
    return try decoder.read(type)
  }

  mutating func nestedContainer<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    try step()
    return decoder.container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try step()
    return try decoder.unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { decoder }
}

private struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: WireDecoder
  var codingPath: [any CodingKey] { [] }

  /// The case of an enum; nothing else asks.
  var allKeys: [Key] {
    do {
      return [Key(stringValue: try decoder.cursor.peekText())].compactMap(\.self)
    } catch {
      return []
    }
  }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) throws -> Bool { !(try decoder.read(Bool.self)) }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder.read(type)
  }

  private func readIfPresent<Value: Decodable>(_ type: Value.Type) throws -> Value? {
    try decoder.read(Bool.self) ? try decoder.read(type) : nil
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    try readIfPresent(type)
  }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try readIfPresent(type)
  }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try readIfPresent(type)
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try readIfPresent(type)
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try readIfPresent(type)
  }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try readIfPresent(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    guard try decoder.cursor.takeText() == key.stringValue else {
      throw WireDecoder.damage("another case than \(key.stringValue)")
    }
    return decoder.container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder.unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { decoder }
}
