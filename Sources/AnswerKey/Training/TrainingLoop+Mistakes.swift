package import Grading
package import KataKit
import SharedAnswers

extension TrainingLoopSuite {
  package static let mistakes = MistakeCatalogue(at: Sites.all)

  package static func reference(at: Computation<Self>) -> any TrainingLoopKata {
    Reference(at: at)
  }

  enum Sites {
    static let all: [any SiteListing] = [
      affine, activations, probabilities, outputs, times, epochEnds, courses, errors, divisors,
      slopes, weightsBack, steps, updates,
    ]

    // MARK: Forward

    static let affine = Site<(product: Matrix, biases: Matrix), Matrix>("affine") {
      $0.product + $0.biases
    } mistakes: {
      Mistake("forward-without-bias", "Your forward pass leaves the biases out.") { $0.product }
    }

    static let activations = Site<Matrix, (a: Matrix, slope: Matrix)>("activation") {
      let a = tanh($0)
      return (a, 1 - a * a)
    } mistakes: {
      Mistake("hidden-relu", "Your hidden layer uses ReLU; use tanh.") {
        (Mathematics.relu($0), $0 .> 0)
      }
      Mistake("hidden-sigmoid", "Your hidden layer uses a sigmoid; use tanh.") {
        let a = sigmoid($0)
        return (a, a * (1 - a))
      }
      Mistake("hidden-linear", "Your hidden layer has no tanh.") { ($0, $0 * 0 + 1) }
    }

    static let probabilities = Site<Matrix, Probabilities>("probability") {
      (sigmoid($0), false)
    } mistakes: {
      Mistake(
        "sigmoid-overflow", "Your sigmoid is ∞/∞ for a large logit; 1/(1 + exp(−z)) never is."
      ) { (exp($0) / (exp($0) + 1), false) }
      Mistake(
        "probability-clipped",
        "You clipped p for the gradient, too; clip p, at 1e-7 or less, inside the loss alone."
      ) { (sigmoid($0).clamped(to: 1e-5...(1 - 1e-5)), true) }
    }

    /// What the error p − y is taken from, and the loss.
    static let outputs = Site<Output, (p: Matrix, loss: Double)>("loss") {
      ($0.p, $0.mean)
    } mistakes: {
      Mistake("loss-summed", "You summed the loss over the batch instead of averaging it.") {
        ($0.p, $0.terms.sum())
      }
      Mistake("loss-halved", "You halved the loss; the mean of the cross-entropy has no factor ½.")
      { ($0.p, $0.mean / 2) }
      Mistake(
        "loss-parentheses",
        "Your minus sign covers only y·ln p; it covers (1 − y)·ln(1 − p) as well."
      ) { ($0.p, $0.mean($0.y * $0.positive - (1 - $0.y) * $0.negative)) }
      Mistake("loss-sign", "Your loss lacks its minus sign.") { ($0.p, -$0.mean) }
      Mistake(
        "loss-squared",
        "Your loss is the mean squared error; use the binary cross-entropy."
      ) { ($0.p, $0.mean(($0.p - $0.y) * ($0.p - $0.y))) }
      Mistake(
        "log-of-zero", "Your loss takes ln 0 where p is 0 or 1; clip p, or work from the logit."
      ) { ($0.p, $0.mean($0.crossEntropy($0.p))) }
      Mistake(
        "loss-clipped",
        "You clipped p, or added ε to p, at more than 1e-7 in the loss; take 1e-7 or less."
      ) {
        let p = $0.p.clamped(to: 1e-5...(1 - 1e-5))
        return ($0.p, $0.mean($0.crossEntropy(p)))
      }
      Mistake("output-linear", "Your output has no sigmoid; p is sigmoid(A·W₂ + b₂).") {
        ($0.z, $0.mean($0.crossEntropy($0.z)))
      }
    }

    // MARK: Epochs

