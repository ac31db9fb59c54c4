/// Something of an answer that is understood sooner when it is seen: data only, drawn elsewhere.
package enum Picture: Codable, Equatable, Sendable {
  /// Values over steps, each line with its name: the loss of a training run.
  case curve(title: String, series: [Series])
  /// How draws are distributed: for bins of equal width between `low` and `high`, the share of the
  /// draws in each and the share that belongs there.
  case distribution(
    title: String, low: Double, high: Double, drawn: [Double], expected: [Double])
  /// A function of two variables, rows from the top: what a network says of each point of the plane.
  /// Values above `boundary` are one class, the others the other; `marks` are what it was to learn.
  case plane(title: String, values: [[Double]], boundary: Double, marks: [Mark] = [])
  /// A function of two variables with ways through it, each with its name.
  case bowl(title: String, values: [[Double]], paths: [Path])

  /// A point of a plane: how far from the left and from the top, 0 to 1.
  package struct Mark: Codable, Equatable, Sendable {
    package let x: Double
    package let y: Double
    /// Which of the classes it belongs to.
    package let isAbove: Bool

    package init(x: Double, y: Double, isAbove: Bool = true) {
      self.x = x
      self.y = y
      self.isAbove = isAbove
    }
  }

  package struct Path: Codable, Equatable, Sendable {
    package let name: String
    package let points: [Mark]

    package init(_ name: String, _ points: [Mark]) {
      self.name = name
      self.points = points
    }
  }

  package struct Series: Codable, Equatable, Sendable {
    package let name: String
    package let values: [Double]

    package init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }
}
