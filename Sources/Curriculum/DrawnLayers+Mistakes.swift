package import Grading
import KataKit

/// What goes wrong with a drawn layer: its own distribution, or what is the same for all of them.
package enum DrawnLayerSlip<Own: ListedMistake>: ListedMistake {
  case own(Own)
  case any(AnyLayerSlip)

  package static var allCases: [Self] {
    Own.allCases.map(Self.own) + AnyLayerSlip.allCases.map(Self.any)
  }

  package init?(rawValue: String) {
    guard let slip = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = slip
  }

  package var rawValue: String {
    switch self {
    case .own(let slip): slip.rawValue
    case .any(let slip): slip.rawValue
    }
  }

  package var sentence: String {
    switch self {
    case .own(let slip): slip.sentence
    case .any(let slip): slip.sentence
    }
  }

  package var site: String {
    switch self {
    case .own(let slip): slip.site
    case .any(let slip): slip.site
    }
  }
}

/// What goes wrong with a drawn layer whatever its distribution is.
package enum AnyLayerSlip: String, ListedMistake {
  case biasesOne = "biases-one"
  case biasesHundredth = "biases-hundredth"
  case biasesDrawn = "biases-drawn"
  case biasesStandardNormal = "biases-standard-normal"
  case oneDraw = "one-draw"
  case rowsCopied = "rows-copied"
  case columnsCopied = "columns-copied"
  case squareOnly = "square-only"
  case generatorCopied = "generator-copied"
  case ownSeed = "own-seed"
  case otherSource = "other-source"
  case transposed = "weights-transposed"
  case biasesPerInput = "biases-per-input"
  case biasesColumn = "biases-column"

  package var sentence: String {
    switch self {
    case .biasesOne: "Your biases are 1; they start at 0."
    case .biasesHundredth: "Your biases are 0.01; they start at 0."
    case .biasesDrawn: "You drew the biases; they start at 0."
    case .biasesStandardNormal: "You drew the biases from a standard normal; they start at 0."
    case .oneDraw: "All your weights are one and the same number; draw each of them."
    case .rowsCopied: "Every row of your weights is a copy of the first; draw all of them."
    case .columnsCopied:
      "Every column of your weights is a copy of the first, so all units would learn the same."
    case .squareOnly:
      "Your weights are 0 beyond a square; rows run to fanIn, and columns to fanOut."
    case .generatorCopied:
      "You drew from a copy of the generator; the next layer would get the same weights."
    case .ownSeed:
      "You drew from a generator with a seed of your own; use the one that is handed in."
    case .otherSource:
      "Not all draws come from the generator handed in: two equal ones give different weights."
    case .transposed: "Your weights are fanOut × fanIn; rows are inputs, so fanIn × fanOut."
    case .biasesPerInput: "You made one bias for each input; it is one for each output."
    case .biasesColumn: "Your biases are a column; they are a row, 1 × fanOut."
    }
  }

  package var site: String {
    switch self {
    case .biasesOne, .biasesHundredth, .biasesDrawn, .biasesStandardNormal: "biases"
    case .oneDraw, .rowsCopied, .columnsCopied, .squareOnly: "copies"
    case .generatorCopied, .ownSeed, .otherSource: "generator"
    case .transposed: "weights' shape"
    case .biasesPerInput, .biasesColumn: "biases' shape"
    }
  }
}

/// Draws a layer and makes any of these mistakes on purpose.
struct DrawnLayerReference {
  var mistakes: Set<AnyLayerSlip> = []
  /// Draws a matrix of `shape` as weights of a layer of fanIn × fanOut.
  let draws: (_ shape: Shape, _ fanIn: Double, _ fanOut: Double, inout SeededGenerator) -> Matrix

  func callAsFunction(
    _ fanIn: Int, _ fanOut: Int, _ generator: inout SeededGenerator
  ) -> DenseLayer {
    if mistakes.contains(.generatorCopied) {
      var copy = generator
      return layer(fanIn, fanOut, using: &copy)
    }
    if mistakes.contains(.ownSeed) || mistakes.contains(.otherSource) {
      var own = SeededGenerator(
        seed: mistakes.contains(.ownSeed) ? 42 : .random(in: 0 ... .max))
      return layer(fanIn, fanOut, using: &own)
    }
    return layer(fanIn, fanOut, using: &generator)
  }

  private func layer(
    _ fanIn: Int, _ fanOut: Int, using generator: inout SeededGenerator
  ) -> DenseLayer {
    func draws(_ rows: Int, _ columns: Int) -> Matrix {
      self.draws(
        Shape(rows: rows, columns: columns), Double(fanIn), Double(fanOut), &generator)
    }
    let drawn =
      if mistakes.contains(.oneDraw) {
        draws(1, 1)
      } else if mistakes.contains(.rowsCopied) {
        draws(1, fanOut)
      } else if mistakes.contains(.columnsCopied) {
        draws(fanIn, 1)
      } else {
        draws(fanIn, fanOut)
      }
    var weights =
      drawn.count == fanIn * fanOut ? drawn : Matrix(rows: fanIn, columns: fanOut) + drawn
    if mistakes.contains(.squareOnly) {
      func ones(_ count: Int) -> [Double] { (0..<count).map { $0 < min(fanIn, fanOut) ? 1 : 0 } }
      weights *= Matrix(rows: fanIn, columns: 1, elements: ones(fanIn))
      weights *= Matrix(rows: 1, columns: fanOut, elements: ones(fanOut))
    }
    var biases = Matrix(rows: 1, columns: mistakes.contains(.biasesPerInput) ? fanIn : fanOut)
    if mistakes.contains(.biasesOne) { biases += 1 }
    if mistakes.contains(.biasesHundredth) { biases += 0.01 }
    if mistakes.contains(.biasesDrawn) { biases = draws(1, biases.columns) }
    if mistakes.contains(.biasesStandardNormal) {
      biases = .normal(rows: 1, columns: biases.columns, using: &generator)
    }
    return DenseLayer(
      weights: mistakes.contains(.transposed) ? weights.transposed : weights,
      biases: mistakes.contains(.biasesColumn) ? biases.transposed : biases)
  }
}

extension DrawnLayerSlip {
  /// A layer whose weights `draws` draws, with the mistakes of its own that it is handed.
  static func layer(
    making mistakes: Set<Self>,
    draws: @escaping (Set<Own>, Shape, Double, Double, inout SeededGenerator) -> Matrix
  ) -> LayerDraw {
    let own = Set(mistakes.compactMap { if case .own(let slip) = $0 { slip } else { nil } })
    let any = Set(mistakes.compactMap { if case .any(let slip) = $0 { slip } else { nil } })
    let reference = DrawnLayerReference(mistakes: any) { draws(own, $0, $1, $2, &$3) }
    return { reference($0, $1, &$2) }
  }
}
