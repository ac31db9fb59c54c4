package import Grading
package import KataKit

package struct SGDSettings: OptimiserSettings {
  package var learningRate = 0.01
  /// The rows of each part that a mini-batch comes in, and their gradients one part after the other;
  /// empty where it comes whole.
  package var rows: [Int] = []

  package init() {}

  package static func draw(using generator: inout SeededGenerator) -> SGDSettings {
    var settings = SGDSettings()
    settings.learningRate = 0.1 + 0.2 * generator.uniform()
    return settings
  }
}

package enum SGDSuite: OptimiserSuite {
  package typealias Settings = SGDSettings
  package typealias Slip = OwnOrShared<SGDMistake>

  package static let kata = Kata(
    "sgd", type: "SGD", requirement: "SGDKata",
    title: "a step for a mini-batch, whole or in parts", track: .optimiser, minutes: 5)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any SGDKata.Type else { return nil }
    return { settings in
      let whole = type.init(learningRate: settings.learningRate)
      return settings.rows.isEmpty ? whole : InParts(optimiser: whole, rows: settings.rows)
    }
  }

  package static func reference(making mistakes: Set<Slip>) -> Subject {
    { settings in
      let rule = Rule(settings, making: mistakes.own())
      let whole = FaultyOptimiser(rule, making: mistakes.shared())
      return settings.rows.isEmpty
        ? whole : Accumulating(optimiser: whole, rows: settings.rows, mistakes: mistakes.own())
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let rows = fixture.runs[0].settings.rows
    guard rows.count > 1 else { return [] }
    return [
      Quantity(rows.count, "there are \(rows.count) micro-batches"),
      Quantity(rows.reduce(0, +), "they have \(rows.reduce(0, +)) rows"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves("one step", on: oneStep, holds: "it is −learningRate · g") {
        settings, _, gradient, _ in -settings.learningRate * gradient
      },
      .reference(on: several),
      .reference(on: oneTensor),
      .reference(on: putBack),
      .reference(on: sparse),
      .reference(on: fromZero),
      .reference(on: unequal),
      .reference(on: equal),
      .reference(on: single),
      .property(
        "one micro-batch", on: one, holds: "it is the step of `gradients:`",
        comparing: { (answer(of: $0, to: $1), answer(of: $0, to: $1.whole)) }),
      .property(
        "other order", on: unequal, holds: "the order of the micro-batches is all one",
        comparing: { (answer(of: $0, to: $1.reversed), answer(of: $0, to: $1)) }),
      .repeatable(on: unequal),
    ]
  }

  // MARK: Mini-batches in parts

  private static func parts(
    _ steps: Int, _ name: String,
    rows: @escaping @Sendable (inout SeededGenerator) -> [Int]
  ) -> Case<Fixture> {
    Self.steps(steps, name) { run, generator in
      run.settings.rows = rows(&generator)
      for step in run.gradients.indices {
        run.gradients[step] = run.settings.rows.flatMap { _ in
          gradients(for: run.parameters, using: &generator)
        }
      }
    }
  }

  private static let unequal = parts(3, "micro-batches") { $0.sizes(3) }
  private static let equal = parts(2, "equal parts") { Array(repeating: $0.sizes(1)[0], count: 4) }
  private static let single = parts(2, "parts of one row") { _ in [1, 1, 1] }
  private static let one = parts(2, "one micro-batch") { $0.sizes(1) }

  /// Where nothing hides by how much the step is too long.
  private static let fromZero = Case<Fixture>("parts, from zero") { generator in
    var fixture = parts(1, "") { $0.sizes(3) }.fixture(seed: generator.next())
    fixture.runs[0].parameters = fixture.runs[0].parameters.map { $0 * 0 }
    return fixture
  }
}

extension OptimiserFixture<SGDSettings> {
  /// The same gradients, one part each, handed in as they come whole.
  fileprivate var whole: Self {
    var fixture = self
    fixture.runs[0].settings.rows = []
    return fixture
  }

  fileprivate var reversed: Self {
    var fixture = self
    let count = runs[0].parameters.count
    fixture.runs[0].settings.rows.reverse()
    fixture.runs[0].gradients = runs[0].gradients.map {
      Array($0.parts(of: count).reversed().joined())
    }
    return fixture
  }
}

extension [Matrix] {
  /// The gradients of each part of a mini-batch.
  fileprivate func parts(of count: Int) -> [[Matrix]] {
    stride(from: 0, to: self.count, by: Swift.max(1, count)).map {
      Array(self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}

/// An attempt that is handed every mini-batch in parts.
private struct InParts: Optimiser {
  var optimiser: any SGDKata
  let rows: [Int]

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    optimiser.step(&parameters, microBatches: gradients.parts(of: parameters.count), rows: rows)
  }
}

package enum SGDMistake: String, OwnMistake {
  package typealias Shared = StepMistake

  package static var shared: [StepMistake] { StepMistake.ofStateless }

  case summed
  case meanOfParts = "mean-of-parts"
  case weightedSum = "weighted-sum"
  case dividedByParts = "divided-by-parts"
  case takenForSums = "taken-for-sums"
  case meanTwice = "mean-twice"
  case dividedByOwnRows = "divided-by-own-rows"
  case wholeNumbers = "whole-number-division"
  case firstPartOnly = "first-part-only"
  case lastPartOnly = "last-part-only"
  case sumKept = "sum-kept"
  case rowsKept = "rows-kept"
  case sumAndRowsKept = "sum-and-rows-kept"
  case gradientsKept = "gradients-kept"
  case momentum
  case signOnly = "sign-only"
  case normalised
  case clipped
  case learningRateFixed = "learning-rate-fixed"

  package var sentence: String {
    switch self {
    case .summed:
      "You added up the micro-batches' gradients, or took a step for each; take their mean over all rows."
    case .meanOfParts:
      "You averaged the micro-batches alike; each counts by its rows."
    case .weightedSum: "You did not divide the weighted sum by the number of all rows."
    case .dividedByParts:
      "You divided the weighted sum by the number of micro-batches; divide by that of all rows."
    case .takenForSums:
      "You took the micro-batches' gradients for sums over their rows; they are means: weigh by rows."
    case .meanTwice: "You divided by the number of all rows twice."
    case .dividedByOwnRows:
      "You divided each micro-batch's gradient by its rows; it is a mean already: weigh by rows."
    case .wholeNumbers:
      "Your share of the rows is a quotient of Ints, and so 0; make Doubles of them first."
    case .firstPartOnly: "You used the first micro-batch only."
    case .lastPartOnly: "You used the last micro-batch only."
    case .sumKept:
      "You did not clear the sum of the micro-batches' gradients; each step begins with none."
    case .rowsKept: "You went on counting the rows of earlier steps; each step counts its own."
    case .sumAndRowsKept:
      "You averaged over the micro-batches of all steps so far; each step has its own."
    case .gradientsKept:
      "You added the gradients of the steps before; each step has its own, as after zero_grad."
    case .momentum: "You kept 0.9 of the step before; that is momentum, and SGD remembers nothing."
    case .signOnly: "You stepped along the sign of the gradient; it is the gradient itself."
    case .normalised: "You divided the gradient by its norm; it is taken as it is."
    case .clipped: "You clipped the gradient's entries at ±1; they are taken as they are."
    case .learningRateFixed:
      "You used a learning rate of 0.01, whatever your optimiser was made with."
    }
  }

  package var site: String {
    switch self {
    case .summed, .meanOfParts, .weightedSum, .dividedByParts, .takenForSums, .meanTwice,
      .dividedByOwnRows, .wholeNumbers, .firstPartOnly, .lastPartOnly:
      "mean"
    case .sumKept, .rowsKept, .sumAndRowsKept, .gradientsKept, .momentum: "memory"
    case .signOnly, .normalised, .clipped: "gradient"
    default: rawValue
    }
  }
}

extension SGDSuite {
  /// g, with any of the mistakes made on purpose.
  struct Rule: UpdateRule {
    static let memories = 1

    let learningRate: Double
    private let mistakes: Set<SGDMistake>

    init(_ settings: SGDSettings, making mistakes: Set<SGDMistake>) {
      learningRate = mistakes.contains(.learningRateFixed) ? 0.01 : settings.learningRate
      self.mistakes = mistakes
    }

    func direction(
      _ gradient: Matrix, at parameter: Matrix, remembering memory: inout [Matrix], in turn: Turn
    ) -> Matrix {
      var g = gradient
      if mistakes.contains(.signOnly) { g = g.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 } }
      if mistakes.contains(.normalised) { g = g / max((g * g).sum().squareRoot(), 1e-12) }
      if mistakes.contains(.clipped) { g = g.map { min(max($0, -1), 1) } }
      if mistakes.contains(.gradientsKept) { g = memory[0] + g }
      if mistakes.contains(.momentum) { g = 0.9 * memory[0] + g }
      memory[0] = g
      return g
    }
  }

  /// The mean of the parts over all rows, Σ nᵢ·gᵢ / Σ nᵢ, and the step that follows from it.
  private struct Accumulating: Optimiser {
    var optimiser: FaultyOptimiser<Rule>
    let rows: [Int]
    let mistakes: Set<SGDMistake>
    private var sum: [Matrix] = []
    private var total = 0.0

    init(optimiser: FaultyOptimiser<Rule>, rows: [Int], mistakes: Set<SGDMistake>) {
      self.optimiser = optimiser
      self.rows = rows
      self.mistakes = mistakes
    }

    private func makes(_ mistake: SGDMistake) -> Bool { mistakes.contains(mistake) }

    mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
      if sum.isEmpty || !(makes(.sumKept) || makes(.sumAndRowsKept)) {
        sum = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
      }
      if !(makes(.rowsKept) || makes(.sumAndRowsKept)) { total = 0 }
      var parts = zip(gradients.parts(of: parameters.count), rows.map(Double.init)).map { ($0, $1) }
      if makes(.firstPartOnly) { parts = Array(parts.prefix(1)) }
      if makes(.lastPartOnly) { parts = Array(parts.suffix(1)) }
      for (gradients, n) in parts {
        for k in sum.indices { sum[k] += weight(of: n) * gradients[k] }
        total += n
      }
      let divisor = divisor(parts: Double(parts.count))
      optimiser.step(&parameters, gradients: sum.map { $0 / divisor })
    }

    private func weight(of n: Double) -> Double {
      if makes(.wholeNumbers) { return rows.count > 1 ? 0 : n }
      if makes(.dividedByOwnRows) { return 1 / n }
      return makes(.summed) || makes(.meanOfParts) || makes(.takenForSums) ? 1 : n
    }

    private func divisor(parts: Double) -> Double {
      if makes(.summed) || makes(.weightedSum) || makes(.dividedByOwnRows) { return 1 }
      if makes(.meanOfParts) || makes(.dividedByParts) { return parts }
      return makes(.meanTwice) ? total * total : total
    }
  }
}
