package import KataKit

package enum GradientDescentExam: Exam {
  /// Where a descent begins, how far it goes, and on what.
  package struct Fixture: Codable, Sendable {
    package var start: Matrix
    package var learningRate: Double
    package var steps: Int
    package var landscape: Landscape

    package init(
      start: Matrix, learningRate: Double, steps: Int, landscape: Landscape = .bowl
    ) {
      self.start = start
      self.learningRate = learningRate
      self.steps = steps
      self.landscape = landscape
    }
  }

  /// L(w) = ½·Σ (w − c)·C ⊙ (w − c) + ¼·quartic·Σ (w − c)⁴, where C is symmetric.
  package struct Landscape: Codable, Sendable {
    /// c, of the shape of w.
    package var center: Matrix
    /// C, as many rows and columns as w has columns.
    package var curvature: Matrix
    package var quartic: Double

    package init(center: Matrix, curvature: Matrix, quartic: Double = 0) {
      (self.center, self.curvature, self.quartic) = (center, curvature, quartic)
    }

    /// The one whose gradient the learner works out.
    package static let bowl = Landscape(center: [[2, -1]], curvature: [[2, 0], [0, 4]])

    package func gradient(at w: Matrix) -> Matrix {
      let d = w - center
      return d.matmul(curvature) + quartic * d * d * d
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    /// The bowl's gradient and loss at the start, and every point on the way.
    case everything
    case loss, gradient, path
    /// The last point of the path.
    case end
    /// A path as far as half of the steps, and one of the others from where that ended.
    case twoGoes
  }

  package static let name = "gradient-descent"
  package static let type = "GradientDescent"

  package static func subject(of type: any Any.Type) -> (any GradientDescentKata)? {
    (type as? any GradientDescentKata.Type)?.init()
  }

  package static func answer(
    of subject: any GradientDescentKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let start = fixture.start
    func loss() -> Part { Part("loss", subject.loss(at: start)) }
    func gradient() -> Part { Part("gradient", subject.gradient(at: start), axes: "as w") }
    func path(from start: Matrix, steps: Int) -> [Matrix] {
      subject.path(
        from: start, along: fixture.landscape.gradient, learningRate: fixture.learningRate,
        steps: steps)
    }
    func point(_ index: Int, _ w: Matrix) -> Part {
      Part("w".subscripted(index), w, axes: "as the start")
    }
    func parts(_ path: [Matrix]) -> [Part] { path.enumerated().map { point($0, $1) } }
    switch script {
    case .everything:
      return [gradient()] + parts(path(from: start, steps: fixture.steps)) + [loss()]
    case .loss: return [loss()]
    case .gradient: return [gradient()]
    case .path: return parts(path(from: start, steps: fixture.steps))
    case .end:
      let path = path(from: start, steps: fixture.steps)
      return path.suffix(1).map { point(path.count - 1, $0) }
    case .twoGoes:
      let half = path(from: start, steps: fixture.steps / 2)
      guard let middle = half.last, middle.shape == start.shape else { return parts(half) }
      let rest = path(from: middle, steps: fixture.steps - fixture.steps / 2)
      return parts(half + rest.dropFirst())
    }
  }
}
