package import Grading
package import KataKit
import SharedAnswers

extension VanishingGradientsSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      size, measured, scale, order, activations, lastSlope, sites.biases, sites.weightGradient,
      sites.back,
    ])

  package static func reference(at: Computation<Self>) -> any VanishingGradientsKata {
    FaultyVanishingGradients(at: at)
  }
}

/// The norms of a network that can make any of the mistakes on purpose.
private struct FaultyVanishingGradients: VanishingGradientsKata {
  var at = Computation<VanishingGradientsSuite>()

  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    var (z, a) = ([Matrix](), [inputs])
    for (k, layer) in layers.enumerated() {
      z.append(a[k].matmul(layer.weights) + at(sites.biases, (layer.biases, k, .backward)))
      a.append(at(activations, .value(.init(activation, z: z[k]))))
    }
    let units = z.indices.map { Units(activation, z: z[$0], a: a[$0 + 1]) }
    var norms: [Double] = []
    var upstream = at(scale, .upstream(upstream))
    for k in layers.indices.reversed() {
      let slope = at(activations, .slope(units[k], below: k > 0 ? units[k - 1] : nil))
      let delta = at(lastSlope, (upstream * slope, upstream, isLast: k + 1 == layers.count))
      let step = DenseStep(k: k, upstream: upstream, delta: delta, layers: layers, z: z, a: a)
      let entries = at(measured, (at(sites.weightGradient, .back(step)), step))
      norms.insert(at(size, entries), at: 0)
      upstream = at(sites.back, step)
    }
    let scaled = at(scale, .norms(Matrix([norms]), rows: inputs.rows))
    return at(order, scaled.elements)
  }
}

private let sites = DenseSites(
  ownActivation: "activation; its input belongs there", slopes: [],
  back: [
    slopeNotCarried, DenseSites.throughWeightsUntransposed, DenseSites.throughNextWeights,
  ])

private let slopeNotCarried = Mistake<DenseStep, Matrix>(
  "slope-not-carried",
  "You applied φ′ to the weight gradients only; what goes on to the layer below needs it, too."
) { $0.upstream.matmul($0.weights.transposed) }

// MARK: A = φ(Z), and φ′(Z)

/// The pre-activations of a layer, and what its activation made of them.
private struct Units {
  let activation: LayerActivation
  let z, a: Matrix

  init(_ activation: LayerActivation, z: Matrix, a: Matrix) {
    (self.activation, self.z, self.a) = (activation, z, a)
  }

  init(_ activation: LayerActivation, z: Matrix) {
    self.init(activation, z: z, a: z)
  }

  func with(_ activation: LayerActivation) -> Units { Units(activation, z: z, a: a) }

  var value: Matrix { activation == .relu ? Mathematics.relu(z) : 1 / (1 + exp(-z)) }
  var slope: Matrix { activation == .relu ? z .> 0 : a * (1 - a) }

  /// The slope at `z`, whatever the activation made of it.
  static func slope(of activation: LayerActivation, at z: Matrix) -> Matrix {
    Units(activation, z: z, a: Units(activation, z: z).value).slope
  }
}

private enum Phi {
  case value(Units)
  case slope(Units, below: Units?)

  func value(_ instead: (Units) -> Matrix?) -> Matrix? {
    if case .value(let units) = self { instead(units) } else { nil }
  }

  func slope(_ instead: (Units) -> Matrix?) -> Matrix? {
    if case .slope(let units, _) = self { instead(units) } else { nil }
  }
}

