package import Exam
package import Grading
import KataKit
import Numerics
import SharedAnswers

extension HeInitSuite {
  package static let mistakes = MistakeCatalogue(at: [scale, distribution] + DrawnLayerSites.all)

  package static func reference(at: Computation<Self>) -> LayerDraw {
    DrawnLayerSites.layer(at: at, distribution: distribution, scale: scale)
  }
}

/// Of variance 1.
private let distribution = Site<(shape: Shape, source: Source), Matrix>("distribution") {
  $0.source.normal($0.shape)
} mistakes: {
  Mistake("uniform-from-zero", "You drew uniformly from 0 upward; draw with mean 0.") {
    $0.source.uniform($0.shape, in: 0...1)
  }
}

private let scale = Site<UnscaledWeights, Matrix>("scale") {
  $0.draws * $0.deviation
} mistakes: {
  Mistake(
    "variance-for-deviation",
    "You used the variance 2/fanIn as the standard deviation; take its square root."
  ) { $0.draws * (2 / $0.fanIn) }
  Mistake(
    "root-of-two-only",
    "Your standard deviation is √2/fanIn; the root goes over fanIn, too: √(2/fanIn)."
  ) { $0.draws * (2.squareRoot() / $0.fanIn) }
  Mistake(
    "root-of-fan-in-only",
    "Your standard deviation is 2/√fanIn; the root goes over the 2, too: √(2/fanIn)."
  ) { $0.draws * (2 / $0.fanIn.squareRoot()) }
  Mistake(
    "le-cun", "Your variance is 1/fanIn (LeCun); ReLU drops half of it, so He takes 2/fanIn."
  ) { $0.draws * (1 / $0.fanIn).squareRoot() }
  Mistake(
    "default-of-pytorch",
    "Your variance is 1/(3·fanIn), that of PyTorch's Linear (a = √5); He's is 2/fanIn."
  ) { $0.draws * (1 / (3 * $0.fanIn)).squareRoot() }
  Mistake(
    "le-cun-of-fan-out", "Your variance is 1/fanOut; He's is 2/fanIn, by the inputs of each unit."
  ) { $0.draws * (1 / $0.fanOut).squareRoot() }
  Mistake(
    "larger-fan", "You divided by the larger fan; the variance is 2/fanIn, whatever fanOut is."
  ) { $0.draws * (2 / max($0.fanIn, $0.fanOut)).squareRoot() }
  Mistake("xavier", "Your variance is 2/(fanIn + fanOut) (Xavier); He's is 2/fanIn.") {
    $0.draws * (2 / ($0.fanIn + $0.fanOut)).squareRoot()
  }
  Mistake("fan-out", "You divided by fanOut; the variance is 2/fanIn.") {
    $0.draws * (2 / $0.fanOut).squareRoot()
  }
  Mistake("fan-in-minus-one", "You divided by fanIn − 1; the variance is 2/fanIn.") {
    $0.draws * (2 / ($0.fanIn - 1)).squareRoot()
  }
  Mistake("fan-in-plus-one", "You divided by fanIn + 1; the variance is 2/fanIn.") {
    $0.draws * (2 / ($0.fanIn + 1)).squareRoot()
  }
  Mistake(
    "fan-average", "You divided by the mean of fanIn and fanOut; the variance is 2/fanIn."
  ) { $0.draws * (4 / ($0.fanIn + $0.fanOut)).squareRoot() }
  Mistake(
    "fan-product", "You divided by the number of weights, fanIn·fanOut; the variance is 2/fanIn."
  ) { $0.draws * (2 / ($0.fanIn * $0.fanOut)).squareRoot() }
  Mistake(
    "precedence",
    "You computed √(2/fanIn + fanOut): division binds first. (He has no fanOut at all.)"
  ) { $0.draws * (2 / $0.fanIn + $0.fanOut).squareRoot() }
  Mistake("ratio-inverted", "Your standard deviation is √(fanIn/2); it should be √(2/fanIn).") {
    $0.draws / $0.deviation
  }
  Mistake(
    "deviation-one", "You did not scale the standard normal draws; multiply them by √(2/fanIn)."
  ) { $0.draws }
  Mistake(
    "deviation-tenth", "Your standard deviation is 0.1 whatever fanIn is; it should be √(2/fanIn)."
  ) { $0.draws * 0.1 }
  Mistake(
    "deviation-hundredth",
    "Your standard deviation is 0.01 whatever fanIn is; it should be √(2/fanIn)."
  ) { $0.draws * 0.01 }
  Mistake(
    "bound-root-missing", "You drew uniformly between ±6/fanIn; the bound is the root of that."
  ) { $0.source.uniform($0.draws.shape, in: -1...1) * (6 / $0.fanIn) }
  Mistake("bound-one", "You drew uniformly between ±1 whatever fanIn is; the bound is √(6/fanIn).")
  {
    $0.source.uniform($0.draws.shape, in: -1...1)
  }
  DrawnLayerSites.timesHundredth("√(2/fanIn)") { $0.deviation }
  Mistake(
    "deviation-added", "You added √(2/fanIn) to the standard normal draws; multiply them by it."
  ) { $0.draws + $0.deviation }
  Mistake(
    "truncated-not-rescaled",
    "You cut the normal off at two deviations, which leaves 77% of the variance; rescale it."
  ) { $0.truncatedDraws * $0.deviation }
  Mistake(
    "clipped-not-rescaled",
    "You moved draws beyond two deviations onto that bound, which takes 8% of the variance."
  ) { $0.draws.map { min(max($0, -2), 2) } * $0.deviation }
  Mistake(
    "columns-normalised",
    "You scaled every column to the same length; 2/fanIn is the variance of each weight by itself."
  ) { $0.draws / sqrt(($0.draws * $0.draws).sum(axis: 0)) * 2.squareRoot() }
  Mistake(
    "rescaled-to-exact-variance",
    "You rescaled the weights to a variance of exactly 2/fanIn; of draws it is so on average only."
  ) { $0.draws * ($0.deviation / Sample($0.draws.elements).variance.squareRoot()) }
  DrawnLayerSites.zero("2 / fanIn")
  Mistake(
    "uniform-within-deviation",
    "You drew uniformly between ±√(2/fanIn); that is the deviation, and a uniform's bound is √3 times it."
  ) { $0.source.uniform($0.draws.shape, in: -1...1) * $0.deviation }
  Mistake(
    "bound-for-deviation",
    "You used √(6/fanIn), the bound of a uniform, as a standard deviation; that is √(2/fanIn)."
  ) { $0.draws * (6 / $0.fanIn).squareRoot() }
}

extension UnscaledWeights {
  /// What is right, which several mistakes start from.
  fileprivate var deviation: Double { (2 / fanIn).squareRoot() }

  /// With every draw beyond ±2 drawn again.
  fileprivate var truncatedDraws: Matrix {
    draws.map { draw in
      var draw = draw
      while abs(draw) > 2 { draw = source.normal() }
      return draw
    }
  }
}
