import KataKit
import Testing

@testable import Grading

/// y = 2x + 1, with three ways to be wrong; two of them can not be told apart.
private enum LineSuite: Grading.Suite {
  static let kata = Kata(
    "line", type: "Line", requirement: "none", title: "a line", track: .neuron, minutes: 1)

  enum Slip: String, ListedMistake {
    case noOffset = "no-offset"
    case doubled
    case slopeFour = "slope-four"
    case halvedOffset = "halved-offset"

    var sentence: String { "You made the mistake \(rawValue)." }
    var site: String { self == .slopeFour || self == .halvedOffset ? "coefficients" : rawValue }
  }

  static func subject(of type: any Any.Type) -> (@Sendable (Double) -> Double)? { nil }

  static func reference(making slips: Set<Slip>) -> @Sendable (Double) -> Double {
    { x in
      let slope: Double = slips.contains(.slopeFour) ? 4 : 2
      var offset: Double = slips.contains(.noOffset) ? 0 : 1
      if slips.contains(.halvedOffset) { offset /= 2 }
      return (slope * x + offset) * (slips.contains(.doubled) ? 2 : 1)
    }
  }

  static func answer(of subject: @Sendable (Double) -> Double, to x: Double) -> [Block] {
    [Block("y", subject(x))]
  }

  static let probe = Case<Double>("point") { Double.random(in: 1...2, using: &$0) }
  static var checks: [Check<Self>] { [.shapes(on: probe), .reference(on: probe)] }
}

@Suite("The diagnosis is the smallest set of mistakes with the same numbers, or nothing")
struct DiagnosisTests {
  private func names(_ subject: @escaping @Sendable (Double) -> Double) -> [String] {
    var examination = Examination<LineSuite>(subject, seed: 1)
    _ = examination.run()
    return Diagnosis<LineSuite>.named(examination.explanations()).map {
      $0.id
    }
  }

  @Test("what is right has no explanation")
  func right() { #expect(names { 2 * $0 + 1 } == []) }

  @Test("one mistake is named before two that give the same")
  func smallest() {
    #expect(names { 2 * $0 } == ["no-offset"])
    #expect(names { 4 * $0 + 2 } == ["doubled"])
  }

  @Test("two mistakes at once are both named")
  func pair() {
    #expect(names { 4 * $0 + 1 } == ["slope-four"])
    #expect(names { 2 * (4 * $0 + 1) } == ["doubled", "slope-four"])
  }

  @Test("explanations that fit equally well are all told")
  func alternatives() {
    var diagnosis = Diagnosis<LineSuite>(seed: 1)
    let fitting = diagnosis.explanations(
      of: LineSuite.reference(making: [.doubled, .noOffset]),
      failing: LineSuite.checks, passing: [])
    // 2·(2x) is 4x: doubled without offset, or a slope of four without offset.
    #expect(Set(fitting) == [[.doubled, .noOffset], [.slopeFour, .noOffset]])
    #expect(Diagnosis<LineSuite>.named(fitting).map(\.alternative) == [1, 1, 2, 2])
  }

  @Test("a number that happens to fit one fixture is no diagnosis")
  func coincidence() {
    let x = LineSuite.probe.fixture(seed: 1)
    #expect(names { $0 == x ? 2 * x : 7 } == [])
  }

  @Test("what no known mistake explains is not explained")
  func unknown() { #expect(names { 3 * $0 + 1 } == []) }

  @Test("mistakes at one place exclude each other")
  func sites() {
    #expect(LineSuite.Slip.sets(of: 2).count == 5)
    #expect(!LineSuite.Slip.sets(of: 2).contains([.slopeFour, .halvedOffset]))
  }
}
