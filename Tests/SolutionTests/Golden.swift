import Foundation
import KataKit
import Testing

/// Inputs and outputs of one kata, made by an independent framework: `Golden/oracle.py`.
struct Golden: Decodable {
  struct Case: Decodable {
    let name: String
    let inputs: [String: [[Double]]]
    let outputs: [String: [[Double]]]

    func input(_ name: String) throws -> Matrix { Matrix(try #require(inputs[name])) }
    func output(_ name: String) throws -> Matrix { Matrix(try #require(outputs[name])) }

    /// W1, b1, W2, b2 … as layers.
    func layers() throws -> [DenseLayer] {
      var layers: [DenseLayer] = []
      while inputs["W\(layers.count + 1)"] != nil {
        let k = layers.count + 1
        layers.append(DenseLayer(weights: try input("W\(k)"), biases: try input("b\(k)")))
      }
      return layers
    }

    /// Every entry within 1e-12 of the output, relative to its largest entry.
    func expect(
      _ actual: Matrix, is name: String, by author: String,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let expected = try output(name)
      try #require(actual.shape == expected.shape, sourceLocation: sourceLocation)
      let largest = expected.elements.map(abs).max() ?? 0
      let worst = (actual - expected).elements.map(abs).max() ?? 0
      #expect(
        worst <= 1e-12 * max(1, largest), "\(author), \(self.name): \(name) is off by \(worst)",
        sourceLocation: sourceLocation)
    }
  }

  let cases: [Case]

  init(_ kata: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: kata, withExtension: "json", subdirectory: "Golden"))
    self = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    try #require(!cases.isEmpty)
  }
}
