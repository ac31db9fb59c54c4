import Exam
import KataKit
import Testing

@testable import Grading

/// x², of a row and of its sum, by two methods.
private enum SquareExam: Exam {
  enum Script: String, CaseIterable, Sendable { case square, sum }

  static let name = "square"
  static let type = "Square"

  static func subject(of type: any Any.Type) -> (any Square)? { nil }

  static func answer(of subject: any Square, to script: Script, on x: Matrix) -> [Part] {
    switch script {
    case .square: [Part("square", subject.square(x))]
    case .sum: [Part("sum", subject.sum(x))]
    }
  }
}

private protocol Square {
  func square(_ x: Matrix) -> Matrix
  func sum(_ x: Matrix) -> Double
}

extension Square {
  func square(_ x: Matrix) -> Matrix { x * x }
  func sum(_ x: Matrix) -> Double { (x * x).sum() }
}

private enum SquareSuite: Grading.Suite {
  typealias Paper = SquareExam

  static let kata = Kata(SquareExam.self, title: "squares", track: .neuron, minutes: 1)
  static let doubled = Site<Matrix, Matrix>("doubled", "You doubled it.") { 2 * $0 }
  static let mistakes = MistakeCatalogue(at: [doubled])

  struct Reference: Square {
    let at: Computation<SquareSuite>
    func square(_ x: Matrix) -> Matrix { at(doubled, x * x) }
  }

  static func reference(at: Computation<Self>) -> any Square { Reference(at: at) }

  static let row = Case<Matrix>("row") { generator in
    .uniform(rows: 1, columns: generator.size(in: 3...5), in: 1...2, using: &generator)
  }
  static let constant = Case<Matrix>("constant") { _ in [[1, 2, 3]] }

  static var checks: [Check<Self>] {
    [
      .shapes(on: row, to: .square), .reference("square", on: row, to: .square),
      .reference("sum", on: row, to: .sum), .reference("constant", on: constant, to: .square),
    ]
  }
}

private final class Storage { var (matrices, calls, sum) = ([String: Matrix](), 0, nil as Double?) }

private struct Right: Square {}

/// Keyed by shape, once for all instances.
private struct Memoised: Square {
  let storage: Storage
  func square(_ x: Matrix) -> Matrix {
    if let known = storage.matrices["\(x.shape)"] { return known }
    storage.matrices["\(x.shape)"] = x * x
    return x * x
  }
}

/// Right for so many calls.
private struct Tired: Square {
  let storage: Storage
  let after: Int
  func square(_ x: Matrix) -> Matrix {
    storage.calls += 1
    return storage.calls > after ? x : x * x
  }
}

/// Wrong at its first call.
private struct Late: Square {
  let storage: Storage
  func square(_ x: Matrix) -> Matrix {
    storage.calls += 1
    return storage.calls == 1 ? x : x * x
  }
}

/// One method answers from the last call of the other.
private struct Connected: Square {
  let storage: Storage
  func square(_ x: Matrix) -> Matrix {
    storage.sum = (x * x).sum()
    return x * x
  }
  func sum(_ x: Matrix) -> Double { storage.sum ?? (x * x).sum() }
}

private struct Random: Square {
  func square(_ x: Matrix) -> Matrix { x * x * (1 + Double.random(in: 0...1e-12)) }
}

@Suite("Whatever an attempt remembers from one call to the next is found out")
struct MemoryTests {
  private func results(_ make: @escaping () -> any Square) -> [CheckResult] {
    var examination = Examination(Insider<SquareSuite>(make), paper: Paper(seed: 1))
    return examination.run()
  }

  private func isToldToRemember(_ make: @escaping () -> any Square) -> Bool {
    results(make).contains {
      $0.name == CheckResult.repetition && $0.status == .failed
        && $0.pattern?.contains("something is remembered") == true
    }
  }

  @Test("what remembers nothing passes")
  func right() { #expect(results { Right() }.allSatisfy { $0.status == .passed }) }

  @Test("an answer kept by shape, in one instance or for all of them")
  func memoised() {
    let shared = Storage()
    #expect(!results { Memoised(storage: shared) }.allSatisfy { $0.status == .passed })
    #expect(!results { Memoised(storage: Storage()) }.allSatisfy { $0.status == .passed })
  }

  @Test("wrong after so many calls, up to all that are made", arguments: 0...4)
  func tired(after: Int) {
    let shared = Storage()
    #expect(!results { Tired(storage: shared, after: after) }.allSatisfy { $0.status == .passed })
  }

  @Test("wrong at the second instance")
  func secondInstance() {
    let shared = Storage()
    #expect(isToldToRemember { Tired(storage: shared, after: 2) })
  }

  @Test("wrong at the first call, of all or of every instance")
  func late() {
    let shared = Storage()
    #expect(isToldToRemember { Late(storage: shared) })
    #expect(isToldToRemember { Late(storage: Storage()) })
  }

  @Test("a method that answers from the last call of another")
  func connected() {
    #expect(isToldToRemember { Connected(storage: Storage()) })
  }

  @Test("noise in the last bits")
  func noise() { #expect(isToldToRemember { Random() }) }

  @Test("a sibling has the same sizes and other values; a constant has none")
  func siblings() throws {
    for seed in 0..<20 as Range<UInt64> {
      let sibling = try #require(SquareSuite.row.sibling(seed: seed))
      #expect(sibling.shape == SquareSuite.row.fixture(seed: seed).shape)
      #expect(sibling != SquareSuite.row.fixture(seed: seed))
      #expect(SquareSuite.constant.sibling(seed: seed) == nil)
    }
  }
}
