package import Grading
package import KataKit

package enum SoftmaxCrossEntropySuite: Suite {
  /// A batch of logits with targets, and how closely the answers to it can be judged.
  package struct Fixture: Sendable {
    var logits: Matrix
    /// n × classes; rows sum to 1.
    var targets: Matrix
    // 1e-7 inside a logarithm moves loss and gradient by up to 1e-6 where p ≥ 0.1.
    var loss = Acceptance.near(relative: 1e-5, absolute: 1e-6)
    var gradient = Acceptance.near(relative: 1e-5, absolute: 1e-6)
  }

  package static let kata = Kata(
    "softmax-cross-entropy", type: "SoftmaxCrossEntropy", requirement: "SoftmaxCrossEntropyKata",
    title: "probabilities, loss, gradient from logits", track: .loss, minutes: 10)

  package static func subject(of type: any Any.Type) -> (any SoftmaxCrossEntropyKata)? {
    (type as? any SoftmaxCrossEntropyKata.Type)?.init()
  }

  package static func answer(
    of subject: any SoftmaxCrossEntropyKata, to fixture: Fixture
  ) -> [Block] {
    [
      probabilities(of: subject, on: fixture), loss(of: subject, on: fixture),
      gradient(of: subject, on: fixture),
    ]
  }

  private static func probabilities(
    of subject: any SoftmaxCrossEntropyKata, on fixture: Fixture
  ) -> Block {
    Block("probabilities", subject.probabilities(of: fixture.logits), axes: "rows × classes")
  }

  private static func loss(
    of subject: any SoftmaxCrossEntropyKata, on fixture: Fixture
  ) -> Block {
    Block(
      "loss", subject.loss(logits: fixture.logits, targets: fixture.targets),
      acceptance: fixture.loss)
  }

  private static func gradient(
    of subject: any SoftmaxCrossEntropyKata, on fixture: Fixture
  ) -> Block {
    Block(
      "gradient", subject.gradient(logits: fixture.logits, targets: fixture.targets),
      axes: "rows × classes", acceptance: fixture.gradient)
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, classes) = (fixture.logits.rows, fixture.logits.columns)
    return [
      Quantity(rows, "the batch has \(rows) rows"),
      Quantity(classes, "there are \(classes) classes"),
      Quantity(rows * classes, "\(rows) rows × \(classes) classes is \(rows * classes)"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: oneHot),
      .reference("probabilities", on: oneHot, of: { [probabilities(of: $0, on: $1)] }),
      .reference("loss", on: oneHot, of: { [loss(of: $0, on: $1)] }),
      .reference("gradient", on: oneHot, of: { [gradient(of: $0, on: $1)] }),
      .derivative("numerical gradient", on: oneHot, of: "the mean cross-entropy") {
        [derivative(of: $0, on: $1, loss: Mathematics.crossEntropy)]
      },
      .derivative("slope of your loss", on: oneHot, of: "your own loss") { subject, fixture in
        [derivative(of: subject, on: fixture, loss: subject.loss)]
      },
      .reference(on: soft),
      .reference(on: oneRow),
      .reference(on: level),
      .reference(on: unlikely),
      .reference(on: right),
      .reference(on: wrong),
      .reference(on: sunken),
      .property(
        "shifted rows", on: oneHot, holds: "a constant added to a row changes nothing",
        comparing: shifted),
      .property(
        "batch twice over", on: oneHot, holds: "a doubled batch has the same mean loss",
        comparing: doubled),
      .repeatable(on: oneHot),
    ]
  }

  // MARK: Fixtures

  private static let oneHot = Case<Fixture>("one-hot targets") { generator in
    moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
  }

  private static let soft = Case<Fixture>("soft targets") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.targets = .softTargets(
      rows: fixture.logits.rows, classes: fixture.logits.columns, using: &generator)
    return fixture
  }

  private static let oneRow = Case<Fixture>("single row") { generator in
    moderate(rowsAndClasses: [1] + generator.sizes(1, in: 3...5), using: &generator)
  }

  /// Every class as likely as the others, at another level in each row.
  private static let level = Case<Fixture>("equal logits") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.logits =
      fixture.logits * 0 + .normal(rows: fixture.logits.rows, columns: 1, using: &generator)
    return fixture
  }

  /// Targets with probabilities of 3e-6, where a clip at 1e-7 does not show yet (it moves the loss by
  /// 0.3% and the gradient by 3% at most) and one from 4e-6 on does.
  private static let unlikely = Case<Fixture>("unlikely targets") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    let others = (exp(fixture.logits) * (1 - fixture.targets)).sum(axis: 1)
    fixture.logits += fixture.targets * (log(3e-6 * others) - fixture.logits)
    fixture.loss = .near(relative: 0.005)
    fixture.gradient = .near(relative: 0.05)
    return fixture
  }

  private static let right = Case<Fixture>("±1000, all right") { generator in
    extreme(areRight: true, using: &generator)
  }

  /// The loss is some 1000 to 2000 a row; clipped at 1e-7 it is 16, and for a mean over the classes
  /// too, of which there are 5 at most, over 3. Sums over the rows are no concern of this case.
  private static let wrong = Case<Fixture>("±1000, all wrong") { generator in
    var fixture = extreme(areRight: false, using: &generator)
    let loss = Mathematics.crossEntropy(logits: fixture.logits, targets: fixture.targets)
    fixture.loss = .between(
      3...(loss * Double(fixture.logits.rows)).rounded(.up), noise: 0.999)
    return fixture
  }

  /// Every logit near −10000, where exp underflows unless the shift is the row's own maximum.
  private static let sunken = Case<Fixture>("all near −10000") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.logits -= 10000
    return fixture
  }

  /// Logits of which every probability is in 0.12 … 0.7, and one-hot targets.
  private static func moderate(
    rowsAndClasses: [Int], using generator: inout SeededGenerator
  ) -> Fixture {
    let (rows, classes) = (rowsAndClasses[0], rowsAndClasses[1])
    var elements: [Double] = []
    while elements.count < rows * classes {
      let row = Matrix.normal(
        rows: 1, columns: classes, standardDeviation: 0.7, using: &generator)
      let p = Mathematics.softmax(row)
      if p.min() >= 0.12, p.max() <= 0.7 { elements += row.elements }
    }
    return Fixture(
      logits: Matrix(rows: rows, columns: classes, elements: elements),
      targets: .oneHotTargets(rows: rows, classes: classes, using: &generator))
  }

  /// Logits near −1000 but for a peak near 1000 in the first row and every second one after it, with
  /// another some 100 below, and a peak near 0 in the other rows: probabilities are 1 and 0.
  private static func extreme(
    areRight: Bool, using generator: inout SeededGenerator
  ) -> Fixture {
    let sizes = generator.sizes(2, in: 3...5)
    let peaks = Matrix.oneHotTargets(rows: sizes[0], classes: sizes[1], using: &generator)
    var logits = Matrix.uniform(
      rows: sizes[0], columns: sizes[1], in: -1000...(-950), using: &generator)
    var targets = peaks
    for (row, peak) in peaks.argmax(axis: 1).enumerated() {
      let (next, last) = ((peak + 1) % sizes[1], (peak + sizes[1] - 1) % sizes[1])
      logits[row, peak] += row.isMultiple(of: 2) ? 2000 : 1000
      if row.isMultiple(of: 2) { logits[row, next] += 1850 }
      guard !areRight else { continue }
      targets[row, peak] = 0
      targets[row, last] = 1
    }
    return Fixture(logits: logits, targets: targets)
  }

  // MARK: Checks that ask no reference

  private static func derivative(
    of subject: any SoftmaxCrossEntropyKata, on fixture: Fixture,
    loss: @escaping (Matrix, Matrix) -> Double
  ) -> Derivative {
    Derivative(
      "gradient", subject.gradient(logits: fixture.logits, targets: fixture.targets),
      at: fixture.logits, of: { loss($0, fixture.targets) })
  }

  @Sendable private static func shifted(
    _ subject: any SoftmaxCrossEntropyKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var moved = fixture
    for row in 0..<moved.logits.rows {
      for column in 0..<moved.logits.columns { moved.logits[row, column] += Double(row) - 1.5 }
    }
    return (answer(of: subject, to: moved), answer(of: subject, to: fixture))
  }

  /// Of twice the rows, each has half the gradient.
  @Sendable private static func doubled(
    _ subject: any SoftmaxCrossEntropyKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let rows = Array(0..<fixture.logits.rows)
    var twice = fixture
    twice.logits = fixture.logits.gather(rows: rows + rows)
    twice.targets = fixture.targets.gather(rows: rows + rows)
    let expected = answer(of: subject, to: fixture).map { block in
      guard block.value.rows == rows.count else { return block }
      let value = block.value.gather(rows: rows + rows)
      return Block(
        block.name, block.name == "gradient" ? value / 2 : value, acceptance: block.acceptance)
    }
    return (answer(of: subject, to: twice), expected)
  }
}
