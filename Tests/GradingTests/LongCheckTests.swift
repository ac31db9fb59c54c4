import Exam
import KataKit
import Numerics
import Testing

@testable import Grading

/// A number that has to be even, and then, in a check that takes long, above 10.
private enum NumberExam: Exam {
  static let name = "number"
  static let type = "Number"

  static func subject(of type: any Any.Type) -> Int? { (type as? any Numbered.Type)?.number }

  static func answer(of subject: Int, to script: Whole, on fixture: Int) -> [Part] {
    [Part("number", Double(subject))]
  }
}

private enum NumberSuite: Grading.Suite {
  typealias Paper = NumberExam

  static let kata = Kata(NumberExam.self, title: "a number", track: .neuron, minutes: 1)
  static let odd = Site<Int, Int>("odd", "Your number is odd.") { $0 + 1 }
  static let mistakes = MistakeCatalogue(at: [odd])

  static func reference(at: Computation<Self>) -> Int { at(odd, 12) }

  static func blocks(of answer: [Part], to script: Whole, on fixture: Int) -> [Block] {
    [Block("remainder", answer.number("number").truncatingRemainder(dividingBy: 2))]
  }

  static let probe = Case<Int>("even") { _ in 0 }
  static var checks: [Check<Self>] {
    [
      .reference(on: probe),
      Check("large", on: probe) { (answered) throws(Finding) in
        let number = answered.parts.number("number")
        guard number > 10 else { throw Finding("\(number) is not above 10") }
        return "above 10"
      }.afterTheRest,
    ]
  }
}

private protocol Numbered { static var number: Int { get } }
private struct Four: Numbered { static let number = 4 }

@Suite("A long check waits until every other has passed")
struct LongCheckTests {
  private func examination(_ number: Int) -> Examination<NumberSuite, Insider<NumberSuite>> {
    Examination(Insider<NumberSuite> { number }, paper: Paper(seed: 1))
  }

  private func statuses(_ number: Int) -> [CheckResult.Status] {
    var examination = examination(number)
    return examination.run().map(\.status)
  }

  @Test("it runs where the rest is right, and may fail")
  func afterTheRest() {
    #expect(statuses(12) == [.passed, .passed, .passed])
    #expect(statuses(4) == [.passed, .passed, .failed])
  }

  @Test("it is skipped where anything else is wrong, and says why")
  func skipped() {
    var examination = examination(13)
    let last = examination.run().last
    #expect(last?.status == .skipped)
    #expect(last?.message == "once all the others pass")
  }

  @Test("what only it finds is not explained by a mistake that shows elsewhere")
  func unexplained() {
    var examination = examination(4)
    _ = examination.run()
    #expect(examination.explanations() == [])
  }

  @Test("correct implementations meet it with the first seed only")
  func oneSeed() {
    let alarms = FalseAlarm.all(of: [Four.self], in: NumberSuite.self, seeds: 5..<9)
    #expect(alarms.map(\.seed) == [5])
  }
}
