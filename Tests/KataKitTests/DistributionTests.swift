import KataKit
import Testing

@Suite("Random draws")
struct DistributionTests {
  @Test("uniform takes the upper 53 bits")
  func uniformReference() {
    var generator = SeededGenerator(seed: 42)
    let draws = (0..<5).map { _ in generator.uniform() }
    #expect(
      draws == [
        0.083_862_971_059_882_16, 0.378_980_250_662_668_6, 0.680_043_411_028_139_4,
        0.924_692_945_325_387_6, 0.991_803_914_282_102_8,
      ])
  }

  @Test("uniform reaches 0 and stays below 1")
  func uniformEnds() {
    struct Constant: RandomNumberGenerator {
      let bits: UInt64
      func next() -> UInt64 { bits }
    }
    var (lowest, highest) = (Constant(bits: 0), Constant(bits: .max))
    #expect(lowest.uniform() == 0)
    #expect(highest.uniform() == 1.0.nextDown)
    let smallest = Double.leastNonzeroMagnitude
    for range in [-2.0...4, 0.1...0.3, -0.1...1e-9, 1...1.0.nextUp, smallest...1e308] {
      let low = Matrix.uniform(rows: 1, columns: 1, in: range, using: &lowest)
      let high = Matrix.uniform(rows: 1, columns: 1, in: range, using: &highest)
      #expect(low[0, 0] == range.lowerBound)
      #expect(range.contains(high[0, 0]))
    }
  }

  @Test("normal has the same bits on every platform")
  func normalBits() {
    var generator = SeededGenerator(seed: 42)
    let draws = (0..<8).map { _ in generator.normal() }
    // The same operations carried out in Python, to the last bit.
    #expect(
      draws == [
        -0.726_219_138_244_785_7, 0.221_622_701_503_593_37, 0.464_177_310_162_473_66,
        1.476_249_461_018_415, 1.007_819_899_242_060_4, 1.027_210_960_759_532_6,
        0.370_797_665_327_605_16, 0.345_627_501_533_601,
      ])
    generator = SeededGenerator(seed: 42)
    let checksum = (0..<10_000).reduce(0) { sum, _ in sum &+ generator.normal().bitPattern }
    #expect(checksum == 0xa7cb_4091_57e7_fb8c)
  }

  @Test("normal agrees with the polar method over a C library's logarithm")
  func normalReference() {
    var (generator, source) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
    for _ in 0..<10_000 {
      var (u, s) = (0.0, 0.0)
      repeat {
        u = 2 * source.uniform() - 1
        let v = 2 * source.uniform() - 1
        s = u * u + v * v
      } while s >= 1 || s == 0
      let expected = u * sqrt(-2 * log(s) / s)
      let difference = generator.normal() - expected
      #expect(abs(difference) <= 4 * expected.ulp)
    }
  }

  @Test("normal has the moments and tails of the standard normal distribution")
  func moments() {
    var generator = SeededGenerator(seed: 2024)
    let count = 200_000.0
    let draws = Matrix.normal(rows: Int(count), columns: 1, using: &generator)
    // Each bound is four standard errors of the estimate.
    #expect(abs(draws.mean()) < 4 / sqrt(count))
    #expect(abs(pow(draws, 2).mean() - 1) < 4 * sqrt(2 / count))
    #expect(abs(pow(draws, 3).mean()) < 4 * sqrt(15 / count))
    #expect(abs(pow(draws, 4).mean() - 3) < 4 * sqrt(96 / count))
    for (bound, inside) in [(1.0, 0.682_689), (2, 0.954_500), (3, 0.997_300)] {
      let share = (abs(draws) .< bound).mean()
      #expect(abs(share - inside) < 4 * sqrt(inside * (1 - inside) / count))
    }
  }

  @Test("successive normal draws are uncorrelated")
  func independence() {
    let count = 100_000
    let draws = Matrix.sample(Shape(rows: count, columns: 1), seed: 99)
    let products = draws.slice(rows: 0..<count - 1) * draws.slice(rows: 1..<count)
    #expect(abs(products.mean()) < 4 / sqrt(Double(count)))
  }

  @Test("works with any generator")
  func systemGenerator() {
    var generator = SystemRandomNumberGenerator()
    #expect((0..<1).contains(generator.uniform()))
    #expect(generator.normal().isFinite)
  }

  @Test("a normal matrix is filled row after row, scaled and shifted")
  func normalMatrix() {
    var (generator, source) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    let matrix = Matrix.normal(
      rows: 2, columns: 3, mean: 10, standardDeviation: 0.5, using: &generator)
    #expect(matrix.shape == Shape(rows: 2, columns: 3))
    #expect(matrix.elements == (0..<6).map { _ in 10 + 0.5 * source.normal() })
  }

  @Test("a uniform matrix is filled row after row and spreads over the range")
  func uniformMatrix() {
    var (generator, source) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    let matrix = Matrix.uniform(rows: 20, columns: 500, in: -2...4, using: &generator)
    #expect(matrix.shape == Shape(rows: 20, columns: 500))
    #expect(matrix.elements == (0..<10_000).map { _ in -2 + 6 * source.uniform() })
    #expect(matrix.min() >= -2 && matrix.min() < -1.99)
    #expect(matrix.max() <= 4 && matrix.max() > 3.99)
    // The standard deviation of the mean is 6 / √12 / √10000.
    #expect(abs(matrix.mean() - 1) < 4 * 0.0174)
  }

  @Test("a uniform matrix over a range of one number is that number")
  func degenerateRange() {
    var generator = SeededGenerator(seed: 1)
    let matrix = Matrix.uniform(rows: 3, columns: 3, in: 0.1...0.1, using: &generator)
    #expect(matrix == Matrix(rows: 3, columns: 3, repeating: 0.1))
  }
}
