import Exam
package import Grading
import KataKit
import SharedAnswers

extension MLPSuite {
  package static let mistakes = MistakeCatalogue(at: Start.all + Pass.all + Score.all + Course.all)

  package static func reference(at: Computation<Self>) -> Subject {
    { widths, generator in Reference(widths: widths, at: at, using: &generator) }
  }

  /// How the layers are drawn.
  enum Start {
    static let all: [any SiteListing] = [deviation, source, isDrawnAnew]

    static let deviation = Site<(fanIn: Double, fanOut: Double), Double>("weights") {
      (2 / $0.fanIn).squareRoot()
    } mistakes: {
      Mistake(
        "zero-weights", "Your weights begin at 0, where every unit of a layer learns the same."
      ) { _ in 0 }
      Mistake(
        "tiny-weights",
        "Your weights begin with a deviation of 0.01, whatever the fan-in is; He's is √(2/fanIn)."
      ) { _ in 0.01 }
      Mistake(
        "standard-normal-weights",
        "Your weights begin with a deviation of 1, whatever the fan-in is; He's is √(2/fanIn)."
      ) { _ in 1 }
      Mistake(
        "lecun-weights",
        "Your weights begin with a variance of 1/fanIn; ReLU keeps half, so He's is 2/fanIn."
      ) { (1 / $0.fanIn).squareRoot() }
      Mistake(
        "fan-out-weights", "Your weights begin with a variance of 2/fanOut; He's is 2/fanIn."
      ) { (2 / $0.fanOut).squareRoot() }
      Mistake(
        "xavier-weights",
        "Your weights begin with Xavier's variance, 2/(fanIn + fanOut); He's is 2/fanIn."
      ) { (2 / ($0.fanIn + $0.fanOut)).squareRoot() }
    }

    typealias Draw = (inout SeededGenerator) -> [DenseLayer]

    static let source = Site<(layers: [DenseLayer], draw: Draw), [DenseLayer]>("source") {
      $0.layers
    } mistakes: {
      Mistake(
        "own-seed", "You drew the weights from a generator of your own; use the one you are given."
      ) {
        var generator = SeededGenerator(seed: 42)
        return $0.draw(&generator)
      }
    }

    /// Whether `fit` draws the layers.
    static let isDrawnAnew = Site<Bool, Bool>(
      "layers-drawn-anew", "fit draws new layers; continue from the existing ones."
    ) { _ in true }
  }

  /// Forward and backward through the layers, and the step.
  enum Pass {
    static let all: [any SiteListing] = [
      affine, activation, probabilities, logits, divisor, slope, gradient, step, direction,
    ]

    static let affine = Site<(product: Matrix, biases: Matrix, isPrediction: Bool), Matrix>("bias")
    {
      $0.product + $0.biases
    } mistakes: {
      Mistake("bias-missing", "Your forward pass leaves the biases out.") { $0.product }
      Mistake(
        "predict-without-bias", "predict leaves out the biases; use the same forward pass as fit."
      ) { $0.isPrediction ? $0.product : nil }
    }

    static let activation = Site<Matrix, (a: Matrix, slope: Matrix)>("activation") {
      (Mathematics.relu($0), $0 .> 0)
    } mistakes: {
      Mistake("relu-missing", "Your forward pass has no ReLU between the layers.") {
        ($0, $0 * 0 + 1)
      }
    }

    /// Probabilities and their logarithms, and what the largest is looked for in.
    typealias Probabilities = (p: Matrix, logP: Matrix, scores: Matrix)

    static let probabilities = Site<Matrix, Probabilities>("softmax") {
      (Mathematics.softmax($0), Mathematics.logSoftmax($0), $0)
    } mistakes: {
      Mistake("softmax-over-columns", "Your softmax runs down the columns; take it along each row.")
      {
        let p = Softmax(shift: .columnMaximum, divisor: .columnSums)($0)
        return (p, log(p), p)
      }
      Mistake(
        "overflowing-softmax",
        "Your softmax overflows for large logits; subtract each row's maximum before exp."
      ) {
        let p = Softmax(shift: .none)($0)
        return (p, log(p), p)
      }
    }

