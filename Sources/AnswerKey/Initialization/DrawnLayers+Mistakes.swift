import Exam
import Grading
import KataKit
import Numerics
import SharedAnswers

/// What people get wrong in a drawn layer whatever its distribution is.
enum DrawnLayerSites {
  static let all: [any SiteListing] = [
    generator, structure, transposition, biases, biasesShape,
  ]

  /// A layer whose weights are drawn at `distribution` and scaled at `scale`.
  static func layer<Home>(
    at: Computation<Home>, distribution: Site<(shape: Shape, source: Source), Matrix>,
    scale: Site<UnscaledWeights, Matrix>
  ) -> LayerDraw {
    { fanIn, fanOut, generator in
      let source = at(Self.generator, generator)
      defer { source.moveOn(&generator) }
      func drawing(_ shape: Shape) -> Drawing {
        Drawing(shape: shape, source: source) { shape in
          let draws = at(distribution, (shape, source))
          return at(scale, UnscaledWeights(draws: draws, fanIn, fanOut, source))
        }
      }
      let weights = at(structure, drawing(Shape(rows: fanIn, columns: fanOut)))
      let shape = at(biasesShape, (fanIn, fanOut))
      return DenseLayer(
        weights: at(transposition, weights), biases: at(biases, drawing(shape)))
    }
  }

  private static let generator = SamplerSites.generator(
    copied: "the next layer would get the same weights.",
    other: "Not all draws come from the generator handed in: two equal ones give different weights."
  )

  private static let structure = Site<Drawing, Matrix>("copies") {
    $0.each
  } mistakes: {
    Mistake("one-draw", "All your weights are one and the same number; draw each of them.") {
      $0.one
    }
    Mistake("rows-copied", "Every row of your weights is a copy of the first; draw all of them.") {
      $0.oneRow
    }
    Mistake(
      "columns-copied",
      "Every column of your weights is a copy of the first, so all units would learn the same."
    ) { $0.oneColumn }
    Mistake(
      "square-only", "Your weights are 0 beyond a square; rows run to fanIn, and columns to fanOut."
    ) { drawing in
      let (rows, columns) = (drawing.shape.rows, drawing.shape.columns)
      func inSquare(_ count: Int) -> [Double] {
        (0..<count).map { $0 < min(rows, columns) ? 1 : 0 }
      }
      return drawing.each * Matrix([inSquare(rows)]).transposed * Matrix([inSquare(columns)])
    }
  }

  private static let transposition = Site<Matrix, Matrix>(
    "weights-transposed", "Your weights are fanOut × fanIn; rows are inputs, so fanIn × fanOut."
  ) { $0.transposed }

  private static let biasesShape = Site<(fanIn: Int, fanOut: Int), Shape>("biases' shape") {
    Shape(rows: 1, columns: $0.fanOut)
  } mistakes: {
    Mistake("biases-per-input", "You made one bias for each input; make one for each output.") {
      Shape(rows: 1, columns: $0.fanIn)
    }
    Mistake("biases-column", "Your biases are a column; make them a row, 1 × fanOut.") {
      Shape(rows: $0.fanOut, columns: 1)
    }
  }

  private static let biases = Site<Drawing, Matrix>("biases") {
    $0.zeros
  } mistakes: {
    Mistake("biases-one", "Your biases are 1; they start at 0.") { $0.zeros + 1 }
    Mistake("biases-hundredth", "Your biases are 0.01; they start at 0.") {
      $0.zeros + 0.01
    }
    Mistake("biases-drawn", "You drew the biases; they start at 0.") { $0.each }
    Mistake(
      "biases-standard-normal", "You drew the biases from a standard normal; they start at 0."
    ) { $0.source.normal($0.shape) }
  }

  // MARK: Scales

  /// - Parameter formula: the scale that would be right by itself.
  static func timesHundredth(
    _ formula: String, _ scale: @escaping @Sendable (UnscaledWeights) -> Double
  ) -> Mistake<UnscaledWeights, Matrix> {
    Mistake("times-hundredth", "You scaled the weights by 0.01 on top of \(formula).") {
      $0.draws * (0.01 * scale($0))
    }
  }

  /// - Parameter ratio: the quotient under the root, as Swift writes it.
  static func zero(_ ratio: String) -> Mistake<UnscaledWeights, Matrix> {
    Mistake(
      "weights-zero",
      "Your weights are all zero. (Between Ints \(ratio) is 0; divide Doubles.)"
    ) { $0.draws * 0 }
  }
}

/// Draws of the kata's distribution, before the fans scale them.
struct UnscaledWeights {
  let draws: Matrix
  let fanIn, fanOut: Double
  let source: Source

  init(draws: Matrix, _ fanIn: Int, _ fanOut: Int, _ source: Source) {
    (self.draws, self.source) = (draws, source)
    (self.fanIn, self.fanOut) = (Double(fanIn), Double(fanOut))
  }
}
