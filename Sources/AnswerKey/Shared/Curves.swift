package import Grading

extension Picture {
  /// An attempt's curve beside the one that is expected, each up to where it is no number anymore.
  package static func curve(title: String, yours: [Double], expected: [Double]) -> Picture {
    .curve(
      title: title,
      series: [("yours", yours), ("expected", expected)].map { name, values in
        Series(name, Array(values.prefix(while: \.isFinite)))
      })
  }
}
