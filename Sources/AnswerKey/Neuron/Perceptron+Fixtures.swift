import Exam
import Grading
import KataKit
import SharedAnswers

extension PerceptronSuite {
  /// Misclassified, so that something moves.
  static let oneExample = Case<Fixture>("one example") { generator in
    var fixture = Fixture.draw(rows: 1, features: generator.sizes(1)[0], using: &generator)
    fixture.epochs = 1
    fixture.labels = [fixture.path[0].z > 0 ? 0 : 1]
    return fixture
  }

  static let oneEpoch = Case<Fixture>("one epoch") { generator in
    var fixture = Fixture.draw(rows: 8, features: generator.sizes(1)[0], using: &generator)
    fixture.epochs = 1
    return fixture
  }

  /// With a first z between 0 and ½, so that no other threshold looks like ½.
  static let several = Case<Fixture>("several epochs") { generator in
    let features = generator.sizes(1)[0]
    while true {
      let fixture = Fixture.draw(rows: 8, features: features, using: &generator)
      let first = Fixture.still(fixture).path.prefix(8)
      if first.contains(where: { (0.05...0.45).contains($0.z) }) { return fixture }
    }
  }

  /// Inputs and moves so large that a bound for weights or for the learning rate shows; no earlier epoch ends
  /// where the last does.
  static let manyEpochs = Case<Fixture>("many epochs") { generator in
    let features = generator.sizes(1)[0]
    while true {
      var fixture = Fixture.draw(rows: 12, features: features, using: &generator)
      fixture.inputs *= 10
      (fixture.learningRate, fixture.epochs) = (fixture.learningRate * 5, 120)
      if fixture.path.allSatisfy(\.isClearOfTies), fixture.endsAnew { return fixture }
    }
  }

  /// Inputs of 1e-9, which move nothing and count all the same, and of 1e5.
  static let stretched = Case<Fixture>("tiny and huge inputs") { generator in
    let features = generator.sizes(1)[0]
    while true {
      var fixture = Fixture.draw(rows: 8, features: features, using: &generator)
      for row in 0..<8 {
        fixture.inputs[row, 0] *= 1e-9
        fixture.inputs[row, 1] *= 1e5
      }
      fixture.weights[0] *= 1e9
      fixture.weights[1] *= 1e-5
      if fixture.path.allSatisfy(\.isClearOfTies) { return fixture }
    }
  }

  /// The errors stay where they are when everything that moves is as much larger.
  static let huge = Case<Fixture>("huge weights") { generator in
    var fixture = Fixture.draw(rows: 8, features: generator.sizes(1)[0], using: &generator)
    fixture.weights = fixture.weights.map { 1e9 * $0 }
    fixture.bias *= 1e9
    fixture.learningRate *= 1e9
    return fixture
  }

  static let oneClass = Case<Fixture>("single class") { generator in
    let features = generator.sizes(1)[0]
    while true {
      var fixture = Fixture.draw(rows: 8, features: features, using: &generator)
      fixture.labels = fixture.labels.map { _ in 0 }
      let path = fixture.path
      if path.allSatisfy(\.isClearOfTies), path.contains(where: { !$0.isRight }) {
        return fixture
      }
    }
  }

  static let oneNumber = Case<Fixture>("single number") { generator in
    var fixture = Fixture.draw(rows: 1, features: 1, using: &generator)
    fixture.epochs = 1
    fixture.labels = [fixture.path[0].z > 0 ? 0 : 1]
    return fixture
  }

  static let oneFeature = Case<Fixture>("single feature") { generator in
    .draw(rows: 8, features: 1, using: &generator)
  }

  /// As many features, some of which are alike.
  static let many = Case<Fixture>("many examples") { generator in
    while true {
      var fixture = Fixture.draw(rows: manyRows, features: manyRows + 2, using: &generator)
      fixture.inputs.levelSome()
      if fixture.path.allSatisfy(\.isClearOfTies) { return fixture }
    }
  }

  /// One label of forty is wrong, so that every epoch has an error, and few have more than two.
  static let nearlyRight = Case<Fixture>("few errors") { generator in
    let features = generator.sizes(1)[0]
    while true {
      var fixture = Fixture.draw(rows: 40, features: features, using: &generator)
      let firsts = Fixture.still(fixture).path.prefix(40)
      fixture.labels = firsts.map { $0.z > 0 ? 1 : 0 }
      let row = Int.random(in: 0..<40, using: &generator)
      fixture.labels[row] = 1 - fixture.labels[row]
      (fixture.learningRate, fixture.epochs) = (fixture.learningRate / 20, 4)
      let path = fixture.path
      if path.allSatisfy(\.isClearOfTies), path.prefix(40).count(where: { !$0.isRight }) < 3,
        fixture.endsAnew
      {
        return fixture
      }
    }
  }

  static let noEpoch = Case<Fixture>("no epoch") { generator in
    var fixture = Fixture.draw(rows: 8, features: generator.sizes(1)[0], using: &generator)
    fixture.epochs = 0
    return fixture
  }

  static let orGate = gate("OR gate", labels: [0, 1, 1, 1])
  static let andGate = gate("AND gate", labels: [0, 0, 0, 1])

  /// From zeros, where the first z is exactly 0, to a line that separates the corners of a square. Every
  /// number on the way is a multiple of ½, so that the order of a sum makes no difference to a tie.
  static func gate(_ name: String, labels: [Int]) -> Case<Fixture> {
    let corners: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
    return Case(name) { generator in
      let order = Array(0..<4).shuffled(using: &generator)
      return Fixture(
        weights: [0, 0], bias: 0, inputs: Matrix(order.map { corners[$0] }),
        labels: order.map { labels[$0] }, learningRate: 0.5, epochs: 7)
    }
  }

