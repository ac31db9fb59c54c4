import Exam
import Grading
import KataKit
import Numerics
import SharedAnswers

/// What went into a dropout layer and what came out of it, call after call.
///
/// Nothing that is told of it depends on which entries were dropped.
struct DropoutRuns {
  private let fixture: DropoutExam.Fixture
  /// The probability that an entry is kept, and what it is called.
  private let keep: Double
  private let when: String
  private let outputs: [Matrix]
  private let gradients: [Matrix]
  /// The gradients of twice the upstream.
  private let doubles: [Matrix]

  /// The passes in training, or those at test time, where all is kept.
  init(_ answer: [Part], of fixture: DropoutExam.Fixture, isTraining: Bool) {
    self.fixture = fixture
    keep = isTraining ? 1 - fixture.p : 1
    when = isTraining ? "" : "at test time, "
    outputs = answer.values(when + "output")
    gradients = answer.values(when + "gradient")
    doubles = answer.values(when + "gradient of 2·upstream")
  }

  var shapes: [Block] {
    let output = outputs.first ?? Matrix(rows: 0, columns: 0)
    return [
      Block("output", output, axes: "as x", acceptance: .anyNumber),
      Block("gradient", gradients.first ?? output, axes: "as x", acceptance: .anyNumber),
    ]
  }

  private func isShaped(_ matrices: [Matrix]) -> Bool {
    !matrices.isEmpty && matrices.count == outputs.count
      && matrices.allSatisfy { $0.shape == fixture.x.shape }
  }

  private func stacked(_ matrix: Matrix) -> Matrix {
    Matrix(stacked: Array(repeating: matrix, count: outputs.count))
  }

  /// What is 0 and what is x/keep.
  var outputBlocks: [Block] {
    let names = [
      "share of outputs that are no numbers", "share of outputs other than 0 where x is 0",
      "kept output / x", "share of outputs neither 0 nor so", "share of outputs that are just x",
    ].map { when + $0 }
    guard isShaped(outputs) else { return names.map { Block($0, .nan) } }
    let (x, output) = (stacked(fixture.x), Matrix(stacked: outputs))
    let absent = 1 - (abs(x) .> 0)
    let isKept = abs(output) .> 0
    let change = abs(output - x) / (abs(x) + absent)
    let isUntouched = (change .<= 1e-12) * (1 - absent)
    let scale = Scale(of: output, over: x + absent, where: isKept * (1 - absent), else: 1 / keep)
    let draws = structure(of: isKept, without: absent).independent
    return [
      none(names[0], output.unrealShare, of: draws),
      none(names[1], (isKept * absent).sum() / Double(x.count), of: draws),
      Block(names[2], scale.value, acceptance: exactly), none(names[3], scale.odd, of: draws),
      none(names[4], keep < 1 ? isUntouched.sum() / Double(x.count) : 0, of: draws),
    ]
  }

