import Exam
import Grading
import KataKit

extension OptimizerSuite {
  /// A family of fixtures with one optimizer, two parameter matrices of different shapes, and fresh
  /// gradients at every step; `change` makes of it what it is for.
  static func steps(
    _ count: Int, _ name: String,
    changing change: @escaping @Sendable (inout Run, inout FixtureGenerator) -> Void = { _, _ in }
  ) -> Case<Fixture> {
    Case(name) { generator in
      var run = Run.draw(steps: count, using: &generator)
      change(&run, &generator)
      return Fixture(runs: [run])
    }
  }

  /// Two optimizers by turns, on parameters of the same shapes.
  static var two: Case<Fixture> {
    Case("two at once") { generator in
      let sizes = generator.sizes(3, in: 3...6)
      let first = Run.draw(
        [(sizes[0], sizes[1]), (sizes[2], sizes[0])], steps: 2, .draw(using: &generator),
        using: &generator)
      var second = first
      second.settings.learningRate /= 2
      second.gradients = first.gradients.reversed()
      return Fixture(runs: [first, second])
    }
  }

  /// A row of biases, a column and a single entry move as everything does.
  static var several: Case<Fixture> {
    steps(5, "five steps") { run, generator in run.insertVectors(using: &generator) }
  }

  static var defaults: Case<Fixture> {
    steps(3, "default settings") { run, _ in run.settings = Settings() }
  }

  static var oneStep: Case<Fixture> { steps(1, "one step") }

  /// Long enough to show what stops, starts again or is left out after a hundred steps.
  static var oneTensor: Case<Fixture> {
    steps(120, "one tensor") { run, _ in
      run.parameters = [run.parameters[0]]
      // Neither a gradient nor a step is clipped, however large it is.
      run.settings = run.settings.enduring
      run.settings.learningRate *= 10
      run.gradients = run.gradients.map { [$0[0] * 30] }
    }
  }

  /// Where all shapes are the same, and square, a state shared between the parameters no longer stops at one.
  static var twins: Case<Fixture> {
    Case("equal shapes") { generator in
      let size = generator.sizes(1)[0]
      let shapes = Array(repeating: (rows: size, columns: size), count: 3)
      let run = Run.draw(shapes, steps: 2, .draw(using: &generator), using: &generator)
      return Fixture(runs: [run])
    }
  }

  /// An optimizer moves what it is handed, and where one step ends in NaN the next need not.
  static var putBack: Case<Fixture> {
    steps(3, "parameters put back") { run, _ in run.isPutBack = true }
  }

  static var constant: Case<Fixture> {
    steps(4, "constant gradient") { run, _ in
      run.gradients = run.gradients.map { _ in run.gradients[0] }
    }
  }

  /// The first matrix never has a gradient, the second only in the first step and the last, the third
  /// from the third on.
  static var sparse: Case<Fixture> {
    steps(4, "zero gradients") { run, generator in
      run.parameters.append(run.parameters[0].transposed)
      for step in 0..<4 {
        run.gradients[step] = Run.gradients(for: run.parameters, using: &generator)
        run.gradients[step][0] *= 0
        if step == 1 || step == 2 { run.gradients[step][1] *= 0 }
        if step < 2 { run.gradients[step][2] *= 0 }
      }
    }
  }
}

extension OptimizerRun where Settings: OptimizerSettings {
  /// Two parameter matrices of different shapes.
  static func draw(steps: Int, using generator: inout FixtureGenerator) -> Self {
    let sizes = generator.sizes(3, in: 3...5)
    return draw(
      [(sizes[0], sizes[1]), (sizes[2], sizes[0])], steps: steps, .draw(using: &generator),
      using: &generator)
  }

  /// Gradients of either sign and no smaller than 0.5: with those, ε beside the root, inside it and as
  /// TensorFlow's ε̂ move an adaptive step by less than 1e-6 of its length.
  static func draw(
    _ shapes: [(rows: Int, columns: Int)], steps: Int, _ settings: Settings,
    using generator: inout FixtureGenerator
  ) -> Self {
    let parameters = shapes.map {
      Matrix.normal(rows: $0.rows, columns: $0.columns, using: &generator)
    }
    return Self(
      settings: settings, parameters: parameters,
      gradients: (0..<steps).map { _ in gradients(for: parameters, using: &generator) })
  }

  /// A row as wide as the first parameter, a single entry and a column, all before the last parameter, and
  /// behind it another row.
  mutating func insertVectors(using generator: inout FixtureGenerator) {
    let shapes = [(1, parameters[0].columns), (1, 1), (parameters[0].rows, 1)]
    let vectors = shapes.map {
      Matrix.normal(rows: $0.0, columns: $0.1, mean: 2, using: &generator)
    }
    let place = parameters.count - 1
    let row = Matrix.normal(
      rows: 1, columns: parameters[place].columns, mean: 2, using: &generator)
    parameters.insert(contentsOf: vectors, at: place)
    parameters.append(row)
    for step in gradients.indices {
      gradients[step].insert(
        contentsOf: Self.gradients(for: vectors, using: &generator), at: place)
      gradients[step] += Self.gradients(for: [row], using: &generator)
    }
  }

  static func gradients(
    for parameters: [Matrix], using generator: inout FixtureGenerator
  ) -> [Matrix] {
    parameters.map {
      Matrix.uniform(rows: $0.rows, columns: $0.columns, in: -1.5...1.5, using: &generator)
        .map { $0 < 0 ? $0 - 0.5 : $0 + 0.5 }
    }
  }
}
