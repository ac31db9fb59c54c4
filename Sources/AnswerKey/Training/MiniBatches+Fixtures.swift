import Exam
import Grading
import KataKit
import SharedAnswers

extension MiniBatchesSuite {
  /// With 14 rows and more no order comes by chance: 1/14! = 1e-11.
  static let leftOver = Case<Fixture>("rows left over") { generator in
    let size = generator.size(in: 4...6)
    // One less than full would be as much where batches are made as equal as possible.
    let rest = generator.size(in: 2...size - 2)
    return fixture(3 * size + rest, batchSize: size, using: &generator)
  }

  static let oneLeftOver = Case<Fixture>("one row left over") { generator in
    let size = generator.size(in: 5...7)
    return fixture(3 * size + 1, batchSize: size, using: &generator)
  }

  static let even = Case<Fixture>("nothing left over") { generator in
    let size = generator.size(in: 5...7)
    let drawn = fixture(3 * size, batchSize: size, using: &generator)
    // Some inputs and some targets are alike.
    var (inputs, targets) = (drawn.inputs, drawn.targets)
    inputs.levelSome()
    targets.levelSome()
    return Fixture(
      inputs: inputs, targets: targets, batchSize: size, epochs: 1, seed: drawn.seed)
  }

  static let ones = Case<Fixture>("batches of one") { generator in
    fixture(generator.size(in: 14...20), batchSize: 1, using: &generator)
  }

  static let whole = Case<Fixture>("as many as rows") { generator in
    let rows = generator.size(in: 14...20)
    return fixture(rows, batchSize: rows, using: &generator)
  }

  static let larger = Case<Fixture>("more than rows") { generator in
    let rows = generator.size(in: 14...20)
    return fixture(rows, batchSize: rows + generator.size(in: 3...9), using: &generator)
  }

  static let single = Case<Fixture>("single row") { generator in
    fixture(1, batchSize: generator.size(in: 3...5), using: &generator)
  }

  /// Of any size.
  static let columns = Case<Fixture>("single columns") { generator in
    let rows = generator.size(in: 14...20)
    return Fixture(
      inputs: Matrix.normal(rows: rows, columns: 1, using: &generator)
        .ofEveryMagnitude(using: &generator),
      targets: Matrix.normal(rows: rows, columns: 1, using: &generator)
        .ofEveryMagnitude(using: &generator),
      batchSize: 5, epochs: 1, seed: generator.next())
  }

  static let many = Case<Fixture>("new order") { generator in
    fixture(62, batchSize: 5, epochs: 2, using: &generator)
  }

  static let twoRows = Case<Fixture>("two rows") { generator in
    fixture(2, batchSize: 1, epochs: 40, using: &generator)
  }

  /// Each row is its own number.
  static let thousands = Case<Fixture>("thousands of rows") { generator in
    let rows = Matrix(rows: 2000, columns: 1, elements: (0..<2000).map(Double.init))
    return Fixture(
      inputs: rows, targets: -rows, batchSize: 8, epochs: 1, seed: generator.next())
  }.alone

  static let places = Case<Fixture>("equal chances") { generator in
    fixture(12, batchSize: 1, epochs: 2000, using: &generator)
  }

  static func fixture(
    _ rows: Int, batchSize: Int, epochs: Int = 1, using generator: inout FixtureGenerator
  ) -> Fixture {
    let widths = generator.sizes(2)
    return Fixture(
      inputs: .normal(rows: rows, columns: widths[0], using: &generator),
      targets: .normal(rows: rows, columns: widths[1], using: &generator),
      batchSize: batchSize, epochs: epochs, seed: generator.next())
  }
}
