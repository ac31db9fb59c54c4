package import Exam
package import Grading
import KataKit
import Numerics
import SharedAnswers

package enum SymmetryBreakingSuite: Suite {
  package typealias Paper = SymmetryBreakingExam

  package static let kata = Kata(
    Paper.self, title: "why units that start alike stay alike", track: .initialization, minutes: 15,
    additions: [
      Addition(
        "distinctUnits(in:inputs:)",
        "distinctUnits(in:inputs:) is given the hidden layer and a batch, and compares activations."
      )
    ])

  package static func quantities(of fixture: SymmetryFixture) -> [Quantity] {
    [
      Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows"),
      Quantity(fixture.targets.columns, "there are \(fixture.targets.columns) classes"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: oneStep, to: .train),
      .reference("one step", on: oneStep, to: .train),
      .derivative(
        "numerical gradient", on: oneStep, to: .train, of: "the mean cross-entropy",
        derivatives: derivatives),
      .inDoublePrecision(on: oneStep, to: .train, within: 5e-9),
      .reference(on: severalSteps, to: .train),
      .reference("no steps", on: noSteps, to: .train),
      .reference("square layers", on: square, to: .train),
      .reference("single row", on: singleRow, to: .train),
      .reference(on: oneInput, to: .train),
      .reference(on: oneUnit, to: .train),
      .reference(on: manyRowsOfBatch, to: .train),
      .reference(on: manySteps, to: .train),
      .reference(on: largeInputs, to: .train),
      .reference(on: nearlyLearned, to: .train),
      .reference("units in groups", on: groups, to: .count),
      .reference("one number apart", on: apart, to: .count),
      .reference("opposite units", on: opposite, to: .count),
      .reference("alike on one row", on: alikeOnOneRow, to: .count),
      .reference("saturated units", on: saturated, to: .count),
      .reference("almost equal", on: almost, to: .count),
      .reference(apartOnOneRow.name, on: apartOnOneRow, to: .count),
      .reference(on: manyUnits, to: .count),
      .reference("single unit", on: singleUnit, to: .count),
      course(from: zeros, holds: "only the output biases learn"),
      course(from: copies, holds: "copies learn, and stay copies"),
      course(from: disturbed, holds: "it goes its own way: two units, not one"),
      course(from: zeroHidden, holds: "weights out that differ are enough"),
    ]
  }

  /// The layers after training, and how many different units are left of them.
  private static func course(from probe: Case<SymmetryFixture>, holds: String) -> Check<Self> {
    .property(probe.name, on: probe, to: .trainAndCount, holds: holds) { ($0.blocks, $0.truth) }
  }

  // MARK: Checks that ask no reference

  /// What a step takes away, by the learning rate.
  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let fixture = answered.fixture
    return zip(fixture.layers, layers(in: answered.parts)).enumerated().reversed().flatMap {
      index, pair in
      let (before, after) = pair
      func gradient(_ before: Matrix, _ after: Matrix) -> Matrix {
        before.shape == after.shape ? (before - after) / fixture.learningRate : after
      }
      return [
        Derivative(
          Numbers.subscripted("dW", index + 1), gradient(before.weights, after.weights),
          at: before.weights,
          of: { weights in
            var moved = fixture
            moved.layers[index].weights = weights
            return moved.loss
          }),
        Derivative(
          Numbers.subscripted("db", index + 1), gradient(before.biases, after.biases),
          at: before.biases,
          of: { biases in
            var moved = fixture
            moved.layers[index].biases = biases
            return moved.loss
          }),
      ]
    }
  }

  /// The networks of two layers that an answer lists, one after the other.
  private static func networks(in answer: [Part]) -> [[DenseLayer]] {
    let layers = layers(in: answer)
    return stride(from: 0, to: layers.count - 1, by: 2).map { Array(layers[$0...$0 + 1]) }
  }

  /// The layers that an answer lists.
  private static func layers(in answer: [Part]) -> [DenseLayer] {
    stride(from: 0, to: answer.count - 1, by: 2).map {
      DenseLayer(weights: answer[$0].value, biases: answer[$0 + 1].value)
    }
  }

  // MARK: Pictures

  /// The loss over eighty steps from three beginnings.
  package static var pictures: [PictureQuestion<Self>] {
    let starts = Case<SymmetryFixture>("three beginnings") { generator in
      var random = SymmetryFixture.draw([20, 3, 6, 3], steps: 80, using: &generator)
      random.learningRate = 1
      let copied = random.with(units: Array(repeating: random.unit(using: &generator), count: 6))
      random.otherStarts = [copied.layers, random.layers]
      random.layers = random.zeroed(0...1).layers
      return random
    }
    return [
      PictureQuestion(on: starts, to: .courses) { answered in
        let fixture = answered.fixture
        let starts = [fixture.layers] + fixture.otherStarts
        let parts = answered.parts
        guard parts.map(\.value.shape) == answered.trueParts.map(\.value.shape) else { return nil }
        let courses = starts.enumerated().map { index, start in
          let size = parts.count / starts.count
          let course = parts[index * size..<(index + 1) * size]
          return ([start] + networks(in: Array(course))).map { layers in
            var moved = fixture
            moved.layers = layers
            return moved.loss
          }
        }
        let names = ["from zeros", "from six copies of a unit", "from random weights"]
        return .curve(
          title: "loss over 80 steps of your training",
          series: zip(names, courses).map { .init($0, $1) })
      }
    ]
  }
}
