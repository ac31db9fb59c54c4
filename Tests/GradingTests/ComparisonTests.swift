import KataKit
import Testing

@testable import Grading
@testable import Numerics

@Suite("What is wrong with an answer is told where it begins")
struct ComparisonTests {
  private let truth = [
    Block("Z₁", [[1, -2, 3], [4, 5, -6]], axes: "n × outputs"),
    Block("A₁", [[1, 0, 3], [4, 5, 0]]),
  ]

  private func finding(_ change: (inout [Block]) -> Void, quantities: [Quantity] = []) -> Finding? {
    var answer = truth
    change(&answer)
    return answer.finding(against: truth, quantities: quantities)
  }

  @Test("the truth itself is right, and so is what rounding leaves of it")
  func agreement() {
    #expect(finding { _ in } == nil)
    #expect(finding { $0[0] = Block("Z₁", truth[0].value * (1 + 1e-9)) } == nil)
    #expect(finding { $0[0] = Block("Z₁", truth[0].value * (1 + 1e-4)) } != nil)
  }

  @Test("a wrong shape comes with the right one, and a transpose is seen")
  func shapes() {
    let transposed = finding { $0[0] = Block("Z₁", $0[0].value.transposed) }
    #expect(transposed?.message == "Z₁ is 3×2, expected 2×3 (n × outputs)")
    #expect(transposed?.pattern == "Z₁ has the shape of its transpose.")
    #expect(finding { $0[0] = Block("Z₁", Matrix(rows: 0, columns: 0)) }?.pattern == nil)
  }

  @Test("what is missing and what is too much has a name")
  func counts() {
    #expect(finding { $0.removeLast() }?.message == "A₁ is missing: 1 of 2 are there")
    #expect(finding { $0.append(Block("A₂", 1)) }?.message == "A₂ is one too many")
    #expect(finding { $0.removeAll() }?.message == "nothing is returned")
  }

  @Test("the worst entry is shown with both numbers")
  func worstEntry() {
    let finding = finding {
      var value = $0[0].value
      value[1, 2] = -6.5
      value[0, 0] = 1.1
      $0[0] = Block("Z₁", value)
    }
    #expect(finding?.message == "Z₁[1][2] is −6.500, expected −6")
  }

  @Test(
    "a pattern is one sentence, and there is none where there is no pattern",
    arguments: [
      (
        [[5.0, -10, 15], [20, 25, -30]],
        "Every entry of Z₁ is 5 times what it should be, and the batch has 5 rows."
      ),
      (
        [[0.2, -0.4, 0.6], [0.8, 1, -1.2]],
        "Every entry of Z₁ is 0.2000 times what it should be, and the batch has 5 rows."
      ),
      ([[3, -6, 9], [12, 15, -18]], "Every entry of Z₁ is 3 times what it should be."),
      ([[-1, 2, -3], [-4, -5, 6]], "Every entry of Z₁ is right but for its sign."),
      ([[2, -1, 4], [5, 6, -5]], "Every entry of Z₁ is off by the same 1."),
      ([[0, 0, 0], [0, 0, 0]], "Z₁ is zero everywhere."),
      ([[.nan, -2, 3], [4, 5, -6]], "1 of 6 entries of Z₁ is not a number."),
      ([[.infinity, -.infinity, 3], [4, 5, -6]], "2 of 6 entries of Z₁ are infinite."),
      ([[1, -2, 3], [4, 5, 6]], nil),
    ] as [([[Double]], String?)])
  func patterns(rows: [[Double]], sentence: String?) {
    let finding = finding(
      { $0[0] = Block("Z₁", Matrix(rows)) }, quantities: [Quantity(5, "the batch has 5 rows")])
    #expect(finding != nil)
    #expect(finding?.pattern == sentence)
  }

  @Test("a single 0 needs no pattern beside its evidence")
  func singleZero() {
    let finding = [Block("loss", 0)].finding(against: [Block("loss", 0.7)])
    #expect(finding?.message == "loss is 0, expected 0.7000")
    #expect(finding?.pattern == nil)
  }

  @Test("a transposed square is seen")
  func transposedSquare() {
    let truth = [Block("W", [[1, 2], [3, 4]])]
    let finding = [Block("W", [[1, 3], [2, 4]])].finding(against: truth)
    #expect(finding?.pattern == "W is the transpose of what it should be.")
  }

  @Test("not-a-number equals nothing but not-a-number")
  func notANumber() {
    for acceptance in [Acceptance.near(), .between(0...1, noise: 0.1)] {
      #expect(!acceptance.same(.nan, 0.5, largest: 1))
      #expect(!acceptance.same(0.5, .nan, largest: 1))
      #expect(acceptance.same(.nan, .nan, largest: 1))
      #expect(!acceptance.same(.infinity, 0.5, largest: 1))
    }
  }

  @Test("inside its range a value is right; outside, near its like")
  func ranges() {
    let acceptance = Acceptance.between(0...1, noise: 0.1)
    #expect(acceptance.same(0.1, 0.9, largest: 1))
    #expect(!acceptance.same(1.1, 0.9, largest: 1))
    #expect(acceptance.same(5, 5.4, largest: 1))
    #expect(!acceptance.same(5, 6, largest: 1))
  }
}
