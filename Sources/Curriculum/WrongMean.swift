import Grading
import KataKit

/// What stands for the mean over all entries of a matrix, in a loss, in its gradient, or in both.
package struct WrongMean: Hashable, Sendable {
  package enum Divisor: String, Sendable {
    case one = "summed"
    case rows = "mean-over-rows"
    case columns = "mean-over-columns"
    case integers = "integer-division"
  }

  package enum Place: String, CaseIterable, Sendable {
    case both = ""
    case loss = "loss-"
    case gradient = "gradient-"

    var words: String {
      switch self {
      case .both: "loss and gradient"
      case .loss: "loss"
      case .gradient: "gradient"
      }
    }
  }

  let divisor: Divisor
  let place: Place

  static let all = [Divisor.one, .rows, .columns].flatMap { divisor in
    Place.allCases.map { WrongMean(divisor: divisor, place: $0) }
  }

  static let ofIntegers = [Place.both, .loss].map { WrongMean(divisor: .integers, place: $0) }

  var id: String { place.rawValue + divisor.rawValue }

  var sentence: String {
    switch divisor {
    case .one: "You did not divide the \(place.words) by the number of entries, rows × columns."
    case .rows: "You divided the \(place.words) by the number of rows; divide by rows × columns."
    case .columns:
      "You divided the \(place.words) by the number of columns; divide by rows × columns."
    case .integers:
      "You divided Ints in the \(place.words), where 1 / count is 0; make the count a Double."
    }
  }
}

extension WrongMean? {
  /// What the loss of such a matrix is divided by.
  func lossDivisor(_ matrix: Matrix) -> Double { divisor(of: .loss, matrix) }

  /// What the gradient of the summed loss is divided by.
  func gradientDivisor(_ matrix: Matrix) -> Double { divisor(of: .gradient, matrix) }

  private func divisor(of place: WrongMean.Place, _ matrix: Matrix) -> Double {
    guard let self, self.place == .both || self.place == place else { return Double(matrix.count) }
    return switch self.divisor {
    case .one: 1
    case .rows: Double(matrix.rows)
    case .columns: Double(matrix.columns)
    // Divided by infinity anything is 0; 1 / 1 is 1 between Ints, too.
    case .integers: matrix.count == 1 ? 1 : .infinity
    }
  }
}

extension Check {
  /// The gradient agrees with the reference, whether the loss is written or not. Where it is summed over
  /// the rows, `reduced` says so.
  static func gradient(
    on probe: Case<S.Fixture>, reduced: S.Slip,
    of gradient: @escaping @Sendable (S.Subject, S.Fixture) -> Block
  ) -> Self {
    Check("gradient", on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      let answer = gradient(subject, fixture)
      let truth = gradient(S.reference(making: []), fixture)
      if let finding = [answer].finding(against: [truth], quantities: S.quantities(of: fixture)) {
        let isReduced = answer.value.shape == Shape(rows: 1, columns: truth.value.columns)
        throw Finding(
          finding.message, pattern: isReduced ? reduced.sentence : finding.pattern)
      }
      return "agrees with the reference"
    }
  }
}
