import Grading
import KataKit

extension AdamSuite {
  /// Two optimisers by turns, on parameters of the same shapes.
  static let two = Case<Fixture>("two at once") { generator in
    let first = run(steps: 4, settings(using: &generator), using: &generator)
    var second = first
    second.settings.learningRate /= 2
    second.gradients = first.gradients.reversed()
    return Fixture(runs: [first, second])
  }

  /// β₁ and β₂ far from each other and from the defaults.
  static let several = Case<Fixture>("ten steps") { generator in
    Fixture(runs: [run(steps: 10, settings(using: &generator), using: &generator)])
  }

  static let defaults = Case<Fixture>("default settings") { generator in
    Fixture(runs: [run(steps: 10, AdamSettings(), using: &generator)])
  }

  static let oneStep = Case<Fixture>("one step") { generator in
    Fixture(runs: [run(steps: 1, settings(using: &generator), using: &generator)])
  }

  static let oneTensor = Case<Fixture>("one tensor") { generator in
    let sizes = generator.sizes(2)
    var run = run(
      [(sizes[0], sizes[1])], steps: 30, settings(using: &generator), using: &generator)
    // A gradient is not clipped, however large it is.
    run.gradients = run.gradients.map { $0.map { $0 * 30 } }
    return Fixture(runs: [run])
  }

  /// Where all shapes are the same, a state shared between the parameters no longer stops at one.
  static let twins = Case<Fixture>("equal shapes") { generator in
    let sizes = generator.sizes(2)
    return Fixture(runs: [
      run(
        Array(repeating: (sizes[0], sizes[1]), count: 5), steps: 4,
        settings(using: &generator), using: &generator)
    ])
  }

  /// A second moment that remembers nothing but the last gradient.
  static let forgetful = Case<Fixture>("beta2 of 0") { generator in
    var settings = settings(using: &generator)
    settings.beta2 = 0
    return Fixture(runs: [run(steps: 4, settings, using: &generator)])
  }

  /// An optimiser moves what it is handed, and where one step ends in NaN the next need not.
  static let putBack = Case<Fixture>("parameters put back") { generator in
    var run = run(steps: 4, settings(using: &generator), using: &generator)
    run.isPutBack = true
    return Fixture(runs: [run])
  }

  static let constant = Case<Fixture>("constant gradient") { generator in
    var run = run(steps: 6, settings(using: &generator), using: &generator)
    run.gradients = run.gradients.map { _ in run.gradients[0] }
    return Fixture(runs: [run])
  }

  /// The first matrix never has a gradient, the second once, the third only from the third step on.
  static let sparse = Case<Fixture>("zero gradients") { generator in
    var run = run(steps: 5, settings(using: &generator), using: &generator)
    for step in 0..<5 {
      run.gradients[step][0] *= 0
      if step != 0 { run.gradients[step][1] *= 0 }
      if step < 2 { run.gradients[step][2] *= 0 }
    }
    return Fixture(runs: [run])
  }

  /// An ε that shows, and shows alike wherever it is added.
  ///
  /// With β₂ = 0, v and v̂ are g², and with |g| = (1 − ε)/2 both √v̂ + ε and √(v̂ + ε) are (1 + ε)/2.
  /// With β₁ = 0, too, they are so even where the two are swapped.
  static let largeEpsilon = Case<Fixture>("large epsilon") { generator in
    var settings = settings(using: &generator)
    (settings.beta1, settings.beta2) = (0, 0)
    settings.epsilon = 0.1 + 0.2 * generator.uniform()
    var run = run(steps: 4, settings, using: &generator)
    let magnitude = (1 - settings.epsilon) / 2
    run.gradients = run.gradients.map { $0.map { $0.map { $0 < 0 ? -magnitude : magnitude } } }
    return Fixture(runs: [run])
  }

  private static func settings(using generator: inout SeededGenerator) -> AdamSettings {
    var settings = AdamSettings()
    settings.learningRate = 0.1 + 0.2 * generator.uniform()
    settings.beta1 = 0.55 + 0.1 * generator.uniform()
    settings.beta2 = 0.8 + 0.1 * generator.uniform()
    return settings
  }

  /// Three parameter matrices, no two of one shape.
  private static func run(
    steps: Int, _ settings: AdamSettings, using generator: inout SeededGenerator
  ) -> Run {
    let sizes = generator.sizes(4, in: 3...6)
    return run(
      [(sizes[0], sizes[1]), (sizes[2], sizes[3]), (sizes[1], sizes[2])], steps: steps, settings,
      using: &generator)
  }

  /// Fresh gradients at every step, of either sign and no smaller than 0.5: with those, ε beside the
  /// root, inside it and as TensorFlow's ε̂ move a step by less than 1e-6 of its length.
  static func run(
    _ shapes: [(rows: Int, columns: Int)], steps: Int, _ settings: AdamSettings,
    using generator: inout SeededGenerator
  ) -> Run {
    let parameters = shapes.map {
      Matrix.normal(rows: $0.rows, columns: $0.columns, using: &generator)
    }
    let gradients = (0..<steps).map { _ in
      shapes.map {
        Matrix.uniform(rows: $0.rows, columns: $0.columns, in: -1.5...1.5, using: &generator)
          .map { $0 < 0 ? $0 - 0.5 : $0 + 0.5 }
      }
    }
    return Run(settings: settings, parameters: parameters, gradients: gradients)
  }
}
