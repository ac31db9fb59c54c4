import Grading
import KataKit

extension DropoutSuite {
  package enum Slip: String, ListedMistake {
    case noScale = "not-scaled"
    case scaledByKeep = "scaled-by-keep"
    case scaledTwice = "scaled-twice"
    case scaledByDrop = "scaled-by-drop-probability"
    case keepForDrop = "keep-for-drop"
    case maskInverted = "mask-inverted"
    case alwaysHalf = "always-half"
    case activeAtTest = "active-at-test-time"
    case scaledAtTest = "scaled-at-test-time"
    case zeroAtTest = "zero-at-test-time"
    case newMaskBackward = "new-mask-backward"
    case unscaledBackward = "backward-not-scaled"
    case maskIgnoredBackward = "backward-without-mask"
    case onlyScaledBackward = "backward-only-scaled"
    case maskFromOutput = "mask-from-output"
    case maskFromInput = "mask-from-input"
    case scaledAgainBackward = "scaled-again-backward"
    case timesOutput = "backward-times-output"
    case maskForGradient = "mask-for-gradient"
    case scaleForDropped = "dropped-not-zero"
    case rowsDropped = "rows-dropped"
    case columnsDropped = "columns-dropped"
    case oneDraw = "one-draw"
    case exactCount = "exact-count"
    case maskKept = "mask-kept"
    case maskKeptAtTest = "mask-kept-at-test-time"
    case generatorCopied = "generator-copied"
    case ownSeed = "own-seed"
    case otherSource = "other-source"

    package var sentence: String {
      switch self {
      case .noScale: "In training you did not divide what is kept by 1 − p."
      case .scaledByKeep: "In training you multiplied what is kept by 1 − p; divide by it."
      case .scaledTwice: "In training you divided by 1 − p twice."
      case .scaledByDrop: "You divided what is kept by p; divide by 1 − p, the share that is kept."
      case .keepForDrop: "You took p for the probability to keep; it is the probability to drop."
      case .maskInverted:
        "You kept what should be dropped: an entry is dropped with the probability p."
      case .alwaysHalf: "You dropped one half, whatever p is."
      case .activeAtTest: "You dropped at test time, too; then the output is x."
      case .scaledAtTest:
        "You multiplied by 1 − p at test time; inverted dropout leaves x as it is there."
      case .zeroAtTest: "Your output at test time is 0; it is x."
      case .newMaskBackward:
        "You drew a new mask on the way back; use the one of the forward pass."
      case .unscaledBackward:
        "You left out the factor 1/(1 − p) on the way back; the gradient has it, too."
      case .maskIgnoredBackward:
        "You passed the upstream gradient on as it is; what was dropped has no gradient."
      case .onlyScaledBackward:
        "You scaled the gradient and did not mask it; what was dropped has no gradient."
      case .maskFromOutput:
        "You took every 0 for a dropped entry; an input that is 0 may have been kept."
      case .maskFromInput:
        "You took the mask for the way back from x; it is what was drawn, whatever x is."
      case .scaledAgainBackward:
        "You divided by 1 − p once more on the way back; the mask has that factor already."
      case .timesOutput: "You multiplied upstream by the output; multiply by the mask."
      case .maskForGradient: "You returned the mask itself; multiply upstream by it."
      case .scaleForDropped: "What you dropped is not 0: you only left it unscaled."
      case .rowsDropped: "You dropped whole rows; every entry has a draw of its own."
      case .columnsDropped: "You dropped whole columns; every entry has a draw of its own."
      case .oneDraw: "You drew once for the whole matrix; every entry has a draw of its own."
      case .exactCount:
        "You dropped an exact share of the entries; each is dropped by itself, with probability p."
      case .maskKept: "You drew one mask and kept it for later calls; draw anew at every call."
      case .maskKeptAtTest:
        "After a pass at test time your gradient is still masked; then it is upstream as it is."
      case .generatorCopied:
        "You drew from a copy of the generator; the next call would get the same mask."
      case .ownSeed:
        "You drew from a generator with a seed of your own; use the one that is handed in."
      case .otherSource:
        "Not all draws come from the generator handed in: two equal ones give different masks."
      }
    }

    package var site: String {
      switch self {
      case .noScale, .scaledByKeep, .scaledTwice, .scaleForDropped: "scale"
      case .keepForDrop, .maskInverted, .alwaysHalf, .scaledByDrop: "probability"
      case .activeAtTest, .scaledAtTest, .zeroAtTest: "test time"
      case .newMaskBackward, .unscaledBackward, .maskIgnoredBackward, .onlyScaledBackward,
        .maskFromOutput, .maskFromInput, .scaledAgainBackward, .timesOutput, .maskForGradient:
        "backward"
      case .rowsDropped, .columnsDropped, .oneDraw, .exactCount: "structure"
      case .maskKept, .maskKeptAtTest: "state"
      case .generatorCopied, .ownSeed, .otherSource: "generator"
      }
    }
  }

