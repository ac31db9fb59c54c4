package import Grading
package import KataKit

/// Dense layers with ReLU between them, forward and backward, computed at the sites of a kata.
///
/// What comes after the last layer, and so the gradient that goes back into it, is the kata's own.
package struct DensePass<Home: MistakeHome> {
  private let layers: [DenseLayer]
  private let sites: DenseSites
  private let at: Computation<Home>
  /// Z₁ … Z_L.
  package private(set) var z: [Matrix] = []
  /// A₀ … A_L.
  package private(set) var a: [Matrix]

  package init(
    _ layers: [DenseLayer], inputs: Matrix, in method: DenseMethod = .backward,
    sites: DenseSites, at: Computation<Home>
  ) {
    (self.layers, self.sites, self.at) = (layers, sites, at)
    a = [inputs]
    for (k, layer) in layers.enumerated() {
      z.append(a[k].matmul(layer.weights) + at(sites.biases, (layer.biases, k, method)))
      let isLast = k + 1 == layers.count
      a.append(isLast ? at(sites.output, z[k]) : hidden(z[k], in: method))
    }
  }

  private func hidden(_ z: Matrix, in method: DenseMethod) -> Matrix {
    let a = at(sites.slope, .up(z: z, a: at(DenseSites.relu, z)))
    return method == .forward ? at(sites.weightGradient, .up(z: z, a: a)) : a
  }

  /// What the last layer returns; what a kata makes of it may be put in its place.
  package var output: Matrix {
    get { a[a.count - 1] }
    set { a[a.count - 1] = newValue }
  }

  /// The gradients of every layer, and of the inputs, from ∂L/∂Z_L.
  package func backward(_ upstream: Matrix) -> (layers: [DenseGradient], inputs: Matrix) {
    var upstream = upstream
    var delta = at(sites.slopeOnOutput, (upstream, z[z.count - 1]))
    var gradients: [DenseGradient] = []
    for k in layers.indices.reversed() {
      var step = DenseStep(k: k, upstream: upstream, delta: delta, layers: layers, z: z, a: a)
      let gradient = DenseGradient(
        weights: at(DenseSites.transposition, at(sites.weightGradient, .back(step))),
        biases: at(DenseSites.biasGradient, delta))
      gradients.insert(gradient, at: 0)
      upstream = at(sites.back, step)
      step.delta = upstream
      if k > 0 { delta = at(sites.slope, .back(step)) }
    }
    return (at(DenseSites.order, at(DenseSites.lowerLayers, gradients)), upstream)
  }
}

/// Which method of the kata a pass is for: the one that returns its output, or the one that goes back.
package enum DenseMethod { case forward, backward }

/// What is known when delta goes back through layer k (from 0): Z₁ … Z_L, and A₀ … A_L.
package struct DenseStep {
  package let k: Int
  /// The gradient with respect to what the layer returned.
  package let upstream: Matrix
  package var delta: Matrix
  package let layers: [DenseLayer]
  package let z, a: [Matrix]

  package init(
    k: Int, upstream: Matrix, delta: Matrix, layers: [DenseLayer], z: [Matrix], a: [Matrix]
  ) {
    (self.k, self.upstream, self.delta) = (k, upstream, delta)
    (self.layers, self.z, self.a) = (layers, z, a)
  }

  package var weights: Matrix { layers[k].weights }
  package var isLast: Bool { k + 1 == layers.count }

  /// dW where `input` is what layer k was given.
  package func weightGradient(from input: Matrix) -> Matrix { input.transposed.matmul(delta) }

  /// dW from Z of the layer below, where there is one.
  package func weightGradientFromZ(where applies: Bool = true) -> Matrix? {
    applies && k > 0 ? weightGradient(from: z[k - 1]) : nil
  }
}

/// A hidden layer on the way up, or delta on its way back to it.
package enum DenseWay {
  case up(z: Matrix, a: Matrix)
  case back(DenseStep)

  package func up(_ instead: (Matrix) -> Matrix?) -> Matrix? {
    if case .up(let z, _) = self { instead(z) } else { nil }
  }

  package func back(_ instead: (DenseStep) -> Matrix?) -> Matrix? {
    if case .back(let step) = self { instead(step) } else { nil }
  }
}
