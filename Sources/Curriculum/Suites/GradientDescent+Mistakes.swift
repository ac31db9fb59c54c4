import Grading
import KataKit

extension GradientDescentSuite {
  package enum Slip: String, ListedMistake {
    case lossWeightMissing = "loss-weight-missing"
    case lossWeightInside = "loss-weight-inside-square"
    case lossHalved = "loss-halved"
    case lossNotSquared = "loss-not-squared"
    case lossRoot = "loss-root"
    case lossFirstSign = "loss-first-sign"
    case lossSecondSign = "loss-second-sign"
    case lossSwapped = "loss-coordinates-swapped"
    case powerRuleForgotten = "power-rule-forgotten"
    case weightForgotten = "weight-forgotten"
    case weightSquared = "weight-squared"
    case gradientFirstSign = "gradient-first-sign"
    case gradientSecondSign = "gradient-second-sign"
    case gradientSwapped = "gradient-coordinates-swapped"
    case gradientNegated = "gradient-negated"
    case startMissing = "start-missing"
    case endMissing = "end-missing"
    case oneTooMany = "one-step-too-many"
    case startTwice = "start-twice"
    case lastOnly = "last-point-only"
    case reversed = "path-reversed"
    case stopsEarly = "stops-early"
    case ascending
    case gradientOfStart = "gradient-of-start"
    case normalised
    case clipped
    case momentum
    case firstCoordinateOnly = "first-coordinate-only"
    case learningRateMissing = "learning-rate-missing"
    case learningRateTwice = "learning-rate-twice"
    case learningRateHalved = "learning-rate-halved"
    case learningRateOverStep = "learning-rate-over-step"
    case learningRateOverRoot = "learning-rate-over-root"

    package var sentence: String {
      switch self {
      case .lossWeightMissing: "Your loss lacks the factor 2 of the second square."
      case .lossWeightInside:
        "You squared the factor 2 of your loss, too; it stands before the square."
      case .lossHalved: "Your loss is half of the bowl; there is no ½ in it, and no mean."
      case .lossNotSquared: "Your loss takes magnitudes where the bowl has squares."
      case .lossRoot: "You took the root of the loss; it is the sum of the squares itself."
      case .lossFirstSign: "Your loss has w₁ + 2; it is w₁ − 2."
      case .lossSecondSign: "Your loss has w₂ − 1; it is w₂ + 1."
      case .lossSwapped: "You put the factor 2 of your loss on the square of w₁; it belongs to w₂."
      case .powerRuleForgotten:
        "You forgot the 2 of the power rule: the slope of (w − c)² is 2(w − c)."
      case .weightForgotten:
        "You forgot the factor 2 before the second square: ∂L/∂w₂ is 4(w₂ + 1)."
      case .weightSquared: "You squared the factor of w₂, too: ∂L/∂w₂ is 4(w₂ + 1), not 8(w₂ + 1)."
      case .gradientFirstSign: "Your gradient has w₁ + 2; it is w₁ − 2."
      case .gradientSecondSign: "Your gradient has w₂ − 1; it is w₂ + 1."
      case .gradientSwapped: "You swapped the two entries of the gradient."
      case .gradientNegated: "Your gradient has the wrong sign; the minus belongs to the step."
      case .startMissing: "Your path lacks the start; it is the first of the points."
      case .endMissing: "Your path ends one point early: n steps give n + 1 points."
      case .oneTooMany: "You took one step too many: n steps give n + 1 points, with the start."
      case .startTwice:
        "You have the start in the path twice: take the step, then append the point."
      case .lastOnly: "You returned the last point only; the path has all of them."
      case .reversed: "Your path is in reverse; the start comes first."
      case .stopsEarly:
        "You stopped where the gradient was small; take every step that is asked for."
      case .ascending: "You added the step; to descend, subtract it."
      case .gradientOfStart:
        "You took every step along the gradient at the start; take it anew at each point."
      case .normalised: "You divided the gradient by its norm; its length is part of the step."
      case .clipped: "You clipped the gradient at ±1; it is taken as it is."
      case .momentum: "You kept 0.9 of the step before; that is momentum, and this is without."
      case .firstCoordinateOnly: "You moved w₁ only; both coordinates move in each step."
      case .learningRateMissing: "You did not multiply the gradient by the learning rate."
      case .learningRateTwice: "You applied the learning rate twice."
      case .learningRateHalved: "You moved half as far as learningRate · gradient."
      case .learningRateOverStep:
        "You divided the learning rate by the number of the step; it stays as it is."
      case .learningRateOverRoot:
        "You divided the learning rate by the root of the step's number; it stays as it is."
      }
    }

    package var site: String {
      switch self {
      case .lossWeightMissing, .lossWeightInside, .lossSwapped, .lossNotSquared: "loss"
      case .lossHalved, .lossRoot: "loss as a whole"
      case .powerRuleForgotten, .weightForgotten, .weightSquared, .gradientSwapped: "factors"
      case .startMissing, .endMissing, .oneTooMany, .startTwice, .lastOnly, .reversed,
        .stopsEarly:
        "points"
      case .gradientOfStart, .normalised, .clipped, .momentum: "direction"
      case .learningRateMissing, .learningRateTwice, .learningRateHalved, .learningRateOverStep,
        .learningRateOverRoot:
        "learning rate"
      default: rawValue
      }
    }
  }