  /// Small whole numbers of which the first half lies on the boundary of the weights handed in.
  static let ties = Case<Fixture>("ties at 0") { generator in
    let inputs = Matrix(
      (0..<8).map { row in
        let x = Double(Int.random(in: -3...3, using: &generator))
        let away = row < 4 ? 0 : Double.random(in: 0...1, using: &generator) < 0.5 ? 1.0 : -2
        return [x, 2 * x - 1 + away, Double(Int.random(in: 1...3, using: &generator))]
      })
    // So small that nothing but 0 itself is a tie; a power of 2, so that ties stay exact.
    let unit = 0x1p-46
    return Fixture(
      weights: [2 * unit, -unit, 0], bias: -unit, inputs: inputs,
      labels: (0..<8).map { ($0 / 2) % 2 }, learningRate: 0.25 * unit, epochs: 2)
  }

  /// No row is near the plane that decides the labels, an epoch with a single error is followed by
  /// another error, and the last epoch is without one.
  static let separable = Case<Fixture>("separable data") { generator in
    let features = generator.sizes(1)[0]
    while true {
      let plane = Matrix.normal(rows: features, columns: 1, using: &generator)
      let inputs = Matrix.normal(rows: 20, columns: features, using: &generator)
      let margins = (inputs.matmul(plane) + 0.4).elements
      let (above, below) = (
        margins.indices.filter { margins[$0] > 0.4 }, margins.indices.filter { margins[$0] < -0.4 }
      )
      guard above.count >= 4, below.count >= 3 else { continue }
      let rows = (above.prefix(4) + below.prefix(3)).shuffled(using: &generator)
      let fixture = Fixture(
        weights: (-plane).elements, bias: 0.4, inputs: inputs.gather(rows: rows),
        labels: rows.map { margins[$0] > 0 ? 1 : 0 },
        learningRate: .random(in: 0.3...0.9, using: &generator), epochs: 8)
      let path = fixture.path
      let errors = (0..<fixture.epochs).map { epoch in
        path[epoch * rows.count..<(epoch + 1) * rows.count].count { !$0.isRight }
      }
      guard let single = errors.firstIndex(of: 1),
        errors[(single + 1)...].contains(where: { $0 > 0 })
      else { continue }
      if errors[errors.count - 1] == 0, path.allSatisfy(\.isClearOfTies) { return fixture }
    }
  }
}

extension PerceptronExam.Fixture {
  /// Whether the moves are so small that a floor would hide them.
  var isTiny: Bool { learningRate < 1e-9 }

  /// Labels by chance, so that there is no end of errors; drawn until the first epoch gets a label of
  /// either kind right and one wrong, and until it matters in which order the examples come.
  static func draw(
    rows: Int, features: Int, using generator: inout FixtureGenerator
  ) -> PerceptronExam.Fixture {
    while true {
      let fixture = PerceptronExam.Fixture(
        weights: Matrix.normal(
          rows: 1, columns: features, standardDeviation: 0.5, using: &generator
        ).elements,
        bias: .random(in: 0.3...0.9, using: &generator),
        inputs: .normal(rows: rows, columns: features, using: &generator),
        labels: (0..<rows).map { _ in Int.random(in: 0...1, using: &generator) },
        learningRate: .random(in: 0.3...0.9, using: &generator), epochs: 3)
      let path = fixture.path
      guard path.allSatisfy(\.isClearOfTies) else { continue }
      let outcomes = Set(path.prefix(rows).map { [$0.label, $0.isRight ? 1 : 0] })
      if rows == 1 || outcomes.count == 4 && fixture.dependsOnOrder { return fixture }
    }
  }

  struct Step {
    let z: Double
    let label: Int

    var isRight: Bool { label == (z > 0 ? 1 : 0) }

    /// Whether z is not so near 0 that the order of a sum could decide.
    var isClearOfTies: Bool { abs(z) > 1e-3 }
  }

  /// The same without any move.
  static func still(_ fixture: Self) -> Self {
    var still = fixture
    still.learningRate = 0
    return still
  }

  /// Whether the first epoch errs elsewhere when it is taken backwards, or without any move.
  private var dependsOnOrder: Bool {
    func errors(_ fixture: PerceptronExam.Fixture) -> [Bool] {
      fixture.path.prefix(labels.count).map(\.isRight)
    }
    var backwards = self
    backwards.inputs = inputs.gather(rows: labels.indices.reversed())
    backwards.labels = labels.reversed()
    return errors(backwards).reversed() != errors(self) && errors(.still(self)) != errors(self)
  }

  /// Every z that the rule looks at, with its label.
  var path: [Step] { walk.path }

  /// Whether the first weight is not back where an earlier epoch had left it.
  var endsAnew: Bool {
    let ends = walk.ends
    return !ends.dropLast().contains { abs($0 - ends[ends.count - 1]) < 1e-6 }
  }

  /// The steps, and the first weight after every epoch.
  private var walk: (path: [Step], ends: [Double]) {
    var (weights, bias) = (weights, bias)
    let (elements, features) = (inputs.elements, inputs.columns)
    var path: [Step] = []
    var ends: [Double] = []
    for _ in 0..<epochs {
      for (row, label) in labels.enumerated() {
        var z = bias
        for i in 0..<features { z += weights[i] * elements[row * features + i] }
        let step = Step(z: z, label: label)
        path.append(step)
        if step.isRight { continue }
        let move = label == 1 ? learningRate : -learningRate
        for i in 0..<features { weights[i] += move * elements[row * features + i] }
        bias += move
      }
      ends.append(weights[0])
    }
    return (path, ends)
  }
}
