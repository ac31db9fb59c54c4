import Grading
import KataKit
import SharedAnswers

/// Where any optimizer may go wrong, whatever the direction of its steps.
enum StepSites {
  static let all: [any SiteListing] = [
    books, memorySharing, parameters, rates, signs, noDecay, moved, divisor,
  ]

  /// Those of optimizers that remember nothing and divide by nothing.
  static let ofStateless: [any SiteListing] = [
    parameters, rates.only("learning-rate-missing", "learning-rate-twice", "learning-rate-decays"),
    signs.only("ascending"), noDecay, moved,
  ]

  // MARK: What is remembered

  static let books = Site<Books, Books>("books") {
    $0
  } mistakes: {
    Mistake(
      "state-forgotten",
      "You start from scratch at every step; an optimizer keeps its state between calls."
    ) { Books(Turn(t: 1, parameter: $0.turn.parameter, parameters: $0.turn.parameters)) }
    Mistake(
      "time-from-zero",
      "Your first step has t = 0, where 1 − β⁰ is 0; add 1 to t before you divide."
    ) { $0.with(\.exponent, $0.exponent - 1) }
    Mistake("time-from-two", "Your first step has t = 2 instead of t = 1.") {
      $0.with(\.exponent, $0.exponent + 1)
    }
    Mistake(
      "time-per-tensor",
      "You increment t for every parameter matrix; increment it once per call."
    ) { $0.with(\.exponent, ($0.exponent - 1) * Double($0.turn.parameters) + $0.place) }
    Mistake("beta-not-raised", "You correct by 1 − β at every step; correct by 1 − βᵗ.") {
      $0.with(\.exponent, 1)
    }
    Mistake(
      "moments-forgotten", "You begin with m = 0 and v = 0 at every step; they live on."
    ) { $0.with(\.startsEmpty, true) }
    Mistake(
      "corrected-stored",
      "You stored m̂ and v̂ as the new m and v; the next step goes on from the uncorrected ones."
    ) { $0.with(\.stored, [.first, .second]) }
    Mistake(
      "corrected-first-stored",
      "You stored m̂ as the new m; the next step goes on from the uncorrected m."
    ) { $0.with(\.stored, [.first]) }
    Mistake(
      "corrected-second-stored",
      "You stored v̂ as the new v; the next step goes on from the uncorrected v."
    ) { $0.with(\.stored, [.second]) }
  }

  /// Whether all parameters have one memory.
  static let memorySharing = Site<[Matrix], Bool>("sharing of memory") {
    _ in
    false
  } mistakes: {
    // One memory for all only computes anything where all have the same shape.
    Mistake("state-shared", "Your parameter matrices share one memory; each has its own.") {
      parameters in parameters.allSatisfy { $0.shape == parameters[0].shape }
    }
  }

  // MARK: θ ← θ − learningRate·step, for every parameter

  static let parameters = Site<(given: [Matrix], moved: [Matrix]?), [Matrix]>("parameters") {
    $0.given
  } mistakes: {
    Mistake(
      "parameters-kept",
      "You moved a copy of the parameters that you keep; move those you are given."
    ) { $0.moved }
  }

  static let moved = Site<Range<Int>, Range<Int>>("moved") {
    $0
  } mistakes: {
    Mistake("only-first-tensor", "You moved the first parameter matrix only.") { $0.prefix(1) }
    Mistake(
      "last-tensor-missing", "You did not move the last parameter matrix; a step moves all of them."
    ) { $0.dropLast() }
    Mistake(
      "last-of-several-missing",
      "You did not move the last of several parameter matrices; a step moves all of them."
    ) { $0.count > 1 ? $0.dropLast() : nil }
  }

  static let rates = Site<(rate: Double, t: Int), StepFactors>("learning rate") {
    StepFactors($0.rate)
  } mistakes: {
    Mistake("learning-rate-missing", "You did not multiply the step by the learning rate.") { _ in
      StepFactors(1)
    }
    Mistake("learning-rate-twice", "You applied the learning rate twice.") {
      StepFactors($0.rate * $0.rate)
    }
    Mistake(
      "learning-rate-decays", "You divided the learning rate by √t; keep it constant."
    ) { StepFactors($0.rate / Double($0.t).squareRoot()) }
    Mistake(
      "adam-step-without-learning-rate", "You did not multiply Adam's step by the learning rate."
    ) { StepFactors(step: 1, pull: $0.rate) }
    Mistake(
      "decay-without-learning-rate",
      "You did not multiply the decay by the learning rate; use learningRate·λ·θ."
    ) { StepFactors(step: $0.rate, pull: 1) }
    Mistake(
      "decay-with-learning-rate-squared",
      "You multiplied the decay by the learning rate twice; use learningRate·λ·θ."
    ) { StepFactors(step: $0.rate, pull: $0.rate * $0.rate) }
  }