private let activations = Site<Phi, Matrix>("activation") {
  switch $0 {
  case .value(let units): units.value
  case .slope(let units, _): units.slope
  }
} mistakes: {
  Mistake(
    "slope-missing", "Delta comes back through the activations unchanged; multiply by φ′(Z)."
  ) { $0.slope { $0.z * 0 + 1 } }
  Mistake(
    "slope-of-activated",
    "You took the sigmoid's slope at σ(z), σ(σ(z))·(1 − σ(σ(z))); use σ(z)·(1 − σ(z))."
  ) { $0.slope { Units.slope(of: $0.activation, at: $0.a) } }
  Mistake(
    "slope-of-layer-below", "You took the slope of the activation at the wrong layer's Z."
  ) {
    guard case .slope(let units, let below?) = $0 else { return nil }
    return below.z.shape == units.z.shape ? below.slope : nil
  }
  Mistake("value-for-slope", "You multiplied by φ(Z) on the way back; φ′(Z) belongs there.") {
    $0.slope { $0.a }
  }
  Mistake("tanh-slope", "Your sigmoid's slope is 1 − a², that of tanh; it should be a·(1 − a).") {
    $0.slope { $0.activation == .sigmoid ? 1 - $0.a * $0.a : nil }
  }
  Mistake(
    "sigmoid-slope-only", "You took a·(1 − a) back through ReLU, too; its slope is 1 or 0."
  ) { $0.slope { $0.with(.sigmoid).slope } }
  Mistake(
    "relu-slope-only", "You took ReLU's slope, 1 or 0, back through the sigmoid, too."
  ) { $0.slope { $0.with(.relu).slope } }
  Mistake(
    "relu-slope-leaky",
    "You let 0.01 of the gradient through where z < 0, as leaky ReLU does; ReLU's slope is 0 there."
  ) { $0.slope { $0.activation == .relu ? $0.z.map { $0 > 0 ? 1 : 0.01 } : nil } }
  Mistake(
    "slope-of-one-quarter",
    "You took ¼, the largest slope of the sigmoid, for all of them; the slope is σ(z)·(1 − σ(z))."
  ) { $0.slope { $0.activation == .sigmoid ? $0.z * 0 + 0.25 : nil } }
  Mistake("always-sigmoid", "You used the sigmoid whatever the activation.") {
    $0.value { $0.with(.sigmoid).value } ?? $0.slope { $0.with(.sigmoid).slope }
  }
  Mistake("always-relu", "You used ReLU whatever the activation.") {
    $0.value { $0.with(.relu).value } ?? $0.slope { $0.with(.relu).slope }
  }
  Mistake("tanh-forward", "Your sigmoid is tanh; it should be 1/(1 + e^−z).") {
    $0.value { $0.activation == .sigmoid ? tanh($0.z) : nil }
  }
  Mistake(
    "forward-without-activation",
    "Your forward pass hands Z on to the next layer; hand on A = φ(Z)."
  ) { $0.value { $0.z } ?? $0.slope { Units.slope(of: $0.activation, at: $0.z) } }
  Mistake(
    "overflowing-slope",
    "Your sigmoid's slope is not a number for z = −1000, where e^−z is ∞; take a·(1 − a)."
  ) { $0.slope { $0.activation == .sigmoid ? overflowingSlope(at: $0.z) : nil } }
  Mistake(
    "overflowing-sigmoid",
    "Your sigmoid or its slope is ∞/∞ for z = 1000; take a = 1/(1 + e^−z) and a·(1 − a)."
  ) { $0.value { $0.activation == .sigmoid ? exp($0.z) / (1 + exp($0.z)) : nil } }
}

private func overflowingSlope(at z: Matrix) -> Matrix {
  let e = exp(-z)
  return e / ((1 + e) * (1 + e))
}

private let lastSlope = Site<(delta: Matrix, upstream: Matrix, isLast: Bool), Matrix>(
  "last-slope-missing"
) {
  $0.delta
} mistakes: {
  Mistake(
    "last-slope-missing",
    "You treat the last layer as linear; upstream is ∂L/∂A, and its φ′(Z) comes first."
  ) { $0.isLast ? $0.upstream : nil }
}

// MARK: Norms

