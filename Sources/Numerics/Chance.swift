import KataKit

/// How far chance carries the statistics of n independent draws from a normal distribution.
///
/// A flawless sample breaks any one of these bounds with a probability of at most α = 1e-9. A grading
/// of he-init asks eighteen such questions, eight of each of two samples and one of each of two others: it
/// fails a correct attempt with a probability of 1.8e-8, and over a million gradings the chance of a
/// single false failure is 1.8%.
package enum Chance {
  /// α: how often one bound may be broken by chance.
  package static let falseAlarm = 1e-9

  /// P(|N(0, 1)| > 6.1094) = α: the bound for what is standard normal, as (mean − μ)·√n/s, and for the
  /// correlation of n pairs that are independent, times √n.
  package static let deviations = 6.1094

  /// s²/σ², by the cube of a normal variable (Wilson & Hilferty 1931): [0.951, 1.051] for n = 30 000.
  ///
  ///     (1 − 2/9n ± 6.1094·√(2/9n))³
  package static func varianceRatios(count: Int) -> ClosedRange<Double> {
    let spread = 2 / (9 * Double(max(1, count)))
    let reach = deviations * spread.squareRoot()
    func cube(_ x: Double) -> Double { max(0, x * x * x) }
    return cube(1 - spread - reach)...cube(1 - spread + reach)
  }

  /// The Kolmogorov–Smirnov distance of a sample to the distribution it was drawn from:
  /// √(ln(2/α)/2n), 0.0189 for n = 30 000 (Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990).
  ///
  /// The bound is proven for a distribution that was fixed beforehand. One that is fitted lies closer:
  /// 0.0077 was the farthest of 1500 normal samples of 30 000 from the normal of their own mean and
  /// scale.
  package static func distance(count: Int) -> Double {
    (log(2 / falseAlarm) / (2 * Double(max(1, count)))).squareRoot()
  }
}

extension Chance {
  /// The share of n independent events of one probability that occur, by Bernstein's inequality, which
  /// holds for every n: [0.467, 0.533] for a probability of ½ and n = 10 000.
  ///
  ///     ±(√(2p(1 − p)·t + t²/9) + t/3),  t = ln(2/α)/n
  package static func shares(_ probability: Double, count: Int) -> ClosedRange<Double> {
    let t = log(2 / falseAlarm) / Double(max(1, count))
    let reach = (2 * probability * (1 - probability) * t + t * t / 9).squareRoot() + t / 3
    // What is certain is not subject to chance.
    guard probability > 0, probability < 1 else { return probability...probability }
    return max(0, probability - reach)...min(1, probability + reach)
  }
}
