import Grading

/// The rectangle in which values are drawn, and where each of them is.
struct Plot {
  let width: Double
  let height: Double
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  /// The room for what is written at the left and below.
  var margin = (left: 46.0, below: 18.0)

  private static let above = 8.0
  private static let right = 8.0

  func across(_ value: Double) -> Double {
    margin.left + Self.share(value, x) * (width - margin.left - Self.right)
  }

  func up(_ value: Double) -> Double {
    height - margin.below - Self.share(value, y) * (height - margin.below - Self.above)
  }

  private static func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    let length = range.upperBound - range.lowerBound
    return length > 0 && length.isFinite ? (value - range.lowerBound) / length : 0.5
  }

  /// A drawing of this size that says what it shows to those who do not see it.
  func drawing(_ title: String, _ description: String, @MarkupBuilder _ content: () -> Markup)
    -> Markup
  {
    Markup(
      "svg",
      [
        "viewBox": "0 0 \(Self.written(width)) \(Self.written(height))",
        "width": Self.written(width), "role": "img", "aria-label": "\(title). \(description)",
      ], content)
  }

  /// The lines at the left and below, with the ends of both ranges.
  var axes: [Markup] {
    let (left, bottom) = (margin.left, height - margin.below)
    return [
      Markup(
        "path",
        [
          "class": "axis",
          "d": "M\(Self.written(left)) \(Self.written(Self.above))V\(Self.written(bottom))"
            + "H\(Self.written(width - Self.right))",
        ]),
      Self.text(Numbers.brief(y.upperBound), x: left - 4, y: Self.above + 4, anchor: "end"),
      Self.text(Numbers.brief(y.lowerBound), x: left - 4, y: bottom, anchor: "end"),
      Self.text(Numbers.brief(x.lowerBound), x: left, y: height - 5),
      Self.text(Numbers.brief(x.upperBound), x: width - Self.right, y: height - 5, anchor: "end"),
    ]
  }

  static func text(_ text: String, x: Double, y: Double, anchor: String? = nil) -> Markup {
    Markup("text", ["x": written(x), "y": written(y), "text-anchor": anchor]) { text }
  }

  /// A line through points; one that is not finite interrupts it.
  func line(_ points: [(x: Double, y: Double)], _ style: String) -> Markup {
    var path = ""
    var isDown = false
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        isDown = false
        continue
      }
      path += "\(isDown ? "L" : "M")\(Self.written(across(point.x))) \(Self.written(up(point.y)))"
      isDown = true
    }
    return Markup("path", ["class": style, "d": path])
  }

  /// A tenth of a point is finer than any screen.
  static func written(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = (min(max(value, -1e6), 1e6) * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }
}

extension [Double] {
  /// The range of those that are finite, or from 0 to 1 where none is.
  var extent: ClosedRange<Double> {
    let finite = filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    return low...high
  }
}
