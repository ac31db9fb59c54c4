import Exam
import Grading
import KataKit

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

  /// Where upstream and slope are square their matrix product no longer stops at a shape.
  static var square: Self { Case("square") { .draw(rows: 4, columns: 4, using: &$0) } }

  static var row: Self { Case("single row") { .draw(rows: 1, columns: 13, using: &$0) } }

  static var column: Self { Case("single column") { .draw(rows: 13, columns: 1, using: &$0) } }
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
