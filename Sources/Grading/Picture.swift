/// Something of an answer that is understood sooner when it is seen: data only, drawn elsewhere.
package enum Picture: Codable, Equatable, Sendable {
  /// Values over steps, each line with its name: the loss of a training run.
  case curve(title: String, series: [Series])
  /// How draws are distributed: for bins of equal width between `low` and `high`, the share of the
  /// draws in each and the share that belongs there.
  case distribution(
    title: String, low: Double, high: Double, drawn: [Double], expected: [Double])
  /// A function of two variables, rows from the top: what a network says of each point of the plane.
  /// Values above `boundary` are one class, the others the other.
  case plane(title: String, values: [[Double]], boundary: Double)

  package struct Series: Codable, Equatable, Sendable {
    package let name: String
    package let values: [Double]

    package init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }
}
