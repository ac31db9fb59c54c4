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

extension LayerActivation: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(self == .relu)
  }

  public init(from decoder: any Decoder) throws {
    self = try decoder.singleValueContainer().decode(Bool.self) ? .relu : .sigmoid
  }
}

extension UpdateRule: Codable {
  private enum Key: CodingKey { case isAdam, momentum }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(self == .adam, forKey: .isAdam)
    try container.encodeIfPresent(momentum, forKey: .momentum)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let isAdam = try container.decode(Bool.self, forKey: .isAdam)
    let momentum = try container.decodeIfPresent(Double.self, forKey: .momentum)
    self = isAdam ? .adam : momentum.map { .momentum($0) } ?? .sgd
  }

  /// μ, where there is one.
  package var momentum: Double? {
    if case .momentum(let momentum) = self { momentum } else { nil }
  }
}
