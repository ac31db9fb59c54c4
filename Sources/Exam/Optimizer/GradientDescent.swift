package import KataKit

package enum GradientDescentExam: Exam {
  /// Where a descent begins, and how far it goes.
  package struct Fixture: Codable, Sendable {
    /// 1 × 2.
    package var start: Matrix
    package var learningRate: Double
    package var steps: Int

    package init(start: Matrix, learningRate: Double, steps: Int) {
      self.start = start
      self.learningRate = learningRate
      self.steps = steps
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    /// The gradient at the start, every point on the way, and the loss, which no step asks for.
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
      subject.path(from: start, learningRate: fixture.learningRate, steps: steps)
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
