package import Exam
package import Grading
import KataKit
import SharedAnswers

extension XavierInitSuite {
  package static let mistakes = MistakeCatalogue(at: [scale, distribution] + DrawnLayerSites.all)

  package static func reference(at: Computation<Self>) -> LayerDraw {
    DrawnLayerSites.layer(at: at, distribution: distribution, scale: scale)
  }
}

/// Between −1 and 1.
private let distribution = Site<(shape: Shape, source: Source), Matrix>("distribution") {
  $0.source.uniform($0.shape, in: -1...1)
} mistakes: {
  Mistake(
    "uniform-from-zero", "You drew uniformly from 0 upward; draw between −bound and bound."
  ) { $0.source.uniform($0.shape, in: 0...1) }
}

private let scale = Site<UnscaledWeights, Matrix>("scale") {
  $0.draws * $0.bound
} mistakes: {
  Mistake(
    "precedence",
    "You divided by fanIn and then added fanOut; it takes parentheses: √(6/(fanIn + fanOut))."
  ) { $0.draws * (6 / $0.fanIn + $0.fanOut).squareRoot() }
  Mistake(
    "precedence-in-variance",
    "You computed 2/fanIn + fanOut, as division binds first; the variance is 2/(fanIn + fanOut)."
  ) { $0.draws * (3 * (2 / $0.fanIn + $0.fanOut)).squareRoot() }
  Mistake(
    "roots-of-fans",
    "You added the roots of fanIn and fanOut; add the fans, and take the root of their sum."
  ) { $0.draws * (6.squareRoot() / ($0.fanIn.squareRoot() + $0.fanOut.squareRoot())) }
  Mistake(
    "larger-fan", "Your variance is 1 over the larger fan; take 2/(fanIn + fanOut), with both fans."
  ) { $0.draws * (3 / max($0.fanIn, $0.fanOut)).squareRoot() }
  Mistake("sigmoid-gain", "You took the gain 4 for sigmoid; Xavier's bound has no gain.") {
    $0.draws * (4 * $0.bound)
  }
  Mistake(
    "deviation-for-bound",
    "Your bound is √(2/(fanIn + fanOut)), the standard deviation; a uniform's bound is √3 times it."
  ) { $0.draws * (2 / $0.fans).squareRoot() }
  Mistake(
    "bound-for-deviation",
    "You used √(6/(fanIn + fanOut)), a uniform's bound, as a deviation; that is √(2/(fanIn + fanOut))."
  ) { $0.source.normal($0.draws.shape) * $0.bound }
  Mistake(
    "he", "You scaled by fanIn alone, as He does for ReLU; Xavier's bound is √(6/(fanIn + fanOut))."
  ) { $0.draws * (6 / $0.fanIn).squareRoot() }
  Mistake(
    "le-cun", "You took LeCun's scale, for a variance of 1/fanIn; Xavier's is 2/(fanIn + fanOut)."
  ) { $0.draws * (3 / $0.fanIn).squareRoot() }
  Mistake(
    "one-over-root-fan-in",
    "Your bound is 1/√fanIn, the older rule; it should be √(6/(fanIn + fanOut))."
  ) { $0.draws / $0.fanIn.squareRoot() }
  Mistake("fan-out", "You divided by fanOut alone; divide by fanIn + fanOut.") {
    $0.draws * (6 / $0.fanOut).squareRoot()
  }
  Mistake(
    "fan-average",
    "Your scale is √2 times too large: divide by the sum of both fans, and take no gain for ReLU."
  ) { $0.draws * (2.squareRoot() * $0.bound) }
  Mistake(
    "fan-mean-of-integers",
    "You halved fanIn + fanOut as an Int, which drops the ½ of an odd sum; divide Doubles."
  ) { $0.draws * (3 / ($0.fans / 2).rounded(.down)).squareRoot() }
  Mistake(
    "fan-product",
    "You divided by the number of weights, fanIn·fanOut; divide by fanIn + fanOut."
  ) { $0.draws * (6 / ($0.fanIn * $0.fanOut)).squareRoot() }
  Mistake(
    "half-variance",
    "You took 1/(fanIn + fanOut) for the variance; use 2/(fanIn + fanOut), twice that."
  ) { $0.draws * (3 / $0.fans).squareRoot() }
  Mistake("tanh-gain", "You took the gain 5/3 for tanh; Xavier's bound has no gain.") {
    $0.draws * (5 / 3 * $0.bound)
  }
  Mistake("root-missing", "Your bound is 6/(fanIn + fanOut); take its square root.") {
    $0.draws * (6 / $0.fans)
  }
  Mistake(
    "root-of-six-only", "Your bound is √6/(fanIn + fanOut); the root goes over the sum, too."
  ) { $0.draws * (6.squareRoot() / $0.fans) }
  Mistake("root-of-sum-only", "Your bound is 6/√(fanIn + fanOut); the root goes over the 6, too.") {
    $0.draws * (6 / $0.fans.squareRoot())
  }
  Mistake(
    "ratio-inverted", "Your bound is √((fanIn + fanOut)/6); it should be √(6/(fanIn + fanOut))."
  ) {
    $0.draws / $0.bound
  }
  Mistake(
    "half-width",
    "Your bound is half of √(6/(fanIn + fanOut)); from −bound to bound is twice the bound."
  ) { $0.draws * ($0.bound / 2) }
  Mistake("bound-one", "Your bound is 1 whatever the fans are; it should be √(6/(fanIn + fanOut)).")
  {
    $0.draws
  }
  Mistake(
    "bound-tenth", "Your bound is 0.1 whatever the fans are; it should be √(6/(fanIn + fanOut))."
  ) {
    $0.draws * 0.1
  }
  Mistake(
    "bound-hundredth",
    "Your bound is 0.01 whatever the fans are; it should be √(6/(fanIn + fanOut))."
  ) { $0.draws * 0.01 }
  Mistake(
    "variance-for-deviation",
    "You used the variance 2/(fanIn + fanOut) as the standard deviation; take its square root."
  ) { $0.source.normal($0.draws.shape) * (2 / $0.fans) }
  Mistake(
    "deviation-one",
    "You did not scale the standard normal draws; multiply by √(2/(fanIn + fanOut))."
  ) { $0.source.normal($0.draws.shape) }
  Mistake(
    "deviation-hundredth",
    "Your standard deviation is 0.01 whatever the fans are; it should be √(2/(fanIn + fanOut))."
  ) { $0.source.normal($0.draws.shape) * 0.01 }
  DrawnLayerSites.timesHundredth("√(6/(fanIn + fanOut))") { $0.bound }
  DrawnLayerSites.zero("6 / (fanIn + fanOut)")
}

extension UnscaledWeights {
  fileprivate var fans: Double { fanIn + fanOut }
  /// What is right, which several mistakes start from.
  fileprivate var bound: Double { (6 / fans).squareRoot() }
}
