import Exam
import Grading
import KataKit
import Numerics
import SharedAnswers

extension ActivationFixture {
  /// A matrix that is not square, from 4×5 to 7×6 either way round.
  static func draw(using generator: inout FixtureGenerator) -> ActivationFixture {
    let sizes = generator.sizes(2, in: 4...7)
    return draw(rows: sizes[0], columns: sizes[1], using: &generator)
  }

  /// At least 12 entries, in which every combination occurs of: |z| near 0 (but no nearer than 0.02),
  /// within 1, or beyond 1; the sign of z; the sign of the upstream gradient.
  static func draw(
    rows: Int, columns: Int, using generator: inout FixtureGenerator
  ) -> ActivationFixture {
    var fixture = ActivationFixture(
      z: Matrix(rows: rows, columns: columns), upstream: Matrix(rows: rows, columns: columns))
    let magnitudes = [0.02...0.06, 0.1...0.9, 1.1...4]
    for (turn, place) in (0..<rows * columns).shuffled(using: &generator).enumerated() {
      let (row, column) = (place / columns, place % columns)
      let magnitude = Double.random(in: magnitudes[turn % 3], using: &generator)
      fixture.z[row, column] = turn / 3 % 2 == 0 ? magnitude : -magnitude
      let upstream = Double.random(in: 0.2...2, using: &generator)
      fixture.upstream[row, column] = turn / 6 % 2 == 0 ? upstream : -upstream
    }
    return fixture
  }

  /// Magnitudes from 1e-12 to `limit` of either sign, beside upstream gradients from 1e-12 to 1e12.
  fileprivate static func drawOfEveryMagnitude(
    upTo limit: Double, using generator: inout FixtureGenerator
  ) -> ActivationFixture {
    let sizes = generator.sizes(2, in: 7...10)
    let (rows, columns) = (sizes[0], sizes[1])
    func magnitudes(upTo limit: Double) -> Matrix {
      let decades = 12 + log(limit) / log(10)
      var matrix = Matrix(rows: rows, columns: columns)
      for (turn, place) in (0..<matrix.count).shuffled(using: &generator).enumerated() {
        let part = (Double(turn) + .random(in: 0..<1, using: &generator)) / Double(matrix.count)
        let magnitude = exp((part * decades - 12) * log(10))
        matrix[place / columns, place % columns] = turn % 2 == 0 ? magnitude : -magnitude
      }
      return matrix
    }
    return ActivationFixture(z: magnitudes(upTo: limit), upstream: magnitudes(upTo: 1e12))
  }

  /// Whether every entry is judged by itself, as its neighbors are larger or smaller by far.
  var isOfEveryMagnitude: Bool {
    let (smallest, largest) = (abs(z).min(), abs(z).max())
    return smallest > 0 && smallest < 1e-10 && largest > 100
  }

  /// Puts other values in half of the places of z, each with its turn.
  fileprivate mutating func replaceHalf(
    using generator: inout FixtureGenerator, by value: (Int, inout FixtureGenerator) -> Double
  ) {
    let places = z.elements.indices.shuffled(using: &generator)
    for (turn, place) in places.prefix(places.count / 2).enumerated() {
      z[place / z.columns, place % z.columns] = value(turn, &generator)
    }
  }

  /// The flat indices at which z is exactly 0.
  var zeros: [Int] {
    abs(z).min() == 0 ? z.elements.indices.filter { z.elements[$0] == 0 } : []
  }
}

extension Case<ActivationFixture> {
  static var mixed: Self { Case("mixed signs") { .draw(using: &$0) } }

  /// Half of the entries are exactly 0, of either sign.
  static var zeros: Self {
    Case("exact zeros") { generator in
      var fixture = ActivationFixture.draw(using: &generator)
      fixture.replaceHalf(using: &generator) { turn, _ in turn % 2 == 0 ? 0 : -0.0 }
      return fixture
    }
  }

  /// Half of the entries are near ±1000, where an exponential overflows or is 0.
  static var extreme: Self {
    Case("±1000") { generator in
      var fixture = ActivationFixture.draw(using: &generator)
      fixture.replaceHalf(using: &generator) { turn, generator in
        (turn % 2 == 0 ? 1 : -1) * .random(in: 900...1100, using: &generator)
      }
      return fixture
    }
  }

