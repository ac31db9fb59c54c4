import Grading

/// What goes wrong in any optimiser, whatever the direction of its steps.
package enum StepMistake: String, ListedMistake {
  case stateForgotten = "state-forgotten"
  case stateShared = "state-shared"
  case parametersKept = "parameters-kept"
  case learningRateMissing = "learning-rate-missing"
  case learningRateTwice = "learning-rate-twice"
  case learningRateDecays = "learning-rate-decays"
  case ascending
  case l2MixedIn = "l2-mixed-in"
  case weightDecay = "weight-decay"
  case onlyFirstTensor = "only-first-tensor"
  case epsilonBound = "epsilon-as-lower-bound"
  case epsilonWhereZero = "epsilon-where-zero"
  case epsilonBehind = "epsilon-behind-quotient"
  case epsilonInStep = "epsilon-added-to-step"

  /// Those that need no root to be divided by.
  static var ofUndivided: [StepMistake] {
    allCases.filter { $0.site != StepMistake.epsilonBound.site }
  }

  /// Those that need nothing to be remembered.
  static var ofStateless: [StepMistake] {
    ofUndivided.filter { $0 != .stateForgotten && $0 != .stateShared }
  }

  package var sentence: String {
    switch self {
    case .stateForgotten:
      "You begin anew at every step; what an optimiser remembers lives on between the calls."
    case .stateShared: "Your parameter matrices share one memory; each has its own."
    case .parametersKept:
      "You moved a copy of the parameters that you keep; move those that you are handed."
    case .learningRateMissing: "You did not multiply the step by the learning rate."
    case .learningRateTwice: "You applied the learning rate twice."
    case .learningRateDecays: "You divided the learning rate by √t; it stays as it is."
    case .ascending: "You added the step; to descend, subtract it."
    case .l2MixedIn: "You added 0.01·θ to the gradient; there is no L2 term here."
    case .weightDecay:
      "You let the parameters decay by 0.01·learningRate, as AdamW does; nothing decays here."
    case .onlyFirstTensor: "You moved the first parameter matrix only."
    case .epsilonBound: "You used ε as a lower bound of the root; it is added, always."
    case .epsilonWhereZero: "You used ε only where the root is 0; it is added, always."
    case .epsilonBehind:
      "You subtracted a quotient + ε; parentheses are missing: ε is added to the root divided by."
    case .epsilonInStep:
      "You added ε to the quotient, times the learning rate; it is added to the root divided by."
    }
  }

  package var site: String {
    switch self {
    case .stateForgotten: "memory"
    case .learningRateMissing, .learningRateTwice, .learningRateDecays: "learning rate"
    case .l2MixedIn, .weightDecay: "decay"
    case .epsilonBound, .epsilonWhereZero, .epsilonBehind, .epsilonInStep: "epsilon"
    default: rawValue
    }
  }
}