  static let signs = Site<StepFactors, StepFactors>("sign") {
    $0
  } mistakes: {
    Mistake("ascending", "You added the step; to descend, subtract it.") { _ in StepFactors(1) }
    Mistake("adam-step-added", "You added Adam's step; to descend, subtract it.") {
      $0.with(\.step, 1)
    }
    Mistake("decay-added", "Your decay has the wrong sign: it moves θ away from 0.") {
      $0.with(\.pull, 1)
    }
  }

  /// The gradient, and what the step is subtracted from.
  static let noDecay = Site<
    (g: Matrix, parameter: Matrix, rate: Double), (g: Matrix, parameter: Matrix)
  >("no decay") {
    ($0.g, $0.parameter)
  } mistakes: {
    Mistake("l2-mixed-in", "You added 0.01·θ to the gradient; there is no L2 term here.") {
      ($0.g + 0.01 * $0.parameter, $0.parameter)
    }
    Mistake(
      "weight-decay",
      "You let the parameters decay by 0.01·learningRate, as AdamW does; nothing decays here."
    ) { ($0.g, $0.parameter * (1 - 0.01 * $0.rate)) }
    Mistake(
      "parameter-replaced", "You replaced the parameter by the step; subtract the step from it."
    ) { ($0.g, $0.parameter * 0) }
  }

  // MARK: √v + ε

  static let divisor = Site<(root: Matrix, epsilon: Double, rate: Double), Divisor>("epsilon") {
    Divisor($0.root + $0.epsilon)
  } mistakes: {
    Mistake(
      "epsilon-as-lower-bound", "You used ε as a lower bound of the root; always add it."
    ) { Divisor(maximum($0.root, $0.epsilon)) }
    Mistake(
      "epsilon-where-zero", "You used ε only where the root is 0; always add it."
    ) { input in Divisor(input.root.map { $0 == 0 ? input.epsilon : $0 }) }
    Mistake(
      "epsilon-behind-quotient",
      "You subtracted a quotient + ε; parentheses are missing: ε is added to the root divided by."
    ) { Divisor($0.root, addend: $0.epsilon / $0.rate) }
    Mistake(
      "epsilon-added-to-step",
      "You added ε to the quotient; add it to the root in the denominator."
    ) { Divisor($0.root, addend: $0.epsilon) }
    Mistake("no-epsilon", "You left out ε: where every gradient was 0, the step is 0/0.") {
      Divisor($0.root)
    }
    Mistake(
      "epsilon-ignored",
      "The ε that your optimizer is made with makes no difference to its steps."
    ) { Divisor($0.root + 1e-8) }
  }

  // MARK: Settings

  static func learningRateFixed<Settings: OptimizerSettings>() -> Mistake<Settings, Settings> {
    Mistake(
      "learning-rate-fixed",
      "You used a learning rate of 0.01, whatever your optimizer was made with."
    ) {
      var settings = $0
      settings.learningRate = 0.01
      return settings
    }
  }
}

/// What is counted and kept from step to step.
struct Books {
  let turn: Turn
  /// The number of the step, and the power that β is raised to for it.
  var t: Int
  var exponent: Double
  /// Whether nothing is remembered when the step begins.
  var startsEmpty: Bool
  /// The moments that are stored as they are used.
  var stored: Set<Moment> = []

  enum Moment { case first, second }

  init(_ turn: Turn) {
    self.turn = turn
    (t, exponent, startsEmpty) = (turn.t, Double(turn.t), turn.t == 1)
  }

  fileprivate var place: Double { Double(turn.parameter + 1) }

  fileprivate func with<Value>(_ path: WritableKeyPath<Books, Value>, _ value: Value) -> Books {
    var books = self
    books[keyPath: path] = value
    return books
  }
}

/// What the step is multiplied by, and what the decay of the parameter is.
struct StepFactors {
  var step, pull: Double

  init(_ both: Double) { (step, pull) = (both, both) }
  init(step: Double, pull: Double) { (self.step, self.pull) = (step, pull) }

  fileprivate func with(_ path: WritableKeyPath<StepFactors, Double>, _ value: Double)
    -> StepFactors
  {
    var factors = self
    factors[keyPath: path] = value
    return factors
  }
}

/// What a step is divided by, and what is added to the quotient.
struct Divisor {
  let root: Matrix
  let addend: Double

  init(_ root: Matrix, addend: Double = 0) { (self.root, self.addend) = (root, addend) }
}