    static let logits = Site<Matrix, Matrix>(
      "relu-on-output",
      "You applied ReLU to the last layer, too; softmax takes its logits as they are."
    ) { Mathematics.relu($0) }

    /// What p − y is divided by.
    static let divisor = Site<Double, Double>(
      "gradient-summed",
      "You summed the gradient over the batch; a smaller batch then takes a smaller step."
    ) { _ in 1 }

    static let slope = Site<(delta: Matrix, slope: Matrix), Matrix>("slope") {
      $0.delta * $0.slope
    } mistakes: {
      Mistake(
        "relu-slope-missing",
        "Delta comes back through ReLU unchanged; it is 0 where z < 0. (ReLU(z) >= 0 always holds.)"
      ) { $0.delta }
    }

    static let gradient = Site<(gradient: DenseGradient, isLast: Bool), DenseGradient>(
      "trained parameters"
    ) {
      $0.gradient
    } mistakes: {
      Mistake("biases-frozen", "You never updated the biases.") {
        DenseGradient(weights: $0.gradient.weights, biases: $0.gradient.biases * 0)
      }
      Mistake("last-layer-only", "You trained the last layer only.") {
        $0.isLast
          ? nil
          : DenseGradient(weights: $0.gradient.weights * 0, biases: $0.gradient.biases * 0)
      }
    }

    typealias Adam = Reference.Adam

    /// The moves of all parameters, and what Adam is then.
    static let step = Site<Adam.Step, (moves: [Matrix], adam: Adam)>("Adam") {
      ($0.isFirst ? $0.fresh : $0.adam).moves($0)
    } mistakes: {
      Mistake("plain-gradient", "You stepped along the gradient itself; use Adam.") { step in
        (step.gradients.map { step.rate * $0 }, step.adam)
      }
      Mistake("no-correction", "You left out Adam's bias correction, m/(1 − β₁ᵗ) and v/(1 − β₂ᵗ).")
      { ($0.isFirst ? $0.fresh : $0.adam).moves($0, correcting: false) }
      Mistake("adam-without-root", "You divided by v̂; divide by its root, √v̂.") {
        ($0.isFirst ? $0.fresh : $0.adam).moves($0, takesRoot: false)
      }
      Mistake("betas-swapped", "You swapped β₁ and β₂; 0.9 is for m and 0.999 for v.") {
        ($0.isFirst ? $0.fresh : $0.adam).moves($0, betas: (0.999, 0.9))
      }
      Mistake(
        "steps-counted-by-epoch",
        "You counted t once an epoch; every batch is a step of Adam: count it."
      ) { ($0.isFirst ? $0.fresh : $0.adam).moves($0, isCounted: $0.isFirstOfEpoch) }
      Mistake(
        "state-reset-each-epoch",
        "Adam's m, v and t start over in every epoch; keep them for the whole call of fit."
      ) { ($0.isFirstOfEpoch ? $0.fresh : $0.adam).moves($0) }
      Mistake(
        "state-reset-each-step",
        "Adam's m, v and t start over with every batch; keep them for the whole call of fit."
      ) { $0.fresh.moves($0) }
      Mistake(
        "state-kept-across-calls",
        "Adam's m, v and t survive from one call of fit to the next; start them over in each call."
      ) { $0.adam.moves($0) }
    }

    static let direction = Site<Matrix, Matrix>(
      "ascending", "You added the step; to descend, subtract it."
    ) { -$0 }
  }

  /// What is made of the logits, once trained.
  enum Score {
    static let all: [any SiteListing] = [classes, examples, accuracy]

    static let classes = Site<Matrix, [Int]>("classes") {
      $0.argmax(axis: 1)
    } mistakes: {
      Mistake(
        "argmax-over-columns",
        "You took the largest of each column; the class of a row is the largest of the row."
      ) { $0.argmax(axis: 0) }
    }