  /// Gradient descent that can make any of the mistakes on purpose.
  struct Reference: GradientDescentKata {
    private let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func loss(at w: Matrix) -> Double {
      let first = w[0, 0] + (makes(.lossFirstSign) ? 2 : -2)
      let second = w[0, 1] + (makes(.lossSecondSign) ? -1 : 1)
      var loss = first * first + 2 * second * second
      if makes(.lossWeightMissing) { loss = first * first + second * second }
      if makes(.lossWeightInside) { loss = first * first + 4 * second * second }
      if makes(.lossSwapped) { loss = 2 * first * first + second * second }
      if makes(.lossNotSquared) { loss = abs(first) + 2 * abs(second) }
      if makes(.lossHalved) { return loss / 2 }
      return makes(.lossRoot) ? loss.squareRoot() : loss
    }

    /// (2(w₁ − 2), 4(w₂ + 1)).
    func gradient(at w: Matrix) -> Matrix {
      let first = w[0, 0] + (makes(.gradientFirstSign) ? 2 : -2)
      let second = w[0, 1] + (makes(.gradientSecondSign) ? -1 : 1)
      var gradient: Matrix = [[2 * first, 4 * second]]
      if makes(.powerRuleForgotten) { gradient = [[first, 2 * second]] }
      if makes(.weightForgotten) { gradient = [[2 * first, 2 * second]] }
      if makes(.weightSquared) { gradient = [[2 * first, 8 * second]] }
      if makes(.gradientSwapped) { gradient = [[4 * second, 2 * first]] }
      return makes(.gradientNegated) ? -gradient : gradient
    }

    func path(from start: Matrix, learningRate: Double, steps: Int) -> [Matrix] {
      var w = start
      var path = [w]
      var velocity = Matrix(rows: 1, columns: 2)
      let count = makes(.oneTooMany) ? steps + 1 : steps
      for step in 0..<count {
        let g = direction(gradient(at: makes(.gradientOfStart) ? start : w))
        if makes(.stopsEarly), (g * g).sum() < 1e-12 { break }
        velocity = makes(.momentum) ? 0.9 * velocity + g : g
        let move = rate(learningRate, step: step + 1) * velocity
        w += makes(.ascending) ? move : -move
        path.append(w)
      }
      if makes(.startMissing) { return Array(path.dropFirst()) }
      if makes(.endMissing) { return Array(path.dropLast()) }
      if makes(.startTwice) { return path.prefix(1) + path.dropLast() }
      if makes(.lastOnly) { return [w] }
      return makes(.reversed) ? path.reversed() : path
    }

    private func direction(_ gradient: Matrix) -> Matrix {
      var g = gradient
      if makes(.normalised) { g = g / max((g * g).sum().squareRoot(), 1e-12) }
      if makes(.clipped) { g = g.map { min(max($0, -1), 1) } }
      if makes(.firstCoordinateOnly) { g[0, 1] = 0 }
      return g
    }

    private func rate(_ learningRate: Double, step: Int) -> Double {
      if makes(.learningRateMissing) { return 1 }
      if makes(.learningRateTwice) { return learningRate * learningRate }
      if makes(.learningRateHalved) { return learningRate / 2 }
      if makes(.learningRateOverStep) { return learningRate / Double(step) }
      return makes(.learningRateOverRoot) ? learningRate / Double(step).squareRoot() : learningRate
    }
  }
}
