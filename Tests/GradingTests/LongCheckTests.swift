import KataKit
import Testing

@testable import Grading

/// A number that has to be even, and then, in a check that takes long, above 10.
private enum NumberSuite: Grading.Suite {
  static let kata = Kata(
    "number", type: "Number", requirement: "none", title: "a number", track: .neuron, minutes: 1)

  enum Slip: String, ListedMistake {
    case odd
    var sentence: String { "Your number is odd." }
  }

  static func subject(of type: any Any.Type) -> Int? { (type as? any Numbered.Type)?.number }
  static func reference(making slips: Set<Slip>) -> Int { slips.isEmpty ? 12 : 13 }
  static func answer(of subject: Int, to fixture: Int) -> [Block] {
    [Block("remainder", Double(subject % 2))]
  }

  static let probe = Case<Int>("even") { _ in 0 }
  static var checks: [Check<Self>] {
    [
      .reference(on: probe),
      Check("large", on: [probe]) { (subject, _) throws(Finding) in
        guard subject > 10 else { throw Finding("\(subject) is not above 10") }
        return "above 10"
      }.afterTheRest,
    ]
  }
}

private protocol Numbered { static var number: Int { get } }
private struct Four: Numbered { static let number = 4 }

@Suite("A long check waits until every other has passed")
struct LongCheckTests {
  private func statuses(_ number: Int) -> [CheckResult.Status] {
    var examination = Examination<NumberSuite>(number, seed: 1)
    return examination.run().map(\.status)
  }

  @Test("it runs where the rest is right, and may fail")
  func afterTheRest() {
    #expect(statuses(12) == [.passed, .passed])
    #expect(statuses(4) == [.passed, .failed])
  }

  @Test("it is skipped where anything else is wrong, and says why")
  func skipped() {
    var examination = Examination<NumberSuite>(13, seed: 1)
    let last = examination.run().last
    #expect(last?.status == .skipped)
    #expect(last?.message == "once all the others pass")
  }

  @Test("what only it finds is not explained by a mistake that shows elsewhere")
  func unexplained() {
    var examination = Examination<NumberSuite>(4, seed: 1)
    _ = examination.run()
    #expect(examination.explanations() == [])
  }

  @Test("correct implementations meet it with the first seed only")
  func oneSeed() {
    let alarms = FalseAlarm.all(of: [Four.self], in: NumberSuite.self, seeds: 5..<9)
    #expect(alarms.map(\.seed) == [5])
  }
}