    static let examples = Site<(asked: Examples, trained: Examples?), Examples>("examples") {
      $0.asked
    } mistakes: {
      Mistake(
        "accuracy-of-training-data",
        "Your accuracy is that of the training rows, not of the rows it is given."
      ) { $0.trained }
    }

    static let accuracy = Site<(predicted: [Int], labels: [Int], p: Matrix), Double>("accuracy") {
      share(of: $0.predicted, equalTo: $0.labels)
    } mistakes: {
      Mistake(
        "compares-probabilities",
        "You compared probabilities with the labels, entry by entry; compare predicted classes."
      ) {
        let targets = Matrix.identity($0.p.columns).gather(rows: $0.labels)
        return share(of: $0.p.elements.map { $0.rounded() }, equalTo: targets.elements)
      }
      Mistake("accuracy-in-percent", "Your accuracy is in percent; return a share, from 0 to 1.") {
        100 * share(of: $0.predicted, equalTo: $0.labels)
      }
    }

    private static func share<T: Equatable>(of answers: [T], equalTo truth: [T]) -> Double {
      Double(zip(answers, truth).count { $0 == $1 }) / Double(truth.count)
    }
  }

  /// What an epoch goes through, and its loss.
  enum Course {
    static let all: [any SiteListing] = [order, batches, losses]

    static let order = Site<Rows, Rows>("order") {
      $0.shuffled()
    } mistakes: {
      Mistake("no-shuffle", "You did not shuffle the rows.") { $0 }
      Mistake("shuffled-once", "You shuffled the rows once; every epoch has an order of its own.") {
        $0.epoch == 0 ? $0.shuffled() : $0
      }
      Mistake(
        "batches-shuffled-only",
        "You shuffled the batches, and each has the same rows in every epoch; shuffle the rows."
      ) { $0.shuffled(\.batches) }
      Mistake(
        "pairs-torn-apart",
        "You shuffled inputs and labels apart, so that they no longer belong together."
      ) { $0.shuffled().shuffled(\.labels) }
      Mistake(
        "drawn-with-replacement",
        "You drew the rows of an epoch with replacement; every row comes once."
      ) { $0.redrawn() }
    }

    static let batches = Site<(order: [Int], size: Int), [[Int]]>("batches") {
      cut($0.order, $0.size)
    } mistakes: {
      Mistake("first-batch-only", "You trained on the first batch of every epoch only.") {
        Array(cut($0.order, $0.size).prefix(1))
      }
      Mistake(
        "last-batch-dropped", "You left out the last batch where it is smaller than the others."
      ) { rows in
        cut(rows.order, rows.size).filter { $0.count == rows.size }
      }
      Mistake("batch-size-ignored", "You took all rows as one batch; an epoch is cut into batches.")
      { [$0.order] }
    }

    static func cut(_ order: [Int], _ size: Int) -> [[Int]] {
      stride(from: 0, to: order.count, by: size).map {
        Array(order[$0..<min($0 + size, order.count)])
      }
    }

    /// The losses of the batches of an epoch, and how many rows there are in each and in all.
    typealias Losses = (ofBatches: [Double], counts: [Int], rows: Int)

    static let losses = Site<Losses, [Double]>("loss") {
      [sum($0) / Double($0.rows)]
    } mistakes: {
      Mistake(
        "loss-summed", "You summed the loss over the rows; the loss of an epoch is their mean."
      ) { [sum($0)] }
      Mistake(
        "loss-of-batches-averaged",
        "You averaged over batches; a smaller last one counts by its rows in the mean over all."
      ) { [$0.ofBatches.reduce(0, +) / Double($0.ofBatches.count)] }
      Mistake(
        "loss-of-last-batch",
        "You returned the loss of the last batch; the loss of an epoch is the mean over all rows."
      ) { $0.ofBatches.isEmpty ? nil : $0.ofBatches.suffix(1) }
      Mistake(
        "loss-of-every-batch", "You returned the loss of every batch; return one number per epoch."
      ) { $0.ofBatches }
    }

    private static func sum(_ losses: Losses) -> Double {
      zip(losses.ofBatches, losses.counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
  }
}