  /// Whether the gradient has the outputs' mask and scale.
  var gradientBlocks: [Block] {
    let names = [
      "share of gradients that are no numbers", "kept gradient / upstream",
      "share of gradients neither 0 nor so", "share of gradients far from that",
      "share of gradients unlike their output",
      "share of gradients kept where x is 0, less that elsewhere,",
      "share of gradients that do not double with upstream",
    ].map { when + $0 }
    guard isShaped(outputs), isShaped(gradients), isShaped(doubles) else {
      return names.map { Block($0, .nan) }
    }
    let (x, gradient) = (stacked(fixture.x), Matrix(stacked: gradients))
    let isPassed = abs(gradient) .> 0
    let absent = 1 - (abs(x) .> 0)
    let isKept = (abs(Matrix(stacked: outputs)) .> 0) * (1 - absent)
    let isUnlike = abs(isKept - isPassed) * (1 - absent)
    let isNotDoubled = abs(Matrix(stacked: doubles) - 2 * gradient) .> 1e-9
    let scale = Scale(
      of: gradient, over: stacked(fixture.upstream), where: isPassed, else: 1 / keep)
    let (count, absentCount) = (Double(x.count), absent.sum())
    let draws = structure(of: isKept, without: absent).independent
    let (atZeros, elsewhere) = ((isPassed * absent).sum(), (isPassed * (1 - absent)).sum())
    // How far two parts of one mask may be from each other, whatever share of it is kept.
    let kept = (atZeros + elsewhere) / count
    func reach(_ part: Double) -> Double {
      let shares = Chance.shares(kept, count: Int(draws * part))
      return 1.2 * max(shares.upperBound - kept, kept - shares.lowerBound)
    }
    let reach = reach(absentCount / count) + reach(1 - absentCount / count)
    return [
      none(names[0], gradient.unrealShare, of: draws),
      Block(names[1], scale.value, acceptance: exactly), none(names[2], scale.odd, of: draws),
      none(names[3], scale.far, of: draws),
      none(names[4], isUnlike.sum() / count, of: draws),
      Samplers.statistic(
        names[5], absentCount > 0 ? atZeros / absentCount - elsewhere / (count - absentCount) : 0,
        in: -reach...reach, deviation: reach / 6),
      none(names[6], isNotDoubled.sum() / count, of: draws),
    ]
  }

  /// Whether a pass at test time returns x and leaves the gradients as they were.
  func testTimeBlocks(_ test: DropoutRuns) -> [Block] {
    let names = [
      "share of outputs that became 0",
      "share of gradients that are no numbers", "share of gradients that changed",
      "share of gradients that do not double with upstream",
    ].map { test.when + $0 }
    guard isShaped(outputs), isShaped(gradients), test.isShaped(test.outputs),
      test.isShaped(test.gradients), test.isShaped(test.doubles)
    else { return names.map { Block($0, .nan) } }
    let (before, after) = (Matrix(stacked: gradients), Matrix(stacked: test.gradients))
    let absent = stacked(1 - (abs(fixture.x) .> 0))
    let isKept = (abs(Matrix(stacked: outputs)) .> 0) * (1 - absent)
    let draws = structure(of: isKept, without: absent).independent
    let isLost = 1 - (abs(Matrix(stacked: test.outputs)) .> 0) - absent
    let isChanged = abs(after - before) .> 1e-9
    let isNotDoubled = abs(Matrix(stacked: test.doubles) - 2 * after) .> 1e-9
    return zip(
      names, [(isLost .> 0).mean(), after.unrealShare, isChanged.mean(), isNotDoubled.mean()]
    ).map { none($0, $1, of: draws) }
  }

  private static let maskNames = [
    "share of outputs kept", "share of entries that two calls treat alike",
    "all calls keep equally many",
  ]

  /// Whether a block tells how the entries of a mask were picked.
  static func isOfMasks(_ block: Block) -> Bool {
    maskNames.contains(block.name) || block.name.hasPrefix("correlation")
      || block.name.hasPrefix("variance")
  }

  static func isOfTestTime(_ block: Block) -> Bool { block.name.hasPrefix("at test time, ") }

  static func isOfGradients(_ block: Block) -> Bool {
    block.name.contains("gradient") && !isOfTestTime(block)
  }

