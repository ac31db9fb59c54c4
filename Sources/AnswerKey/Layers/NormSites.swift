import Grading
import KataKit

/// The way back from δ = ∂L/∂x̂ through x̂ = (x − μ)/σ.
///
/// ∂L/∂x = (δ − mean(δ) − x̂ ⊙ mean(δ ⊙ x̂))/σ
struct NormStep {
  /// δ, x̂ and σ.
  let delta, x, deviations: Matrix
  var mean: (Matrix) -> Matrix
  /// Whether there is a μ, and a σ that depends on x.
  var isCentered = true, isScaled = true
  /// Whether the means here are others than those of the statistics.
  var hasOwnMeans = false

  var meanTerm: Matrix { isCentered ? mean(delta) : delta * 0 }
  var scaleTerm: Matrix { isScaled ? x * mean(delta * x) : delta * 0 }
  var numerator: Matrix { delta - meanTerm - scaleTerm }

  func averaging(by mean: @escaping (Matrix) -> Matrix) -> NormStep {
    var step = self
    step.mean = mean
    return step
  }
}

/// Where normalizations of rows go wrong alike.
enum NormSites {
  /// What the gradient is multiplied by before and after it goes back through the statistics.
  static func scaleBack(
    or others: [Mistake<Matrix, (before: Matrix, after: Matrix)>] = []
  ) -> Site<Matrix, (before: Matrix, after: Matrix)> {
    Site("scale back") {
      ($0, $0.ones)
    } mistakes: {
      Mistake(
        "gamma-missing-in-dx", "γ is missing from dX; ∂L/∂x̂ is the upstream gradient times γ."
      ) { ($0.ones, $0.ones) }
      others
    }
  }

  static let averaging = Site<Matrix, Matrix>(
    "dx-averaged", "You divided dX by the number of rows; the mean over them belongs to the loss."
  ) { $0 / Double($0.rows) }

  /// The gradient of γ or β from its terms, one row each.
  static func sum(of symbol: String, _ id: String) -> Site<(terms: Matrix, gamma: Matrix), Matrix> {
    Site(id) {
      $0.terms.sum(axis: 0)
    } mistakes: {
      Mistake("\(id)-averaged", "You averaged d\(symbol) over the rows; sum it over them.") {
        $0.terms.mean(axis: 0)
      }
      Mistake("\(id)-not-summed", "You did not sum d\(symbol) over the rows.") { $0.terms }
      Mistake(
        "\(id)-over-features", "You summed d\(symbol) along each row; sum it over the rows."
      ) { $0.terms.sum(axis: 1) }
      Mistake(
        "\(id)-scaled",
        "You multiplied d\(symbol) by γ; use the upstream gradient as it is."
      ) { ($0.terms * $0.gamma).sum(axis: 0) }
    }
  }
}

extension Matrix {
  /// A matrix of this shape in which every entry is 1.
  var ones: Matrix { Matrix(rows: rows, columns: columns, repeating: 1) }
}
