import KataKit
import Numerics
import Testing

@testable import Grading

@Test("statistics: scipy agrees on moments, distances and the normal distribution")
func statisticsGoldens() throws {
  let goldens = try Golden("statistics").cases

  let draws = try #require(goldens.first { $0.inputs["sample"] != nil })
  let sample = Sample(try draws.input("sample").elements)
  let uniform = { (x: Double) in min(max((x / 3.squareRoot() + 1) / 2, 0), 1) }
  let values = [
    "mean": sample.mean, "variance": sample.variance,
    "ks_normal": sample.distance(to: Sample.normalDistribution),
    "ks_uniform": sample.distance(to: uniform),
  ]
  for (name, value) in values { try draws.expect([[value]], is: name, by: "Sample") }

  let points = try #require(goldens.first { $0.inputs["x"] != nil })
  let x = try points.input("x")
  try points.expect(x.map(Sample.normalDistribution), is: "cdf", by: "Sample")
  try points.expect(x.map { erf($0) }, is: "erf", by: "KataKit")
}
