import Exam
import KataKit
import Testing

@testable import Grading

/// y = 2x + 1, with four ways to be wrong; two pairs of them cannot be told apart.
private enum LineExam: Exam {
  typealias Subject = @Sendable (Double) -> Double
  typealias Script = Whole

  static let name = "line"
  static let type = "Line"

  static func subject(of type: any Any.Type) -> Subject? { nil }

  static func answer(of subject: Subject, to script: Script, on x: Double) -> [Part] {
    [Part("y", subject(x))]
  }
}

private enum LineSuite: Grading.Suite {
  typealias Paper = LineExam

  static let kata = Kata(LineExam.self, title: "a line", track: .neuron, minutes: 1)

  static let mistakes = MistakeCatalogue(at: [coefficients, offset, factor])

  static func reference(at: Computation<Self>) -> LineExam.Subject {
    { x in
      let (slope, constant) = at(coefficients, x)
      return at(factor, slope + at(offset, constant))
    }
  }

  static let coefficients = Site<Double, (slope: Double, constant: Double)>("coefficients") {
    (2 * $0, 1)
  } mistakes: {
    Mistake("slope-four", "Your slope is 4.") { (4 * $0, 1) }
    Mistake("halved-offset", "Your offset is ½.") { (2 * $0, 0.5) }
  }

  static let offset = Site<Double, Double>("no-offset", "Your offset is missing.") { _ in 0 }

  static let factor = Site<Double, Double>("doubled", "You doubled all of it.") { 2 * $0 }

  static let probe = Case<Double>("point") { Double.random(in: 1...2, using: &$0) }
  static var checks: [Check<Self>] { [.shapes(on: probe), .reference(on: probe)] }
}

@Suite("The diagnosis is the smallest set of mistakes with the same numbers, or nothing")
struct DiagnosisTests {
  private func explanations(
    of subject: @escaping @Sendable (Double) -> Double
  ) -> [LineSuite.Mistakes] {
    var examination = Examination(Insider<LineSuite> { subject }, paper: Paper(seed: 1))
    _ = examination.run()
    return examination.explanations()
  }

  private func names(_ subject: @escaping @Sendable (Double) -> Double) -> Set<String> {
    Set(MistakeID<LineSuite>.named(explanations(of: subject)).map(\.id))
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
    // 2·(2x) is 4x: doubled without offset, or a slope of four without offset.
    let explanations = explanations { 2 * (2 * $0) }
    let sets = explanations.map { Set($0.map(\.rawValue)) }
    #expect(Set(sets) == [["doubled", "no-offset"], ["slope-four", "no-offset"]])
    #expect(MistakeID<LineSuite>.named(explanations).map(\.alternative) == [1, 1, 2, 2])
  }

  @Test("a number that happens to fit one fixture is no diagnosis")
  func coincidence() {
    let x = LineSuite.probe.fixture(seed: 1)
    #expect(names { $0 == x ? 2 * x : 7 } == [])
  }

  @Test("what no known mistake explains is not explained")
  func unknown() { #expect(names { 3 * $0 + 1 } == []) }

  @Test("mistakes at one site exclude each other")
  func sites() {
    let pairs = MistakeID<LineSuite>.sets(of: 2)
    #expect(pairs.count == 5)
    #expect(pairs.allSatisfy { Set($0.map(\.site)).count == 2 })
  }

  @Test("two sites with one name, or two mistakes with one identifier, are a slip of ours")
  func duplicates() async {
    await #expect(processExitsWith: .failure) {
      let site = Site<Double, Double>("one", "One.") { $0 }
      _ = MistakeCatalogue(at: [site, site])
    }
    await #expect(processExitsWith: .failure) {
      let site = Site<Double, Double>("one") {
        $0
      } mistakes: {
        Mistake("id", "One.") { $0 }
        Mistake("id", "Two.") { $0 }
      }
      _ = MistakeCatalogue(at: [site])
    }
  }
}