    /// When the loss is taken.
    static let times = Site<Void, Time>("time of the loss") { _ in
      .before
    } mistakes: {
      Mistake("loss-after-update", "You took the loss after the update; the curve wants it before.")
      { _ in .after }
      Mistake(
        "loss-before-and-after",
        "You also kept the loss after the last update; keep one per epoch, from before its update."
      ) { _ in .beforeAndAfter }
    }

    /// Whether an epoch follows.
    static let epochEnds = Site<(losses: [Double], epochs: Int), Bool>("epochs") {
      $0.losses.count < $0.epochs
    } mistakes: {
      Mistake("epoch-too-few", "You stopped one epoch too early.") {
        $0.losses.count < $0.epochs - 1
      }
      Mistake("epoch-too-many", "You went on for one epoch too many.") {
        $0.losses.count < $0.epochs + 1
      }
      Mistake(
        "stops-early",
        "You stopped before the last epoch, where the loss was small already; run all `epochs`."
      ) { ($0.losses.last ?? 1) < 0.01 ? false : nil }
      Mistake(
        "stops-when-stalled", "You stopped once the loss hardly changed; run all `epochs`."
      ) {
        let last = $0.losses.suffix(2)
        return last.count == 2 && abs(last[last.startIndex] - last[last.startIndex + 1]) < 1e-6
          ? false : nil
      }
    }

    // To come back to the start every time and to return it is to update nothing.
    static let courses = Site<Course, Course>("epoch") {
      $0
    } mistakes: {
      Mistake(
        "gradients-accumulate",
        "Your gradients add up from epoch to epoch; start each epoch from zero."
      ) { $0.with(\.carried, $0.latest) }
      Mistake("row-by-row", "You updated after every row; a full batch makes one update an epoch.")
      { $0.with(\.batches, $0.batches.flatMap(\.rows)) }
      Mistake(
        "row-by-row-loss-before",
        "You took the loss of all rows and then a step for every row; take one step an epoch."
      ) { $0.with(\.batches, $0.batches.flatMap(\.rows)).with(\.isLossFirst, true) }
      Mistake(
        "starts-over", "Every epoch starts from the given parameters; go on from the updated ones."
      ) { $0.with(\.network, $0.start) }
      Mistake(
        "forward-once",
        "You ran the forward pass once, before the loop; every epoch has new parameters."
      ) { $0.with(\.seen, $0.start) }
      Mistake("never-updated", "You never updated the parameters.") { $0.with(\.isUpdating, false) }
      Mistake(
        "returns-initial", "You returned the parameters that you were given, not the trained ones."
      ) { $0.with(\.isForgotten, true) }
    }

    // MARK: Backward

    static let errors = Site<(error: Matrix, p: Matrix), Matrix>("error") {
      $0.error
    } mistakes: {
      Mistake(
        "sigmoid-slope-on-top",
        "You multiplied p − y by the sigmoid's slope; in p − y it has canceled already."
      ) { $0.error * $0.p * (1 - $0.p) }
      Mistake(
        "gradient-of-squared-error",
        "You took the gradient of the squared error, 2(p − y)·p·(1 − p); the cross-entropy's is p − y."
      ) { 2 * $0.error * $0.p * (1 - $0.p) }
    }

    /// What p − y is divided by, and the bias gradients and those of the hidden layer once more.
    static let divisors = Site<Double, (delta: Double, biases: Double, hidden: Double)>("scale") {
      ($0, 1, 1)
    } mistakes: {
      Mistake(
        "gradient-summed",
        "You summed the gradient over the batch; the loss is a mean, and so is its gradient."
      ) { _ in (1, 1, 1) }
      Mistake("batch-mean-twice", "You divided the gradient by the batch size twice.") {
        ($0 * $0, 1, 1)
      }
      Mistake(
        "bias-mean-twice",
        "You averaged the bias gradients over the batch although delta is averaged already."
      ) { ($0, $0, 1) }
      Mistake(
        "hidden-mean-twice",
        "You divided the hidden layer's gradients by the batch size again; delta is averaged already."
      ) { ($0, 1, $0) }
      Mistake(
        "hidden-gradient-summed",
        "You averaged the output layer's gradients only; average those of W₁ and b₁, too."
      ) { ($0, 1, 1 / $0) }
    }

