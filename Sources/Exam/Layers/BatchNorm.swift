package import KataKit

package enum BatchNormExam: Exam {
  package struct Settings: Codable, Sendable {
    package var features: Int
    package var momentum: Double
    package var epsilon: Double

    package init(features: Int, momentum: Double = 0.1, epsilon: Double = 1e-5) {
      self.features = features
      self.momentum = momentum
      self.epsilon = epsilon
    }
  }

  package typealias Subject = (Settings) -> any BatchNormKata

  /// Batches to train on by turns, then a step back from the last, then a batch to evaluate.
  package struct Fixture: Codable, Sendable {
    package var settings: Settings
    package var gamma: Matrix
    package var beta: Matrix
    package var batches: [Matrix]
    /// Of the last batch's shape; nil where no step back is asked for.
    package var upstream: Matrix?
    package var evaluation: Matrix

    package init(
      settings: Settings, gamma: Matrix, beta: Matrix, batches: [Matrix], evaluation: Matrix
    ) {
      self.settings = settings
      self.gamma = gamma
      self.beta = beta
      self.batches = batches
      self.evaluation = evaluation
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    /// In order of time: every batch, the step back, the evaluation, and the same step back again.
    case everything
    /// The step back from an upstream of ones.
    case backOfOnes
    /// The end of training of a layer that takes turns with another, on other batches.
    case twoLayers
    /// The first batch ten million away, and where it is.
    case farFromZero
  }

  package static let name = "batch-norm"
  package static let type = "BatchNorm"

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any BatchNormKata.Type else { return nil }
    return { type.init(features: $0.features, momentum: $0.momentum, epsilon: $0.epsilon) }
  }

  package static func answer(
    of subject: Subject, to script: Script, on fixture: Fixture
  ) -> [Part] {
    var layer = layer(of: subject, for: fixture)
    switch script {
    case .everything: return course(of: subject, fixture)
    case .backOfOnes:
      for batch in fixture.batches { _ = layer.forward(batch, isTraining: true) }
      let ones = fixture.batches.last.map {
        Matrix(rows: $0.rows, columns: $0.columns, repeating: 1)
      }
      return ones.map { gradient(&layer, $0) } ?? []
    case .twoLayers:
      var other = self.layer(of: subject, for: fixture)
      for batch in fixture.batches {
        _ = layer.forward(batch, isTraining: true)
        _ = other.forward(batch * 2, isTraining: true)
      }
      let time = time(after: fixture.batches.count)
      return running(layer, time) + (fixture.upstream.map { gradient(&layer, $0) } ?? [])
    case .farFromZero:
      return [1e7, 0].map { offset in
        var layer = self.layer(of: subject, for: fixture)
        return Part("Y", layer.forward(fixture.batches[0] + offset, isTraining: true))
      }
    }
  }

  private static func course(of subject: Subject, _ fixture: Fixture) -> [Part] {
    var layer = layer(of: subject, for: fixture)
    var parts = fixture.batches.isEmpty ? start(of: subject(fixture.settings)) : []
    for (index, batch) in fixture.batches.enumerated() {
      let outputs = layer.forward(batch, isTraining: true)
      parts.append(Part("Y".subscripted(index + 1), outputs, axes: "rows × features"))
      parts += running(layer, time(after: index + 1))
    }
    if let upstream = fixture.upstream { parts += gradient(&layer, upstream) }
    parts.append(Part("Y in evaluation", layer.forward(fixture.evaluation, isTraining: false)))
    parts += running(layer, "after evaluation")
    if let upstream = fixture.upstream, upstream.rows == fixture.evaluation.rows {
      parts += gradient(&layer, upstream, " after evaluation")
    }
    return parts
  }

  private static func time(after batches: Int) -> String { "after Y".subscripted(batches) }

  private static func layer(of subject: Subject, for fixture: Fixture) -> any BatchNormKata {
    var layer = subject(fixture.settings)
    layer.gamma = fixture.gamma
    layer.beta = fixture.beta
    return layer
  }

  private static func start(of layer: any BatchNormKata) -> [Part] {
    [
      Part("γ of a new layer", layer.gamma, axes: "1 × features"),
      Part("β of a new layer", layer.beta, axes: "1 × features"),
    ] + running(layer, "of a new layer")
  }

  private static func running(_ layer: any BatchNormKata, _ time: String) -> [Part] {
    [
      Part("running mean \(time)", layer.runningMean, axes: "1 × features"),
      Part("running variance \(time)", layer.runningVariance, axes: "1 × features"),
    ]
  }

  private static func gradient(
    _ layer: inout any BatchNormKata, _ upstream: Matrix, _ time: String = ""
  ) -> [Part] {
    let gradient = layer.backward(upstream)
    return [
      Part("dβ\(time)", gradient.beta, axes: "1 × features"),
      Part("dγ\(time)", gradient.gamma, axes: "1 × features"),
      Part("dX\(time)", gradient.inputs, axes: "rows × features"),
    ]
  }
}
