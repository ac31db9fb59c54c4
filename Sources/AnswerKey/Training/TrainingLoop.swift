package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum TrainingLoopSuite: Suite {
  package typealias Paper = TrainingLoopExam

  package static let kata = Kata(
    Paper.self, title: "gradient descent, epoch after epoch, on XOR", track: .training,
    minutes: 20)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    // 1e-7 inside a logarithm moves a loss by up to 1e-6, and the gradient of whoever divides by p by as
    // much.
    let near = Acceptance.near(relative: 1e-5, absolute: 1e-6)
    if fixture.isClimbing { return answer.map { Block($0, acceptance: .anyNumber) } }
    let lossOfLargeLogits = fixture.lossOfLargeLogits
    let isLearned = fixture.isLearned || fixture.isNearlyLearned
    let blocks = answer.map { part in
      if part.name != "losses" {
        // What a clipped p leaves of the rows on the right side is judged where there are no others.
        return Block(part, acceptance: lossOfLargeLogits == nil ? near : .near(relative: 1e-2))
      }
      if isLearned { return Block(part, acceptance: .between(-2e-7...6e-7, noise: 1)) }
      return Block(part, acceptance: lossOfLargeLogits.map { .between($0, noise: 0.999) } ?? near)
    }
    return fixture.isNearlyLearned ? blocks.prefix(1) + errors(of: answer, fixture) : blocks
  }

  /// How far the parameters are off, where a clipped p moves them: by how much does not tell mistakes apart.
  private static func errors(of answer: [Part], _ fixture: Fixture) -> [Block] {
    let truth = fixture.parametersAfterward
    return answer.dropFirst().enumerated().map { index, part in
      guard truth.indices.contains(index), part.value.shape == truth[index].shape else {
        return Block(part)
      }
      let error = abs(part.value - truth[index]).max() / fixture.reachOfClipping[index]
      return Block(
        "error of \(part.name), in what clipping p at 1e-7 moves", error,
        acceptance: .between(0...1, noise: 1))
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, inputs, units) = (
      fixture.inputs.rows, fixture.inputs.columns, fixture.hidden.weights.columns
    )
    return [
      Quantity(rows, "the batch has \(rows) rows"),
      Quantity(inputs, "there are \(inputs) inputs"),
      Quantity(units, "there are \(units) hidden units"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: several, to: .run),
      .reference("first loss", on: first, to: .run, judging: { $0.name == "losses" }),
      .reference("output layer, once", on: first, to: .run, judging: { $0.name.last == "₂" }),
      .reference("hidden layer, once", on: first, to: .run, judging: { $0.name.last == "₁" }),
      .derivative(
        "numerical gradient", on: first, to: .run, of: "the mean binary cross-entropy",
        derivatives: derivatives),
      .inDoublePrecision(on: several, to: .run, within: 5e-9) { blocks, _ in
        blocks.filter { $0.name != "losses" }
      },
      .reference(on: several, to: .run),
      .reference(on: none, to: .run),
      .reference(on: oneRow, to: .run),
      .reference(on: oneInput, to: .run),
      .reference(on: oneUnit, to: .run),
      .reference(on: noisyXOR, to: .run),
      xorIsLearned,
      .reference(on: long, to: .run),
      .reference(climbing.name, on: climbing, to: .run) { blocks, _ in
        blocks.map {
          $0.name == "losses"
            ? $0 : Block($0.name, $0.value, acceptance: .near(relative: 1e-4, absolute: 1e-6))
        }
      },
      .reference(on: mistaken, to: .run),
      .reference(on: saturated, to: .run),
      .reference(on: learned, to: .run),
      .reference(on: nearlyLearned, to: .run),
      sameAsOneRun(
        "two runs for one", .interrupted, holds: "two epochs and then the rest are all of them"),
      sameAsOneRun(
        "batch twice over", .doubled, holds: "a doubled batch takes the same steps"),
    ]
  }

  // MARK: Checks that ask more

  /// Long enough to see it learn; 40 epochs take it to a loss below 0.2 from any of 300 starts.
  private static let xorIsLearned = Check<Self>("XOR", on: xor, to: .run) {
    (answered) throws(Finding) in
    if let finding = answered.blocks.finding(against: answered.truth) { throw finding }
    let losses = answered.parts.value("losses").elements
    return "loss \(Numbers.brief(losses[0], digits: 2)) → "
      + "\(Numbers.brief(losses[losses.count - 1], digits: 2)) in \(losses.count) epochs"
  }

  /// What the first epoch moved, over −learningRate, is the gradient.
  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let parameters: [(String, WritableKeyPath<Fixture, Matrix>)] = [
      ("W₂", \.output.weights), ("b₂", \.output.biases), ("W₁", \.hidden.weights),
      ("b₁", \.hidden.biases),
    ]
    return parameters.map { name, parameter in
      let (fixture, moved) = (answered.fixture, answered.parts.value(name))
      let point = fixture[keyPath: parameter]
      let gradient =
        moved.shape == point.shape ? (point - moved) / fixture.learningRate : moved
      return Derivative("d" + name, gradient, at: point) {
        var fixture = fixture
        fixture[keyPath: parameter] = $0
        return fixture.loss
      }
    }
  }

  /// Gradient descent has no memory but its parameters, and its loss is a mean.
  private static func sameAsOneRun(
    _ name: String, _ script: Script, holds: String
  ) -> Check<Self> {
    Check(
      name, asking: [Question(on: several, to: script), Question(on: several, to: .run)]
    ) { (answers) throws(Finding) in
      if let finding = answers[0].blocks.finding(against: answers[1].blocks) {
        throw finding
      }
      return holds
    }
  }

  // MARK: Pictures

  package static var pictures: [PictureQuestion<Self>] {
    [
      PictureQuestion(on: longXOR, to: .run) { answered in
        .curve(
          title: "loss on XOR, epoch by epoch",
          yours: answered.parts.value("losses").elements,
          expected: answered.trueParts.value("losses").elements)
      },
      PictureQuestion(on: longXOR, to: .run, draw: plane),
    ]
  }

  @Sendable private static func plane(_ answered: Answered<Self>) -> Picture? {
    let (parts, truth) = (answered.parts, answered.trueParts)
    guard parts.map(\.name) == truth.map(\.name),
      parts.map(\.value.shape) == truth.map(\.value.shape)
    else { return nil }
    let (rows, columns) = (21, 42)
    // From 1.5 at the top to −0.5, and from −0.5 on the left to 1.5.
    let values = (0..<rows).map { row in
      let y = 1.5 - 2 * Double(row) / Double(rows - 1)
      let points = Matrix(
        (0..<columns).map { [2 * Double($0) / Double(columns - 1) - 0.5, y] })
      let logits =
        tanh(points.matmul(parts.value("W₁")) + parts.value("b₁")).matmul(parts.value("W₂"))
        + parts.value("b₂")
      return logits.map { 1 / (1 + exp(-$0)) }.elements
    }
    guard values.joined().allSatisfy(\.isFinite) else { return nil }
    return .plane(
      title: "what your network says of the unit square and around it", values: values,
      boundary: 0.5,
      marks: (0..<answered.fixture.inputs.rows).map { row in
        Picture.Mark(
          x: (answered.fixture.inputs[row, 0] + 0.5) / 2,
          y: (1.5 - answered.fixture.inputs[row, 1]) / 2,
          isAbove: answered.fixture.targets[row, 0] > 0.5)
      })
  }
}
