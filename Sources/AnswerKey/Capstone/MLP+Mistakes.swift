import Exam
package import Grading
import KataKit
import SharedAnswers

extension MLPSuite {
  package static let mistakes = MistakeCatalogue(at: Start.all + Pass.all + Score.all + Course.all)

  package static func reference(at: Computation<Self>) -> Subject {
    { widths, activations, generator in
      Reference(widths: widths, activations: activations, at: at, using: &generator)
    }
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
}