  /// Dropout that can make any of the mistakes on purpose.
  struct Reference: DropoutKata {
    private let p: Double
    private let mistakes: Set<Slip>
    private var mask: Matrix?
    private var (input, output) = (Matrix(rows: 0, columns: 0), Matrix(rows: 0, columns: 0))
    /// Where a mask drawn on the way back comes from.
    private var later = SeededGenerator(seed: 0)

    init(dropProbability: Double) { self.init(dropProbability: dropProbability, making: []) }

    init(dropProbability: Double, making mistakes: Set<Slip>) {
      p = dropProbability
      self.mistakes = mistakes
    }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    mutating func forward(
      _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
    ) -> Matrix {
      guard isTraining || makes(.activeAtTest) else {
        if !makes(.maskKeptAtTest) && !makes(.maskKept) { mask = nil }
        if makes(.zeroAtTest) { return x * 0 }
        return makes(.scaledAtTest) ? x * (1 - p) : x
      }
      let isOld = makes(.maskKept) && mask?.shape == x.shape
      let mask = isOld ? self.mask ?? x : drawn(x.shape, using: &generator)
      self.mask = mask
      later = generator
      (input, output) = (x, x * mask)
      return output
    }

    mutating func backward(upstream: Matrix) -> Matrix {
      guard let mask, mask.shape == upstream.shape else { return upstream }
      if makes(.newMaskBackward) { return upstream * newMask(mask.shape, using: &later) }
      if makes(.unscaledBackward) { return upstream * (abs(mask) .> 0) }
      if makes(.maskIgnoredBackward) { return upstream }
      if makes(.onlyScaledBackward) { return upstream / (1 - p) }
      if makes(.maskFromOutput) { return upstream * (abs(output) .> 0) * scale }
      if makes(.maskFromInput) { return upstream * (abs(input) .> 0) * scale }
      if makes(.scaledAgainBackward) { return upstream * mask / (1 - p) }
      if makes(.timesOutput) { return upstream * output }
      return makes(.maskForGradient) ? mask : upstream * mask
    }

    /// What each entry is multiplied by.
    private func drawn(_ shape: Shape, using generator: inout SeededGenerator) -> Matrix {
      if makes(.generatorCopied) {
        var copy = generator
        return newMask(shape, using: &copy)
      }
      if makes(.ownSeed) || makes(.otherSource) {
        var own = SeededGenerator(seed: makes(.ownSeed) ? 42 : .random(in: 0 ... .max))
        return newMask(shape, using: &own)
      }
      return newMask(shape, using: &generator)
    }

    private func newMask(_ shape: Shape, using generator: inout SeededGenerator) -> Matrix {
      let (rows, columns) = (shape.rows, shape.columns)
      var draws = Matrix.uniform(
        rows: makes(.columnsDropped) || makes(.oneDraw) ? 1 : rows,
        columns: makes(.rowsDropped) || makes(.oneDraw) ? 1 : columns, in: 0...1,
        using: &generator)
      if makes(.exactCount) {
        // The share of draws that are smaller is 0, 1/n, 2/n …, in any order.
        let ranks = draws.elements.indices.shuffled(using: &generator)
        draws = Matrix(
          rows: rows, columns: columns,
          elements: ranks.map { (Double($0) + 0.5) / Double(ranks.count) })
      }
      let dropped = draws .< (makes(.alwaysHalf) ? 0.5 : p)
      let isSwapped = makes(.keepForDrop) || makes(.maskInverted)
      let kept = (isSwapped ? dropped : 1 - dropped) + Matrix(rows: rows, columns: columns)
      return makes(.scaleForDropped) ? kept * (scale - 1) + 1 : kept * scale
    }

    private var scale: Double {
      if makes(.noScale) { return 1 }
      if makes(.scaledByKeep) { return 1 - p }
      if makes(.scaledTwice) { return 1 / ((1 - p) * (1 - p)) }
      if makes(.scaledByDrop) || makes(.keepForDrop) { return 1 / p }
      return 1 / (makes(.alwaysHalf) ? 0.5 : 1 - p)
    }
  }
}
