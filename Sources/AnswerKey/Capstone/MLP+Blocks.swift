package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

extension MLPSuite {
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    switch fixture {
    case .start(let widths, _, _): return start(answer, widths)
    case .prediction(_, _, let inputs): return predicted(answer, rows: inputs.rows)
    case .training(let training): return trained(answer, training)
    case .shuffling(let training):
      return MLPOrders(of: training).blocks(of: answer.map(\.value.elements))
    case .accuracy, .lesson: return answer.map { Block($0) }
    }
  }

  // MARK: Before training

  /// Of a small network its shapes and whether it is drawn; of a large one how it is distributed.
  ///
  /// Nothing depends on the order of the draws.
  private static func start(_ answer: [Part], _ widths: [Int]) -> [Block] {
    let weights = answer.values("weights")
    if widths[0] >= 20 {
      return zip(zip(weights, answer.values("biases")), widths).enumerated().flatMap {
        statistics(of: $1.0, $0, fanIn: $1.1)
      }
    }
    let isDrawn =
      zip(answer.values("another weights"), weights).allSatisfy { $0 != $1 }
      || weights.allSatisfy { $0.sum() == 0 }
    return parameters(answer, acceptance: .anyNumber).joined() + [
      Block("weights change with the generator", isDrawn ? 1 : 0)
    ]
  }

  private static func statistics(
    of layer: (weights: Matrix, biases: Matrix), _ index: Int, fanIn: Int
  ) -> [Block] {
    let sample = Sample(layer.weights.elements)
    let count = max(1, sample.elements.count)
    let name = Numbers.subscripted("W", index + 1)
    return [
      Block(
        "variance of \(name) over 2/fanIn", sample.variance * Double(fanIn) / 2,
        acceptance: .between(
          Chance.varianceRatios(count: count), noise: 8 / Double(count).squareRoot())),
      Block(
        "mean of \(name) · √n/s", sample.standardizedMean,
        acceptance: .between(-Chance.deviations...Chance.deviations, noise: 0.5)),
      Block(
        "share of different weights in \(name)", sample.distinctShare,
        acceptance: .between(0.9...1, noise: 0.01)),
      Block(
        "largest of \(Numbers.subscripted("b", index + 1))",
        layer.biases.elements.map(abs).max() ?? 0),
    ]
  }

  // MARK: Prediction

  /// Where there is not one class a row, it does not matter which there are.
  private static func predicted(_ answer: [Part], rows: Int) -> [Block] {
    answer.map { part in
      part.value.count == rows
        ? Block(part) : Block(part.name, part.value.map { _ in 0 }, axes: part.axes)
    }
  }

  // MARK: Training

  /// Whether the draws of `fit` make any difference, then losses and parameters, which are blank if so.
  private static func trained(_ answer: [Part], _ training: MLPExam.Training) -> [Block] {
    if training.isTiny { return answer.map { Block($0, acceptance: .anyNumber) } }
    if training.isSorted {
      return answer.prefix(1).map { Block($0, acceptance: .anyNumber) }
    }
    let blocks = outcome(answer, training)
    if training.batchSize < training.examples.labels.count { return blocks }
    let firstLosses = ["losses", "losses with other draws"].map(answer.number)
      .filter(\.isFinite)
    let isSame =
      firstLosses.count < 2
      || abs(firstLosses[0] - firstLosses[1]) <= 1e-9 * abs(firstLosses[0])
    let judged =
      isSame
      ? blocks
      : blocks.map { Block($0.name, $0.value.map { _ in 0 }, acceptance: $0.acceptance) }
    return [Block("first losses that depend on the generator", isSame ? 0 : 1)] + judged
  }

  private static func outcome(_ answer: [Part], _ training: MLPExam.Training) -> [Block] {
    // Adam's ε beside the root, inside it or as TensorFlow's ε̂ moves a parameter by less than 1e-4 here.
    let near =
      training.optimizer == .adam ? Acceptance.near(relative: 1e-4, absolute: 1e-6) : .near()
    let hugeLoss = training.hugeLoss
    let curve = answer.prefix(1).map { part in
      if training.isClimbing { return Block(part, acceptance: .anyNumber) }
      return Block(part, acceptance: hugeLoss.map { .between($0, noise: 1e-6) } ?? near)
    }
    // Steps of 5 magnify what ε does.
    let parameters = parameters(
      answer, acceptance: training.isClimbing ? .near(relative: 0.02) : near
    ).reversed().joined()
    if hugeLoss != nil {
      let unreal = parameters.reduce(0) { $0 + $1.value.elements.count { !$0.isFinite } }
      return curve + [Block("parameters that are no numbers", Double(unreal))]
    }
    let accuracy = answer.filter { $0.name == "accuracy on other rows" }
    return curve + parameters + accuracy.map { Block($0) }
  }

  /// Weights and biases of every layer.
  private static func parameters(_ answer: [Part], acceptance: Acceptance) -> [[Block]] {
    zip(answer.values("weights"), answer.values("biases")).enumerated().map { index, layer in
      [
        Block(
          Numbers.subscripted("W", index + 1), layer.0, axes: "inputs × outputs",
          acceptance: acceptance),
        Block(
          Numbers.subscripted("b", index + 1), layer.1, axes: "1 × outputs",
          acceptance: acceptance),
      ]
    }
  }
}
