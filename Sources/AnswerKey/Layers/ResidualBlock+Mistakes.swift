package import Grading
package import KataKit
import SharedAnswers

extension ResidualBlockSuite {
  package static let mistakes = MistakeCatalogue(
    at: [order, sum, inputGradient, scales, upstreams] + sites.all)

  package static func reference(at: Computation<Self>) -> any ResidualBlockKata {
    FaultyResidualBlock(at: at)
  }
}

/// A residual block that can make any of the mistakes on purpose.
private struct FaultyResidualBlock: ResidualBlockKata {
  var at = Computation<ResidualBlockSuite>()

  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    let f = DensePass([hidden, output], inputs: inputs, in: .forward, sites: sites, at: at)
    return at(sum, (inputs, f.output))
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    let f = DensePass([hidden, output], inputs: inputs, sites: sites, at: at)
    let scale = at(scales, inputs.shape)
    let upstream = at(upstreams, (upstream, y: inputs + f.output)) * scale.delta
    let (layers, branch) = f.backward(upstream)
    let gradients = at(order, scale.applied(to: layers))
    return (at(inputGradient, (upstream, branch, inputs)), gradients[0], gradients[1])
  }
}

private let sites = DenseSites(
  biases: [outputBiasMissing, biasMissingInBackward],
  slopes: DenseSites.slopes,
  weightGradients: [DenseSites.weightsElementwise, reluMissingInForward],
  back: DenseSites.throughWrongWeights + [DenseSites.throughNoWeights])

private let outputBiasMissing = Mistake<DenseBiases, Matrix>(
  "output-bias-missing", "Your forward pass leaves b₂ out."
) { $0.method == .forward && $0.k == 1 ? $0.biases * 0 : nil }

private let biasMissingInBackward = Mistake<DenseBiases, Matrix>(
  "bias-missing-in-backward",
  "Your backward leaves out b₁ when it computes the hidden layer again; use X·W₁ + b₁."
) { $0.method == .backward && $0.k == 0 ? $0.biases * 0 : nil }

/// With a weight gradient from Z it is a forward pass without ReLU whose values backward uses.
private let reluMissingInForward = Mistake<DenseWay, Matrix>(
  "relu-missing-in-forward", "Your forward has no ReLU in f, unlike your backward."
) { $0.up { $0 } }

private let sum = Site<(x: Matrix, f: Matrix), Matrix>("sum", "Your forward pass ") {
  $0.x + $0.f
} mistakes: {
  Mistake("skip-missing", "returns f(x); the skip connection is missing: x + f(x).") { $0.f }
  Mistake("skip-twice", "adds x twice.") { $0.x + $0.x + $0.f }
  Mistake("skip-through-relu", "adds ReLU(x); the skip connection adds x itself.") {
    Mathematics.relu($0.x) + $0.f
  }
  Mistake(
    "relu-after-sum", "applies ReLU to the sum, as the first ResNets did; here y = x + f(x)."
  ) { Mathematics.relu($0.x + $0.f) }
  Mistake("branch-twice", "adds f(x) to itself; add the inputs x to f(x).") { $0.f + $0.f }
  Mistake("branch-subtracted", "subtracts f(x) from x; add f(x) to x.") { $0.x - $0.f }
  Mistake("product-for-sum", "multiplies x and f(x); add them.") { $0.x * $0.f }
  Mistake("averaged-sum", "averages x and f(x); add them.") { ($0.x + $0.f) / 2 }
}

/// ∂L/∂X = ∂L/∂Y + what comes back through f.
private let inputGradient = Site<(upstream: Matrix, branch: Matrix, x: Matrix), Matrix>("dX") {
  $0.upstream + $0.branch
} mistakes: {
  Mistake(
    "identity-lost",
    "Your dX is that of f alone; the skip connection adds the upstream gradient."
  ) { $0.branch }
  Mistake(
    "identity-twice", "You added the upstream gradient to dX twice; one skip, one upstream."
  ) { $0.upstream + $0.upstream + $0.branch }
  Mistake(
    "identity-is-one",
    "You added 1 to dX for the skip connection; by the chain rule it is 1 · upstream."
  ) { 1 + $0.branch }
  Mistake(
    "branch-lost", "Your dX is the upstream gradient alone; add what comes back through f."
  ) { $0.upstream }
  Mistake(
    "branch-times-identity",
    "You multiplied the gradients of the two paths; where paths join, gradients add."
  ) { $0.upstream * $0.branch }
  Mistake(
    "slope-at-inputs",
    "You multiplied what comes back through f by a slope of ReLU at x; x passed through none."
  ) { $0.upstream + $0.branch * ($0.x .> 0) }
  Mistake(
    "slope-at-sum", "You multiplied dX by a slope of ReLU at x; x passed through none."
  ) { ($0.upstream + $0.branch) * ($0.x .> 0) }
}

private let upstreams = Site<(upstream: Matrix, y: Matrix), Matrix>("upstream") {
  $0.upstream
} mistakes: {
  Mistake(
    "relu-slope-after-sum",
    "You multiplied upstream by a slope of ReLU at y; there is no ReLU after the sum."
  ) { $0.upstream * ($0.y .> 0) }
  Mistake(
    "upstream-ignored", "You started from ones; start from the upstream gradient you are given."
  ) {
    $0.upstream * 0 + 1
  }
}

private let scales = Site<Shape, GradientScale>("scale") {
  _ in
  GradientScale()
} mistakes: {
  Mistake(
    "averaged",
    "You divided by the rows of the batch; where there is a mean, upstream has it already."
  ) { GradientScale(delta: 1 / $0.n) }
  Mistake(
    "parameters-averaged",
    "You averaged the parameters' gradients; a mean over the batch is in upstream already."
  ) { GradientScale(weights: 1 / $0.n, biases: 1 / $0.n) }
  GradientScale.biasesAveraged(delta: { _ in 1 })
}

private let order = Site<[DenseGradient], [DenseGradient]>(
  "layers-swapped",
  "You returned the gradients of the two layers in each other's place: hidden comes first."
) { $0.reversed() }
