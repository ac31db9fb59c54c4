import Exam
import Grading
import KataKit
import Numerics
import SharedAnswers

// Where a number could be cut, capped or clipped.

extension OptimizerSuite {
  /// Gradients from 1e-45 to 1e45 in one matrix, which single precision does not hold, for parameters that
  /// start at 0 and for others of every magnitude; and, in a second optimizer, none that is not tiny.
  static var everyMagnitude: Case<Fixture> {
    Case("every magnitude") { generator in
      let sizes = generator.sizes(3, in: 3...5)
      let shapes = [(rows: sizes[0], columns: sizes[1]), (rows: sizes[2], columns: sizes[0])]
      let settings = Settings.draw(using: &generator).withNegligibleEpsilon
      var wide = Run.draw(shapes, steps: 3, settings, using: &generator)
      wide.parameters[0] *= 0
      wide.parameters[1] = wide.parameters[1].ofEveryMagnitude(using: &generator)
      let scales = wide.parameters.map {
        ($0 * 0 + 1).ofEveryMagnitude(reaching: 45, using: &generator)
      }
      wide.gradients = wide.gradients.map { zip($0, scales).map(*) }
      var tiny = Run.draw(shapes, steps: 3, settings, using: &generator)
      tiny.parameters = tiny.parameters.map { $0 * 0 }
      tiny.gradients = tiny.gradients.map { $0.map { $0 * 1e-13 } }
      return Fixture(runs: [wide, tiny])
    }
  }

  /// Parameters of which none is larger than 1e-8, where no gradient moves them.
  static var tinyParameters: Case<Fixture> {
    steps(3, "tiny parameters") { run, _ in
      run.parameters = run.parameters.map { $0 * 1e-9 }
      run.gradients = run.gradients.map { $0.map { $0 * 0 } }
    }
  }
}

extension OptimizerFixture {
  /// Whether small numbers are to be judged beside large ones, each by its own size.
  var isOfEveryMagnitude: Bool {
    let parameters = runs[0].parameters.map(\.largestMagnitude).max() ?? 0
    if parameters > 0, parameters < 1e-6 { return true }
    let gradients = runs[0].gradients.flatMap(\.self)
    let smallest = gradients.compactMap { $0.smallestMagnitude(above: 1e-15) }.min() ?? 0
    return gradients.contains { $0.largestMagnitude > 1e12 * smallest }
  }
}