  /// Magnitudes from 2 to 8, where what is cut off as nothing is not.
  static var tails: Self {
    Case("tails") { generator in
      var fixture = ActivationFixture.draw(rows: 6, columns: 7, using: &generator)
      for (turn, place) in (0..<42).shuffled(using: &generator).enumerated() {
        let magnitude = 2 + 6 * (Double(turn) + .random(in: 0..<1, using: &generator)) / 42
        fixture.z[place / 7, place % 7] = turn % 2 == 0 ? magnitude : -magnitude
      }
      return fixture
    }
  }

  /// Where a bound such as ReLU6's, or a step of differences, shows.
  static var huge: Self {
    Case("huge values") { generator in
      var fixture = ActivationFixture.draw(using: &generator)
      fixture.z *= 1e9
      return fixture
    }
  }

  /// Where a threshold other than 0, or a soft one, shows.
  static var tiny: Self {
    Case("tiny values") { generator in
      var fixture = ActivationFixture.draw(using: &generator)
      fixture.z *= 1e-12
      return fixture
    }
  }

  /// Where a cut at a small or a large number shows, wherever it is.
  static func everyMagnitude(upTo limit: Double) -> Self {
    Case("every magnitude") { .drawOfEveryMagnitude(upTo: limit, using: &$0) }
  }

  /// Without the tails, where 1 − tanh²(z) is a difference that has lost its digits.
  static func everyMagnitudeBesideTails(upTo limit: Double) -> Self {
    Case("every magnitude") { generator in
      var fixture = ActivationFixture.drawOfEveryMagnitude(upTo: limit, using: &generator)
      fixture.z = fixture.z.map { (4..<40).contains(abs($0)) ? 10 * $0 : $0 }
      return fixture
    }
  }

  static var entry: Self { Case("single entry") { .draw(rows: 1, columns: 1, using: &$0) } }

  static var entryBelow: Self {
    Case("single entry below 0") { generator in
      var fixture = ActivationFixture.draw(rows: 1, columns: 1, using: &generator)
      fixture.z = -fixture.z
      return fixture
    }
  }

  /// Where upstream and slope are square their matrix product no longer stops at a shape.
  static var square: Self { Case("square") { .draw(rows: 4, columns: 4, using: &$0) } }

  static var row: Self { Case("single row") { .draw(rows: 1, columns: 13, using: &$0) } }

  /// Some of them alike.
  static var many: Self {
    Case("many rows") { generator in
      var fixture = ActivationFixture.draw(rows: manyRows, columns: 3, using: &generator)
      fixture.z.levelSome()
      // What the slope is at 0 is asked elsewhere.
      fixture.z[manyRows - 1, 0] = fixture.z[0, 0]
      fixture.upstream.levelSome()
      return fixture
    }
  }

  static var column: Self { Case("single column") { .draw(rows: 13, columns: 1, using: &$0) } }
}

extension [Part] {
  /// Each part as a block. Of every magnitude, the entries where |z| < 1 are judged to the relative
  /// error, and the others to `absolute`, too: a tail is a difference that loses its digits.
  func blocks(on fixture: ActivationFixture, absolute: Double) -> [Block] {
    guard fixture.isOfEveryMagnitude, allSatisfy({ $0.value.shape == fixture.z.shape }) else {
      return map { Block($0) }
    }
    let places = fixture.z.elements.indices
    let (inside, outside) = (
      places.filter { abs(fixture.z.elements[$0]) < 1 },
      places.filter { abs(fixture.z.elements[$0]) >= 1 }
    )
    return flatMap { part in
      // The upstream gradients range as widely as z does.
      let isStep = part.name == "backward"
      return [
        Block(
          "\(part.name) where |z| < 1", part.value.gathered(inside),
          acceptance: .each(absolute: isStep ? 0 : 1e-15)),
        Block(
          "\(part.name) where |z| ≥ 1", part.value.gathered(outside),
          acceptance: .each(absolute: isStep ? 0 : absolute)),
      ]
    }
  }
}

extension Matrix {
  /// With zeros at the flat indices, as far as there are such.
  func blanked(at indices: [Int]) -> Matrix {
    var elements = elements
    for index in indices where index < count { elements[index] = 0 }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }

  /// The elements at the flat indices, as far as there are such.
  func gathered(_ indices: [Int]) -> [Double] {
    indices.filter { $0 < count }.map { elements[$0] }
  }
}
