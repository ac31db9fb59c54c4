package import KataKit

package enum LearningRateFinderExam: Exam {
  /// What each of the three methods is asked, independently of what the others answer.
  package struct Fixture: Codable, Sendable {
    package var lowest: Double
    package var highest: Double
    package var count: Int
    package var sweeps: [Sweep]
    /// To find the steepest fall in, each by itself.
    package var curves: [Curve]

    package init(
      lowest: Double, highest: Double, count: Int, sweeps: [Sweep] = [], curves: [Curve] = []
    ) {
      self.lowest = lowest
      self.highest = highest
      self.count = count
      self.sweeps = sweeps
      self.curves = curves
    }
  }

  /// Rates to train at, and what the training steps return.
  package struct Sweep: Codable, Sendable {
    package var rates: [Double]
    /// One for each step.
    package var losses: [Double]
    /// Whether they come on top of the loss of a descent at those rates.
    package var isDescent: Bool

    package init(rates: [Double], losses: [Double], isDescent: Bool = false) {
      self.rates = rates
      self.losses = losses
      self.isDescent = isDescent
    }
  }

  package struct Curve: Codable, Sendable {
    package var rates: [Double]
    package var losses: [Double]

    package init(rates: [Double], losses: [Double]) {
      self.rates = rates
      self.losses = losses
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case rates, sweeps, suggestions
  }

  package static let name = "learning-rate-finder"
  package static let type = "LearningRateFinder"

  package static func subject(of type: any Any.Type) -> (any LearningRateFinderKata)? {
    (type as? any LearningRateFinderKata.Type)?.init()
  }

  package static func answer(
    of subject: any LearningRateFinderKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    switch script {
    case .rates:
      let rates = subject.rates(from: fixture.lowest, to: fixture.highest, count: fixture.count)
      return [Part("rates", rates)]
    case .sweeps:
      return zip(fixture.sweeps, ["", " of the second sweep", " of the third sweep"]).flatMap {
        sweep, which in
        let (tried, losses) = outcome(of: sweep, by: subject)
        return [Part("rates tried" + which, tried), Part("losses" + which, losses)]
      }
    case .suggestions:
      return fixture.curves.enumerated().map { index, curve in
        let which = index == 0 ? "" : index == 1 ? " on a second curve" : " on curve \(index + 1)"
        return Part(
          "suggestion" + which, subject.suggestion(rates: curve.rates, losses: curve.losses))
      }
    }
  }

  /// What is recorded, and the rate of every training step that was taken for it.
  private static func outcome(
    of sweep: Sweep, by subject: any LearningRateFinderKata
  ) -> (tried: [Double], losses: [Double]) {
    var tried: [Double] = []
    var valley = Valley()
    let losses = subject.losses(over: sweep.rates) { rate in
      defer { tried.append(rate) }
      let loss = sweep.losses[tried.count % sweep.losses.count]
      return sweep.isDescent ? loss + valley.step(rate) : loss
    }
    return (tried, losses)
  }
}

/// A descent on ½(x² + 10·y²), one side of which is ten times as steep as the other.
private struct Valley {
  private var (x, y) = (2.0, 2.0)

  /// The loss before a step at this rate.
  mutating func step(_ rate: Double) -> Double {
    defer { (x, y) = (x * (1 - rate), y * (1 - 10 * rate)) }
    return 0.5 * (x * x + 10 * y * y)
  }
}
