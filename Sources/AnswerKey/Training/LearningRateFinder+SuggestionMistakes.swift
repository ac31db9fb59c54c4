import Grading
import KataKit

extension LearningRateFinderSuite {
  /// What is read off the losses of a sweep.
  enum Falls {
    struct Curve {
      let rates: [Double]
      var losses: [Double]

      /// Each is named after the index that it begins at.
      var intervals: Range<Int> { 0..<rates.count - 1 }
      var smallest: Int { first(of: losses.indices) { losses[$0] } }
      var steepest: Int { steepest() }

      /// Δloss/Δln(rate).
      func fall(_ i: Int, _ j: Int) -> Double {
        (losses[j] - losses[i]) / (log(rates[j]) - log(rates[i]))
      }

      func slope(_ i: Int) -> Double { fall(i, i + 1) }

      func slopeByRate(_ i: Int) -> Double {
        (losses[i + 1] - losses[i]) / (rates[i + 1] - rates[i])
      }

      func slopeWithoutParentheses(_ i: Int) -> Double {
        losses[i + 1] - losses[i] / log(rates[i + 1] / rates[i])
      }

      func centralSlope(_ i: Int) -> Double { fall(max(i - 1, 0), min(i + 1, losses.count - 1)) }

      /// Where a value is smallest, for the first time.
      func first(of range: Range<Int>, by value: (Int) -> Double) -> Int {
        range.min { value($0) < value($1) } ?? 0
      }

      func steepest(in range: Range<Int>? = nil, by slope: ((Int) -> Double)? = nil) -> Int {
        first(of: range ?? intervals, by: slope ?? self.slope)
      }

      var smoothed: Curve {
        var curve = self
        for i in losses.indices.dropFirst() {
          curve.losses[i] = 0.9 * curve.losses[i - 1] + 0.1 * losses[i]
        }
        return curve
      }
    }

    static let suggestions = Site<Curve, Double>("suggestion") {
      $0.rates[$0.steepest]
    } mistakes: {
      Mistake("end-of-fall", "You suggested the end of the steepest fall; suggest its start.") {
        $0.rates[$0.steepest + 1]
      }
      Mistake(
        "tenth-of-steepest",
        "You suggested a tenth of the rate of the steepest fall; suggest that rate itself."
      ) { $0.rates[$0.steepest] / 10 }
      Mistake(
        "middle-of-fall",
        "You suggested the middle of the steepest fall; suggest the rate at its start."
      ) { ($0.rates[$0.steepest] * $0.rates[$0.steepest + 1]).squareRoot() }
      Mistake(
        "first-fall",
        "You suggested the first rate at which the loss falls; find the steepest fall."
      ) { curve in curve.rates[curve.intervals.first { curve.slope($0) < 0 } ?? 0] }
      Mistake(
        "steepest-rise",
        "You suggested the rate where the loss rises fastest; suggest the one where it falls fastest."
      ) {
        curve in curve.rates[curve.steepest { -curve.slope($0) }]
      }
      Mistake(
        "largest-move", "You took the largest slope of either sign; take the most negative one."
      ) { curve in curve.rates[curve.steepest { -abs(curve.slope($0)) }] }
      Mistake(
        "smallest-loss",
        "You suggested the rate of the smallest loss, which is too late; find the steepest fall."
      ) { $0.rates[$0.smallest] }
      Mistake(
        "tenth-of-smallest-loss",
        "You suggested a tenth of the rate of the smallest loss; this asks for the steepest fall."
      ) { $0.rates[$0.smallest] / 10 }
      Mistake(
        "rate-before-smallest-loss",
        "You suggested the rate just before that of the smallest loss; find the steepest fall."
      ) { $0.rates[max($0.smallest - 1, 0)] }
      Mistake(
        "only-before-smallest",
        "You looked before the smallest loss only; the steepest fall may come after it."
      ) { $0.rates[$0.steepest(in: 0..<max($0.smallest, 1))] }
      Mistake(
        "slope-by-rate",
        "Your slope is with respect to the rate, which favors small rates; use the rate's logarithm."
      ) { $0.rates[$0.steepest(by: $0.slopeByRate)] }
      Mistake(
        "central-slope",
        "Your slope spans two steps, from i − 1 to i + 1; take it from i to i + 1."
      ) { $0.rates[$0.steepest(in: $0.losses.indices, by: $0.centralSlope)] }
      Mistake(
        "relative-fall",
        "Your slope is that of the loss's logarithm, its relative fall; take the loss itself."
      ) { curve in curve.rates[curve.steepest { curve.losses[$0 + 1] / curve.losses[$0] }] }
      Mistake(
        "losses-smoothed",
        "You smoothed the losses; the steepest fall is that of the losses as they are."
      ) { $0.rates[$0.smoothed.steepest] }
      Mistake(
        "slope-precedence",
        "You divided lossᵢ alone, as / comes before −; the difference takes parentheses."
      ) { $0.rates[$0.steepest(by: $0.slopeWithoutParentheses)] }
      Mistake(
        "first-interval-left-out",
        "You left out the first interval; the steepest fall may begin at the first rate."
      ) { $0.rates[$0.steepest(in: $0.intervals.dropFirst())] }
      Mistake(
        "last-interval-left-out",
        "You left out the last interval, to the last loss; count losses have count − 1 of them."
      ) { $0.rates[$0.steepest(in: $0.intervals.dropLast())] }
      Mistake(
        "falls-only",
        "You looked for slopes below 0; where the loss only rises, the smallest is above."
      ) { curve in curve.intervals.allSatisfy { curve.slope($0) >= 0 } ? curve.rates[0] : nil }
    }
  }
}