private let measured = Site<(gradient: Matrix, step: DenseStep), [Double]>("what is measured") {
  $0.gradient.elements
} mistakes: {
  Mistake(
    "biases-included", "You counted the bias gradient in; the norm is of ∂L/∂W alone."
  ) { $0.gradient.elements + $0.step.delta.sum(axis: 0).elements }
  Mistake("norm-of-biases", "You took the norm of ∂L/∂b; take that of ∂L/∂W.") {
    $0.step.delta.sum(axis: 0).elements
  }
  Mistake("norm-of-delta", "You took the norm of ∂L/∂Z; take that of ∂L/∂W.") {
    $0.step.delta.elements
  }
  Mistake(
    "norm-of-activation-gradient", "You took the norm of ∂L/∂A; take that of ∂L/∂W."
  ) { $0.step.upstream.elements }
  Mistake(
    "norm-of-gradient-below",
    "You took the norm of what goes on to the layer below, ∂L/∂A; take that of ∂L/∂W."
  ) { $0.step.delta.matmul($0.step.weights.transposed).elements }
  Mistake(
    "norm-by-columns",
    "You took the largest column sum of magnitudes, NumPy's norm(dW, 1); take the Frobenius norm."
  ) { [abs($0.step.gradient).sum(axis: 0).max()] }
  Mistake(
    "norms-of-rows-averaged",
    "You averaged the norms of the rows of ∂L/∂W; take one norm over all its entries."
  ) {
    let gradient = $0.step.gradient
    return [sqrt((gradient * gradient).sum(axis: 1)).mean()]
  }
  Mistake(
    "norm-for-each-example",
    "You added up the norms of the gradients of single rows; sum the gradients first, then the norm."
  ) { $0.step.normsOfRows }
  Mistake(
    "relative-to-weights",
    "You divided by the norm of the weights; return the norm of the gradient alone."
  ) {
    let norm = squares($0.step.weights.elements).squareRoot()
    return $0.gradient.elements.map { $0 / norm }
  }
  Mistake(
    "norm-of-weights", "You took the norm of the weights; take that of their gradient."
  ) { $0.step.weights.elements }
}

extension DenseStep {
  fileprivate var gradient: Matrix { weightGradient(from: a[k]) }

  /// One number, whose norm is itself: the gradient of one row is an outer product.
  fileprivate var normsOfRows: [Double] {
    func norms(_ m: Matrix) -> Matrix { sqrt((m * m).sum(axis: 1)) }
    return [(norms(a[k]) * norms(delta)).sum()]
  }
}

private let size = Site<[Double], Double>("norm") {
  squares($0).squareRoot()
} mistakes: {
  Mistake("squared-norm", "You returned the squared norm; the root is missing.") { squares($0) }
  Mistake(
    "sum-of-magnitudes",
    "You summed the magnitudes of the entries; take the root of the sum of squares."
  ) { $0.map(abs).reduce(0, +) }
  Mistake(
    "largest-magnitude",
    "You took the largest entry's magnitude; take the root of the sum of squares."
  ) { $0.map(abs).max() ?? 0 }
  Mistake(
    "mean-magnitude",
    "You averaged the magnitudes of the entries; take the root of the sum of squares."
  ) { $0.map(abs).reduce(0, +) / Double($0.count) }
  Mistake(
    "root-of-the-mean",
    "You took the root of the mean square; take the root of the sum of squares."
  ) { (squares($0) / Double($0.count)).squareRoot() }
}

private func squares(_ entries: [Double]) -> Double { entries.reduce(0) { $0 + $1 * $1 } }

/// What comes in at the end of the network, and what is returned.
private enum End {
  case upstream(Matrix)
  case norms(Matrix, rows: Int)

  func norms(_ instead: (Matrix, Int) -> Matrix?) -> Matrix? {
    if case .norms(let norms, let rows) = self { instead(norms, rows) } else { nil }
  }
}

private let scale = Site<End, Matrix>("scale") {
  switch $0 {
  case .upstream(let upstream): upstream
  case .norms(let norms, _): norms
  }
} mistakes: {
  Mistake(
    "relative-to-last", "You divided by the last layer's norm; return the norms as they are."
  ) { $0.norms { norms, _ in norms / norms[0, norms.columns - 1] } }
  Mistake(
    "divided-by-rows",
    "You divided by the rows of the batch; where there is a mean, upstream has it already."
  ) { $0.norms { $0 / Double($1) } }
  Mistake("upstream-ignored", "You began with ones; the upstream gradient is handed in.") {
    if case .upstream(let upstream) = $0 { upstream * 0 + 1 } else { nil }
  }
}

private let order = Site<[Double], [Double]>(
  "reversed", "You returned the norms from the last layer to the first."
) { $0.reversed() }
