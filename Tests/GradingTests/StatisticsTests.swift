import KataKit
import Numerics
import Testing

@testable import Grading

@Suite("Statistics of samples")
struct StatisticsTests {
  @Test("the bounds are those of the chi-square distribution and of Massart's inequality")
  func bounds() {
    // scipy: chi2(n).ppf(5e-10)/n and chi2(n).isf(5e-10)/n.
    let ratios = Chance.varianceRatios(count: 30_000)
    #expect(abs(ratios.lowerBound - 0.950889) < 1e-4)
    #expect(abs(ratios.upperBound - 1.050695) < 1e-4)
    let few = Chance.varianceRatios(count: 500)
    #expect(abs(few.lowerBound - 0.6602) < 1e-3)
    #expect(abs(few.upperBound - 1.4365) < 1e-3)
    // √(ln(2e9)/60000).
    #expect(abs(Chance.distance(count: 30_000) - 0.018893) < 1e-6)
    #expect(abs(2 * (1 - Sample.normalDistribution(Chance.deviations)) - 1e-9) < 1e-13)
  }

  @Test("the variance survives a mean that is a billion times larger")
  func largeMean() {
    let sample = Sample((0..<1000).map { 1e9 + Double($0 % 2) })
    #expect(sample.mean == 1e9 + 0.5)
    #expect(sample.variance == 0.25)
  }

  @Test("rounding is no variance", arguments: [0.1, -7e-8, 3e11, 0])
  func constants(value: Double) {
    let sample = Sample([Double](repeating: value, count: 30_000))
    #expect(sample.variance == 0)
    #expect(sample.standardizedMean == 0)
    #expect(sample.distance(to: .normal).isNaN)
    #expect(sample.distinctShare == 1.0 / 30_000)
  }

  @Test("the distance is what sorting finds", arguments: [1, 2, 3, 10, 257, 1000])
  func distanceBySorting(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    for scale in [0.2, 1, 5] {
      // Rounded to tenths, so that there are ties too.
      let elements = (0..<count).map { index in
        let draw = generator.normal() * scale
        return index % 3 == 0 ? (10 * draw).rounded() / 10 : draw
      }
      let n = Double(count)
      let probabilities = elements.map(Sample.normalDistribution).sorted()
      let sorted = probabilities.enumerated().map { index, probability in
        max(probability - Double(index) / n, Double(index + 1) / n - probability)
      }.max()
      let distance = Sample(elements).distance(to: Sample.normalDistribution)
      #expect(abs(distance - (sorted ?? 0)) < 1e-15)
    }
  }

  @Test("values at the ends of a distribution have a place")
  func ends() {
    #expect(Sample([-100, 100]).distance(to: Sample.normalDistribution) == 0.5)
    #expect(Sample([-.infinity]).distance(to: Sample.normalDistribution) == 1)
  }

  @Test("a histogram counts what lies in it, the lower edge of a bin with the bin")
  func histogram() {
    let sample = Sample([-3, -1, -0.5, 0, 0.25, 0.999, 1, .nan])
    #expect(sample.shares(bins: 4, from: -1, to: 1) == [0.125, 0.125, 0.25, 0.125])
    #expect(Sample([]).shares(bins: 2, from: 0, to: 1) == [0, 0])
  }

  @Test("what a range takes stays, and the rest goes to its nearer end")
  func nearestAccepted() {
    let block = Block("b", Matrix([[-2, 0.5, 7, .nan]]), acceptance: .between(0...1, noise: 0))
    #expect(block.nearestAccepted.value == Matrix([[0, 0.5, 1, 0]]))
    #expect([block].finding(against: [block.nearestAccepted]) != nil)
    #expect(Block("b", 3).nearestAccepted.value == [[3]])
  }

  @Test("an empty sample has no statistics, and no trap")
  func empty() {
    let sample = Sample([])
    #expect(sample.mean == 0)
    #expect(sample.variance == 0)
    #expect(sample.standardizedMean == 0)
    #expect(sample.distance(to: .normal).isNaN)
    #expect(sample.distinctShare == 1)
    #expect(Matrix(rows: 0, columns: 3).distinctRowShare == 1)
    #expect(Matrix(rows: 4, columns: 0).distinctRowShare == 0.25)
    _ = (Chance.varianceRatios(count: 0), Chance.distance(count: 0))
  }

  @Test("what is not a number stays none", arguments: [Double.nan, .infinity, -.infinity])
  func notANumber(element: Double) {
    let sample = Sample([1, element, 2])
    #expect(!sample.mean.isFinite)
    #expect(sample.variance.isNaN)
    #expect(sample.distance(to: .normal).isNaN)
    #expect(sample.distinctShare == 1)
  }

  @Test("copies are counted, whatever their sign")
  func copies() {
    #expect(Sample([1, 2, 1, 3]).distinctShare == 0.75)
    #expect(Sample([0, -0.0]).distinctShare == 0.5)
    #expect(Sample([1, -1, .infinity, -.infinity]).distinctShare == 0.5)
    #expect(Matrix([[1, 2], [1, 2], [2, 1]]).distinctRowShare == 2.0 / 3)
    #expect(Matrix([[0, 1], [-0.0, 1]]).distinctRowShare == 0.5)
    var generator = SeededGenerator(seed: 5)
    let draws = (0..<30_000).map { _ in generator.normal() }
    #expect(Sample(draws).distinctShare == 1)
    #expect(Sample(draws.map { draws[Int(abs($0) * 100)] }).distinctShare < 0.02)
  }

  @Test("neighbors that go together, or apart, are correlated")
  func correlation() {
    let waves = Matrix([[1, -1, 1, -1], [-1, 1, -1, 1]])
    let sample = Sample(waves.elements)
    #expect(waves.neighborCorrelation(sample) == -6 / 6.squareRoot())
    // Down a column the signs change, too; within a row that is 1×2 there is one pair.
    #expect(waves.transposed.neighborCorrelation(sample) == -2)
    #expect(Matrix([[3], [4]]).neighborCorrelation(Sample([3, 4])) == 0)
    #expect(Matrix(rows: 0, columns: 3).neighborCorrelation(Sample([])) == 0)
    #expect(Matrix([[2, 2]]).neighborCorrelation(Sample([2, 2])) == 0)
  }

  @Test("normal samples stay far inside the bounds, uniform ones outside", arguments: 0..<20)
  func power(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let normal = Sample((0..<30_000).map { _ in generator.normal() })
    #expect(normal.distance(to: .normal) < 0.5 * Chance.distance(count: 30_000))
    #expect(Chance.varianceRatios(count: 30_000).contains(normal.variance))
    #expect(abs(normal.standardizedMean) < Chance.deviations)
    #expect(abs(normal.kurtosis - 3) < 0.2)
    let matrix = Matrix(rows: 300, columns: 100, elements: normal.elements)
    #expect(abs(matrix.neighborCorrelation(normal)) < Chance.deviations)
    let uniform = Sample((0..<30_000).map { _ in generator.uniform() })
    #expect(abs(uniform.distance(to: .normal) - 0.0572) < 0.01)
    #expect(uniform.standardizedMean > 290)
    #expect(abs(uniform.kurtosis - 1.8) < 0.05)
  }
}
