import Grading
import KataKit

extension MeanSquaredErrorSuite {
  package enum Slip: ListedMistake {
    case mean(WrongMean)
    case error(WrongError, WrongMean.Place)
    case loss(WrongLoss)
    case gradient(WrongGradient)
    case remembered

    /// What stands for the square of each error.
    package enum WrongError: String, CaseIterable, Sendable {
      case halved
      case absolute
      case root
      case huber
    }

    /// What stands for the loss alone.
    package enum WrongLoss: String, CaseIterable, Sendable {
      case notSquared = "loss-not-squared"
      case squareOfMean = "loss-square-of-mean"
      case differenceOfSquares = "loss-difference-of-squares"
    }

    /// What stands for the gradient alone.
    package enum WrongGradient: String, CaseIterable, Sendable {
      case signFlipped = "gradient-sign-flipped"
      case targetsIgnored = "gradient-targets-not-subtracted"
      case squares = "gradient-squares"
      case summedOverRows = "gradient-summed-over-rows"
      case dividedTwice = "gradient-divided-twice"
      case differenceQuotient = "gradient-difference-quotient"
    }

    package static let allCases: [Slip] =
      (WrongMean.all + WrongMean.ofIntegers).map(Slip.mean)
      + WrongError.allCases.flatMap { wrong in
        WrongMean.Place.allCases.map { .error(wrong, $0) }
      }
      + WrongLoss.allCases.map(Slip.loss) + WrongGradient.allCases.map(Slip.gradient)
      + [.remembered]

    package init?(rawValue: String) {
      guard let slip = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = slip
    }

    package var rawValue: String {
      switch self {
      case .mean(let wrong): wrong.id
      case .error(let wrong, let place): place.rawValue + wrong.rawValue
      case .loss(let wrong): wrong.rawValue
      case .gradient(let wrong): wrong.rawValue
      case .remembered: "last-call-remembered"
      }
    }

    package var sentence: String {
      switch self {
      case .mean(let wrong): wrong.sentence
      case .error(let wrong, let place): wrong.sentence(place)
      case .loss(.notSquared): "You did not square the errors of the loss."
      case .loss(.squareOfMean):
        "You added the errors up before squaring; square each of them, then take the mean."
      case .loss(.differenceOfSquares):
        "You subtracted the squares, y² − t²; it is the square of the difference, (y − t)²."
      case .gradient(.signFlipped):
        "Your gradient has the wrong sign; it goes with y − t, not with t − y."
      case .gradient(.targetsIgnored): "Your gradient leaves the targets out; subtract them from y."
      case .gradient(.squares): "Your gradient holds the squared errors; the slope of d² is 2·d."
      case .gradient(.summedOverRows):
        "You reduced the gradient over the rows; it has the shape of the predictions."
      case .gradient(.dividedTwice): "You divided the gradient by the number of entries twice."
      case .gradient(.differenceQuotient):
        "Your gradient is a difference quotient, which loses its digits; it is the formula, 2·d/count."
      case .remembered:
        "Your gradient answers from the last call of loss; it is handed arguments of its own: use those."
      }
    }

    package var site: String {
      switch self {
      case .mean: "mean"
      case .error, .loss: "error"
      case .gradient(.dividedTwice): "mean"
      case .gradient: "gradient"
      case .remembered: rawValue
      }
    }
  }

  /// Mean squared error that can make any of the mistakes on purpose.
  struct Reference: MeanSquaredErrorKata {
    private var wrongMean: WrongMean?
    private var wrongError: (Slip.WrongError, WrongMean.Place)?
    private var wrongLoss: Slip.WrongLoss?
    private var wrongGradient: Slip.WrongGradient?
    private var memory: Memory<Matrix>?

    init() {}

    init(mistakes: Set<Slip>) {
      for mistake in mistakes {
        switch mistake {
        case .mean(let wrong): wrongMean = wrong
        case .error(let wrong, let place): wrongError = (wrong, place)
        case .loss(let wrong): wrongLoss = wrong
        case .gradient(let wrong): wrongGradient = wrong
        case .remembered: memory = Memory()
        }
      }
    }

    func loss(predictions: Matrix, targets: Matrix) -> Double {
      memory?.last = predictions
      let (d, count) = (predictions - targets, wrongMean.lossDivisor(targets))
      switch wrongLoss {
      case .notSquared: return d.sum() / count
      case .squareOfMean: return (d.sum() / count) * (d.sum() / count)
      case .differenceOfSquares:
        return (predictions * predictions - targets * targets).sum() / count
      case nil: break
      }
      let squares = (d * d).sum()
      guard let (wrong, place) = wrongError, place != .gradient else { return squares / count }
      return switch wrong {
      case .halved: squares / (2 * count)
      case .absolute: abs(d).sum() / count
      case .root: (squares / count).squareRoot()
      case .huber:
        d.map { abs($0) <= 1 ? $0 * $0 / 2 : abs($0) - 0.5 }.sum() / count
      }
    }

    func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
      let predictions = memory?.last(like: predictions) ?? predictions
      let d = wrongGradient == .targetsIgnored ? predictions : predictions - targets
      let count = wrongMean.gradientDivisor(targets)
      let gradient = slope(of: d, count: count) / count
      return switch wrongGradient {
      case .signFlipped: -gradient
      case .squares: d * d / count
      case .summedOverRows: gradient.sum(axis: 0)
      case .dividedTwice: gradient / count
      case .differenceQuotient: withDigitsLost(gradient, (d * d).mean())
      case .targetsIgnored, nil: gradient
      }
    }

    /// What the difference of two losses of this size leaves, 2e-5 apart.
    private func withDigitsLost(_ gradient: Matrix, _ loss: Double) -> Matrix {
      let grain = loss.ulp / 2e-5
      return gradient.map { ($0 / grain).rounded() * grain }
    }

    /// What belongs to each entry before the mean.
    private func slope(of d: Matrix, count: Double) -> Matrix {
      guard let (wrong, place) = wrongError, place != .loss else { return 2 * d }
      return switch wrong {
      case .halved: d
      case .absolute: d.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
      case .root: d / ((d * d).sum() / count).squareRoot()
      case .huber: d.map { min(max($0, -1), 1) }
      }
    }
  }
}

extension MeanSquaredErrorSuite.Slip.WrongError {
  fileprivate func sentence(_ place: WrongMean.Place) -> String {
    let basis =
      switch self {
      case .halved: "½·d²"
      case .absolute: "|d|"
      case .root: "the root of the mean"
      case .huber: "Huber's |d| beyond ±1"
      }
    return "You built the \(place.words) on \(basis); it is the mean of d², with the slope 2·d."
  }
}
