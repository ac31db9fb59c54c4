import KataKit

/// What stands for the mean over all entries of a matrix, in a loss, in its gradient, or in both.
package struct WrongMean: Hashable, Sendable {
  package enum Divisor: String, CaseIterable, Sendable {
    case one = "summed"
    case rows = "mean-over-rows"
    case columns = "mean-over-columns"
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

  static let all = Divisor.allCases.flatMap { divisor in
    Place.allCases.map { WrongMean(divisor: divisor, place: $0) }
  }

  var id: String { place.rawValue + divisor.rawValue }

  var sentence: String {
    switch divisor {
    case .one: "You did not divide the \(place.words) by the number of entries, rows × columns."
    case .rows: "You divided the \(place.words) by the number of rows; divide by rows × columns."
    case .columns:
      "You divided the \(place.words) by the number of columns; divide by rows × columns."
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
    }
  }
}