    static let slopes = Site<(z: Matrix, a: Matrix, slope: Matrix), Matrix>("slope") {
      $0.slope
    } mistakes: {
      Mistake("tanh-slope-missing", "You did not multiply by the slope of tanh on the way back.") {
        $0.z * 0 + 1
      }
      Mistake(
        "slope-of-activation",
        "You took tanh a second time for its slope; with A = tanh(Z) it is 1 − A²."
      ) { 1 - tanh($0.a) * tanh($0.a) }
      Mistake("slope-of-pre-activation", "You took 1 − Z² for the slope of tanh; use 1 − A².") {
        1 - $0.z * $0.z
      }
      Mistake("slope-unsquared", "You took 1 − A for the slope of tanh; use 1 − A².") {
        1 - $0.a
      }
      Mistake(
        "slope-of-sigmoid", "You took A·(1 − A), the sigmoid's, for the slope of tanh: 1 − A²."
      ) { $0.a * (1 - $0.a) }
    }

    /// The weights that delta goes back through.
    static let weightsBack = Site<(weights: Matrix, gradient: Matrix, rate: Double), Matrix>(
      "weights back"
    ) {
      $0.weights
    } mistakes: {
      Mistake(
        "updates-too-early",
        "You went back through W₂ when it was updated already; take all gradients first."
      ) { $0.weights - $0.rate * $0.gradient }
    }

    // MARK: Update

    static let steps = Site<Double, Double>("step") {
      $0
    } mistakes: {
      Mistake("ascending", "You added the gradient; to descend, subtract it.") { -$0 }
      Mistake("learning-rate-missing", "You did not multiply the gradient by the learning rate.") {
        _ in
        1
      }
    }

    /// The network from here on, and what is returned of it.
    static let updates = Site<Update, Update.Outcome>("parameters") {
      $0.freezing()
    } mistakes: {
      Mistake("bias-not-summed", "You did not sum the bias gradients over the rows of the batch.") {
        let next = $0.moved(summing: false)
        return (next, next)
      }
      Mistake("hidden-frozen", "You never updated the hidden layer, W₁ and b₁.") {
        $0.freezing(\.hidden.weights, \.hidden.biases)
      }
      Mistake("output-frozen", "You never updated the output layer, W₂ and b₂.") {
        $0.freezing(\.output.weights, \.output.biases)
      }
      Mistake("weights-frozen", "You never updated the weights.") {
        $0.freezing(\.hidden.weights, \.output.weights)
      }
      Mistake("hidden-weights-frozen", "You never updated W₁.") { $0.freezing(\.hidden.weights) }
      Mistake("output-weights-frozen", "You never updated W₂.") { $0.freezing(\.output.weights) }
      Mistake("biases-frozen", "You never updated the biases.") {
        $0.freezing(\.hidden.biases, \.output.biases)
      }
      Mistake("hidden-bias-frozen", "You never updated b₁.") { $0.freezing(\.hidden.biases) }
      Mistake("output-bias-frozen", "You never updated b₂.") { $0.freezing(\.output.biases) }
      Mistake(
        "returns-initial-hidden",
        "You returned the hidden layer that you were given, not the trained one."
      ) { $0.returningInitial(\.hidden) }
      Mistake(
        "returns-initial-output",
        "You returned the output layer that you were given, not the trained one."
      ) { $0.returningInitial(\.output) }
    }

    private static func sigmoid(_ z: Matrix) -> Matrix { z.map { 1 / (1 + exp(-$0)) } }
  }
}