  /// How many entries are kept, whether each by itself, and whether anew in every call.
  var maskBlocks: [Block] {
    let names = Self.maskNames.map { when + $0 }
    guard isShaped(outputs) else { return names.map { Block($0, .nan) } }
    let present = abs(fixture.x) .> 0
    let masks = outputs.map { (abs($0) .> 0) * present }
    let structure = structure(of: Matrix(stacked: masks), without: 1 - stacked(present))
    let count = present.sum() * Double(masks.count)
    // Fewer than there are entries, where they are not drawn one by one; and that is found elsewhere.
    let draws = structure.independent * count / Double(present.count * masks.count)
    let pairs = stride(from: 0, to: masks.count - 1, by: 2).map { ($0, $0 + 1) }
    let different = pairs.reduce(0) { $0 + abs(masks[$1.0] - masks[$1.1]).sum() }
    let alike = keep * keep + (1 - keep) * (1 - keep)
    // Of 16 calls for 25 entries and more all keep equally many once in 10¹⁰ times.
    let isCounted = gradients.count >= 16 && keep < 1
    let numbersKept = Set(gradients.map { (abs($0) .> 0).sum() })
    let blocks = [
      Samplers.share(
        names[0], Matrix(stacked: masks).sum() / count, of: draws,
        in: Chance.shares(keep, count: Int(draws))),
      Samplers.share(
        names[1], 1 - 2 * different / count, of: draws / 2,
        in: Chance.shares(alike, count: Int(draws / 2))),
      Block(
        names[2], isCounted && numbersKept.count == 1 ? 1 : 0,
        acceptance: .between(0...0, noise: 0)),
    ]
    // Where some of the inputs are 0, their part of the mask is not seen.
    return present.min() == 0 || !fixture.isLarge
      ? blocks
      : blocks + structure.blocks(keeping: keep)
        + [repeatedRows(of: masks[0]), repeatedColumns(of: masks[0])]
        + MaskPatterns(masks[0]).blocks
  }

  /// Two of a hundred rows of fifty entries have one mask once in 10⁹ times: 4950 · 0.545⁵⁰.
  private func repeatedRows(of mask: Matrix) -> Block {
    let rows = (0..<mask.rows).map { mask.row($0).elements }
    return Block(
      "number of rows with another row's mask", Double(rows.count - Set(rows).count),
      acceptance: .between(0...0, noise: 1))
  }

  /// The same of columns where they are as long: two of fifty columns of a hundred entries have one mask
  /// once in 10²³ times.
  private func repeatedColumns(of mask: Matrix) -> Block {
    let isLong = mask.rows >= 100
    let columns = isLong ? (0..<mask.columns).map { mask.column($0).elements } : []
    return Block(
      "number of columns with another column's mask", Double(columns.count - Set(columns).count),
      acceptance: .between(0...0, noise: 1))
  }

  private var exactly: Acceptance {
    .between((1 - 1e-9) / keep...(1 + 1e-9) / keep, noise: 1e-6)
  }

  /// Of a mask that is not known where `absent` is 1.
  private func structure(of mask: Matrix, without absent: Matrix) -> MaskStructure {
    let mean = (mask * (1 - absent)).sum() / (1 - absent).sum()
    return MaskStructure(mask * (1 - absent) + mean * absent, rowsOfACall: fixture.x.rows)
  }

  /// A share that is 0 whatever is drawn; where it is not, it is one of so many draws.
  private func none(_ name: String, _ share: Double, of draws: Double) -> Block {
    Samplers.share(name, share, of: draws, in: 0...0)
  }
}

/// What the entries that a mask picks are multiplied by, and the share of all entries that are
/// multiplied by something else; where there is no one such number, the one that is expected.
private struct Scale {
  let value: Double
  let odd: Double
  /// The share of those that are multiplied by something else by far.
  let far: Double

  init(of product: Matrix, over base: Matrix, where mask: Matrix, else expected: Double) {
    let ratios = product.finite / base * mask
    let mean = ratios.sum() / mask.sum()
    let distances = abs(ratios - mean * mask)
    func share(beyond bound: Double) -> Double {
      mean.isFinite ? (distances .> bound * abs(mean)).sum() / Double(mask.count) : 0
    }
    (odd, far) = (share(beyond: 1e-9), share(beyond: 1e-3))
    value = mean.isFinite && odd < 0.01 ? mean : expected
  }
}

extension Matrix {
  fileprivate var unrealShare: Double {
    if sum().isFinite { return 0 }
    return Double(elements.count { !$0.isFinite }) / Double(Swift.max(1, count))
  }

  /// With 0 for what is not finite.
  fileprivate var finite: Matrix { sum().isFinite ? self : map { $0.isFinite ? $0 : 0 } }
}
