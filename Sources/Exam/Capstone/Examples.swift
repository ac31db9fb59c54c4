package import KataKit

/// Labeled inputs, one a row.
package struct Examples: Codable, Sendable {
  package var inputs: Matrix
  package var labels: [Int]

  package init(inputs: Matrix, labels: [Int]) {
    self.inputs = inputs
    self.labels = labels
  }

  /// The examples at `indices`, in that order.
  package func gathered(_ indices: some Sequence<Int>) -> Examples {
    let indices = Array(indices)
    return Examples(inputs: inputs.gather(rows: indices), labels: indices.map { labels[$0] })
  }
}
