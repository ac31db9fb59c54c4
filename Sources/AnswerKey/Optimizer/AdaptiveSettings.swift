import Exam
import Grading
import KataKit
import Numerics

/// The numbers of an optimizer that divides by the root of a moving average of g².
package protocol AdaptiveSettings: OptimizerSettings {
  var epsilon: Double { get set }

  /// The same with averages that remember nothing but the last gradient.
  var forgetful: Self { get }

  /// The same with an average of g² that moves so slowly that a sudden gradient makes a long step.
  var sluggish: Self { get }

  /// The weight of g² in the average that the first step divides by the root of: 1 where it is corrected
  /// for bias.
  var firstWeight: Double { get }

  /// What the corrected average is divided by for the uncorrected one, in the first step.
  var firstCorrection: Double { get }
}

extension AdaptiveSettings {
  package var withNegligibleEpsilon: Self {
    var settings = self
    settings.epsilon = 1e-110
    return settings
  }
}

extension OptimizerSuite where Settings: AdaptiveSettings {
  /// An ε that shows, and shows alike wherever it is added.
  ///
  /// Where nothing is remembered v and v̂ are g², and with |g| = (1 − ε)/2, which is less than ε, both
  /// √v̂ + ε and √(v̂ + ε) are (1 + ε)/2. Every third gradient is far below any ε, so that the step is
  /// none, and yet not 0.
  static var largeEpsilon: Case<Fixture> {
    steps(3, "large epsilon") { run, generator in
      run.settings = run.settings.forgetful
      run.settings.epsilon = 0.4 + 0.2 * generator.uniform()
      let magnitude = (1 - run.settings.epsilon) / 2
      var count = 0
      run.gradients = run.gradients.map {
        $0.map {
          $0.map { g in
            count += 1
            let size = count % 3 == 0 ? 1e-16 : magnitude
            return g < 0 ? -size : size
          }
        }
      }
    }
  }

  /// Many steps, and then a gradient a thousand times as large as those before: √v̂ is a tenth of it, and
  /// the step as long as that makes it.
  static var suddenGradient: Case<Fixture> {
    steps(128, "sudden gradient") { run, _ in
      run.parameters = [run.parameters[0]]
      run.settings = run.settings.sluggish
      // So large that ε shows nowhere.
      run.gradients = run.gradients.enumerated().map { [$1[0] * ($0 < 127 ? 1e2 : 1e5)] }
    }
  }

  /// Where ε is added only shows for gradients near it: outside the root, inside it, or as in TensorFlow.
  static var tinyGradients: Check<Self> {
    let tiny = Case<Fixture>("tiny gradients") { generator in
      var run = Run.draw([(3, 4)], steps: 1, Settings(), using: &generator)
      run.parameters[0] *= 0
      run.gradients[0][0] *= 1e-6
      return Fixture(runs: [run])
    }
    return Check("tiny gradients", on: tiny, to: .anyStep) { (answered) throws(Finding) in
      let run = answered.fixture.runs[0]
      let (g, settings) = (run.gradients[0][0], run.settings)
      guard let after = answered.parts.first, after.value.shape == g.shape else {
        throw answered.blocks.finding(against: answered.truth) ?? Finding("the shapes are wrong")
      }
      let move = -after.value / settings.learningRate

      let (epsilon, correction) = (settings.epsilon, settings.firstCorrection)
      let v = settings.firstWeight * g * g
      let paper = g / (sqrt(v) + epsilon)
      func isNear(_ other: Matrix) -> Bool { abs(move - other).max() <= 1e-6 }
      let difference = Numbers.brief(100 * abs(move - paper).max() / abs(paper).max(), digits: 2)
      if isNear(paper) { return "ε is outside the root" }
      if isNear(g / (sqrt(v) + epsilon / correction.squareRoot())) {
        return "ε̂ as in TensorFlow differs here by \(difference)%; accepted"
      }
      if isNear(g / sqrt(v + epsilon)) || isNear(g / sqrt(v + epsilon / correction)) {
        return "ε inside the root differs here by \(difference)%; accepted"
      }
      throw Finding("a step of gradients near ε is \(difference)% off, wherever ε is added")
    }
  }
}
