package import KataKit

package enum SGDExam: OptimizerExam {
  package struct Settings: Codable, Sendable {
    package var learningRate = 0.01
    /// The rows of each part that a mini-batch comes in, and their gradients one part after the other;
    /// empty where it comes whole.
    package var rows: [Int] = []

    package init() {}
  }

  package static let name = "sgd"
  package static let type = "SGD"

  package static func subject(of type: any Any.Type) -> ((Settings) -> any Optimizer)? {
    guard let type = type as? any SGDKata.Type else { return nil }
    return { settings in
      let whole = type.init(learningRate: settings.learningRate)
      return settings.rows.isEmpty ? whole : InParts(optimizer: whole, rows: settings.rows)
    }
  }

  /// An attempt that is handed every mini-batch in parts.
  private struct InParts: Optimizer {
    var optimizer: any SGDKata
    let rows: [Int]

    mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
      optimizer.step(&parameters, microBatches: gradients.parts(of: parameters.count), rows: rows)
    }
  }
}

extension [Matrix] {
  /// The gradients of each part of a mini-batch.
  package func parts(of count: Int) -> [[Matrix]] {
    stride(from: 0, to: self.count, by: Swift.max(1, count)).map {
      Array(self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}
