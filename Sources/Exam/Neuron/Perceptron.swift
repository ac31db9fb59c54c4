package import KataKit

package enum PerceptronExam: Exam {
  package struct Fixture: Codable, Sendable {
    package var weights: [Double]
    package var bias: Double
    /// n × features.
    package var inputs: Matrix
    /// 0 or 1, one per row.
    package var labels: [Int]
    package var learningRate: Double
    package var epochs: Int

    package init(
      weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
      epochs: Int
    ) {
      (self.weights, self.bias) = (weights, bias)
      (self.inputs, self.labels) = (inputs, labels)
      (self.learningRate, self.epochs) = (learningRate, epochs)
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything
    /// With the weights that the training starts from.
    case predictions
    case training
    /// The training, and the predictions with what it ended at.
    case learned
  }

  package static let name = "perceptron"
  package static let type = "Perceptron"

  package static func subject(of type: any Any.Type) -> (any PerceptronKata)? {
    (type as? any PerceptronKata.Type)?.init()
  }

  package static func answer(
    of subject: any PerceptronKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    func predictions(_ weights: [Double], _ bias: Double) -> [Part] {
      let labels = subject.predictions(for: fixture.inputs, weights: weights, bias: bias)
      return [Part("predictions", labels.map(Double.init))]
    }
    func trained() -> (weights: [Double], bias: Double) {
      subject.train(
        weights: fixture.weights, bias: fixture.bias, inputs: fixture.inputs,
        labels: fixture.labels, learningRate: fixture.learningRate, epochs: fixture.epochs)
    }
    func parts(_ trained: (weights: [Double], bias: Double)) -> [Part] {
      [Part("weights", trained.weights), Part("bias", trained.bias)]
    }
    switch script {
    case .everything: return predictions(fixture.weights, fixture.bias) + parts(trained())
    case .predictions: return predictions(fixture.weights, fixture.bias)
    case .training: return parts(trained())
    case .learned:
      let end = trained()
      guard end.weights.count == fixture.weights.count else { return parts(end) }
      return parts(end) + predictions(end.weights, end.bias)
    }
  }
}
