public import KataKit

// These travel between a grader and its room, and nowhere else.

extension Matrix: Codable {
  public func encode(to encoder: any Encoder) throws {
    guard let encoder = encoder as? WireEncoder else {
      throw EncodingError.invalidValue(
        self, .init(codingPath: [], debugDescription: "a matrix is written on the wire only"))
    }
    encoder.append(self)
  }

  public init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? WireDecoder else {
      throw WireDecoder.damage("a matrix is read from the wire only")
    }
    self = try decoder.readMatrix()
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
