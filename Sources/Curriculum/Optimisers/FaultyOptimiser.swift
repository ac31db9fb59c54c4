import KataKit

/// What one optimiser makes of a gradient.
protocol UpdateRule {
  /// How many matrices it remembers of each parameter.
  static var memories: Int { get }

  var learningRate: Double { get }

  /// What is added to a root that is divided by, if one is.
  var epsilon: Double { get }

  /// Whether every step begins with zeros, although the count of the steps goes on.
  var isForgetful: Bool { get }

  /// What is multiplied by the learning rate and subtracted from `parameter`.
  ///
  /// - Parameter memory: zeros of the parameter's shape in the first step.
  func direction(
    _ gradient: Matrix, at parameter: Matrix, remembering memory: inout [Matrix], in turn: Turn
  ) -> Matrix

  /// t.
  func time(in turn: Turn) -> Int
}

extension UpdateRule {
  var epsilon: Double { 0 }

  var isForgetful: Bool { false }

  func time(in turn: Turn) -> Int { turn.step }
}

/// Whose turn it is.
struct Turn {
  /// The number of the step, 1 in the first.
  var step: Int
  /// The place of the parameter, 0 for the first, and how many there are.
  var parameter = 0
  var parameters: Int
  /// What the direction will be multiplied by.
  var rate = 0.0
  /// What goes wrong with ε, if anything.
  var wrongEpsilon: StepMistake?

  /// `root` + ε.
  func sum(_ root: Matrix, _ epsilon: Double) -> Matrix {
    switch wrongEpsilon {
    case .epsilonBound: maximum(root, epsilon)
    case .epsilonWhereZero: root.map { $0 == 0 ? epsilon : $0 }
    case .epsilonBehind, .epsilonInStep: root
    default: root + epsilon
    }
  }
}

/// An optimiser that follows its rule, and can make on purpose the mistakes that any may make.
struct FaultyOptimiser<Rule: UpdateRule>: Optimiser {
  private let rule: Rule
  private let mistakes: Set<StepMistake>
  private var step = 0
  private var memories: [[Matrix]] = []
  private var kept: [Matrix]?

  init(_ rule: Rule, making mistakes: Set<StepMistake>) {
    self.rule = rule
    self.mistakes = mistakes
  }

  private func makes(_ mistake: StepMistake) -> Bool { mistakes.contains(mistake) }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if makes(.parametersKept), let kept { parameters = kept }
    if makes(.stateForgotten) { step = 0 }
    if step == 0 || rule.isForgetful {
      memories = parameters.map {
        Array(repeating: Matrix(rows: $0.rows, columns: $0.columns), count: Rule.memories)
      }
    }
    step += 1
    // One memory for all only computes anything where all have the same shape.
    let isShared =
      makes(.stateShared) && parameters.allSatisfy { $0.shape == parameters[0].shape }
    var turn = Turn(step: step, parameters: parameters.count)
    turn.wrongEpsilon = mistakes.made(at: StepMistake.epsilonBound.site)
    for k in parameters.indices {
      turn.parameter = k
      turn.rate = rate(at: rule.time(in: turn))
      let g = makes(.l2MixedIn) ? gradients[k] + 0.01 * parameters[k] : gradients[k]
      var direction = rule.direction(
        g, at: parameters[k], remembering: &memories[isShared ? 0 : k], in: turn)
      if makes(.epsilonBehind) { direction += rule.epsilon / turn.rate }
      if makes(.epsilonInStep) { direction += rule.epsilon }
      if makes(.onlyFirstTensor), k > 0 { continue }
      if makes(.weightDecay) { parameters[k] *= 1 - 0.01 * rule.learningRate }
      parameters[k] += (makes(.ascending) ? turn.rate : -turn.rate) * direction
    }
    kept = parameters
  }

  private func rate(at time: Int) -> Double {
    let rate = rule.learningRate
    if makes(.learningRateDecays) { return rate / Double(time).squareRoot() }
    if makes(.learningRateTwice) { return rate * rate }
    return makes(.learningRateMissing) ? 1 : rate
  }
}
