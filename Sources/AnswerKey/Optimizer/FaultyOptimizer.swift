import Grading
import KataKit

/// What one optimizer makes of a gradient.
protocol UpdateRule {
  associatedtype Home: MistakeHome

  /// How many matrices it remembers of each parameter.
  static var memories: Int { get }

  var at: Computation<Home> { get }
  var learningRate: Double { get }

  /// - Parameter memory: zeros of the parameter's shape in the first step.
  func move(
    _ gradient: Matrix, from parameter: Matrix, remembering memory: [Matrix], in turn: Turn
  ) -> StepMove
}

/// Whose turn it is.
struct Turn {
  /// The number of the step, 1 in the first.
  var t: Int
  /// The place of the parameter, 0 for the first, and how many there are.
  var parameter = 0
  var parameters: Int
  /// What the step will be multiplied by.
  var rate = 0.0
}

/// What is subtracted from a parameter, times the learning rate, and what is remembered.
struct StepMove {
  var step: Matrix
  /// What the parameter itself adds to the step, where it decays.
  var pull: Matrix?
  var memory: [Matrix]
}

/// An optimizer that follows its rule, and can make the mistakes on purpose that any may make.
struct FaultyOptimizer<Rule: UpdateRule>: Optimizer {
  private let rule: Rule
  private var lastStep = 0
  private var memories: [[Matrix]] = []
  private var moved: [Matrix]?

  init(_ rule: Rule) { self.rule = rule }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    let at = rule.at
    parameters = at(StepSites.parameters, (parameters, moved))
    var turn = Turn(t: lastStep + 1, parameters: parameters.count)
    let books = at(StepSites.books, Books(turn))
    (turn.t, lastStep) = (books.t, books.t)
    if books.startsEmpty {
      memories = parameters.map {
        Array(repeating: Matrix(rows: $0.rows, columns: $0.columns), count: Rule.memories)
      }
    }
    let isMemoryShared = at(StepSites.memorySharing, parameters)
    let (rates, signs) = (
      at(StepSites.rates, (rule.learningRate, turn.t)), at(StepSites.signs, StepFactors(-1))
    )
    turn.rate = rates.step
    for k in at(StepSites.moved, parameters.indices) {
      turn.parameter = k
      let (g, start) = at(StepSites.noDecay, (gradients[k], parameters[k], rule.learningRate))
      let owner = isMemoryShared ? 0 : k
      let move = rule.move(g, from: parameters[k], remembering: memories[owner], in: turn)
      memories[owner] = move.memory
      parameters[k] = start + signs.step * rates.step * move.step
      if let pull = move.pull { parameters[k] += signs.pull * rates.pull * pull }
    }
    moved = parameters
  }
}
