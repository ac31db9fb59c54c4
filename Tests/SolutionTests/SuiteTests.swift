import Grading
import KataKit
import Testing

@Suite("Every suite keeps the three promises")
struct SuiteTests {
  @Test("no correct answer fails, whatever the seed", arguments: CorrectAnswers.all)
  func correctAnswersPass(answers: CorrectAnswers) throws {
    let suite = try #require(Catalogue.suite(named: answers.kata))
    #expect(answers.types.count >= 7, "the solution, and six that are built otherwise")
    for type in answers.types {
      for seed in 0..<100 as Range<UInt64> {
        let failures = try failures(of: type, in: suite, seed: seed)
        #expect(failures == [], "\(type), seed \(seed)")
      }
    }
  }

  @Test("every kata of the catalogue has its correct answers")
  func catalogueIsCovered() {
    #expect(CorrectAnswers.all.map(\.kata).sorted() == Catalogue.katas.map(\.name).sorted())
  }

  @Test("every known mistake is caught and named", arguments: Catalogue.katas.map(\.name))
  func mistakesAreNamed(kata: String) throws {
    let suite = try #require(Catalogue.suite(named: kata))
    let audit = Audit(suite, seeds: [1, 2, 3])
    for entry in audit.singles { #expect(entry.fate == .named, "\(entry)") }
  }

  @Test("no pair of mistakes is missed or misnamed", arguments: Catalogue.katas.map(\.name))
  func pairsAreNotMisnamed(kata: String) throws {
    let suite = try #require(Catalogue.suite(named: kata))
    let audit = Audit(suite, seeds: [4])
    for entry in audit.pairs {
      #expect(entry.fate == .named || entry.fate == .unnamed, "\(entry)")
    }
    let named = audit.pairs.count { $0.fate == .named }
    print("\(kata): \(audit.singles.count) mistakes, \(audit.pairs.count) pairs, \(named) named")
  }

  @Test("the truth is finite on every fixture", arguments: Catalogue.katas.map(\.name))
  func truthIsFinite(kata: String) throws {
    let suite = try #require(Catalogue.suite(named: kata))
    for seed in 0..<100 as Range<UInt64> {
      let isFinite = isTruthFinite(suite, seed: seed)
      #expect(isFinite, "seed \(seed)")
    }
  }

  private func failures<S: Grading.Suite>(
    of type: any Any.Type, in suite: S.Type, seed: UInt64
  ) throws -> [CheckResult] {
    let subject = try #require(S.subject(of: type))
    var examination = Examination<S>(subject, seed: seed)
    return examination.run().filter { $0.status != .passed }
  }

  private func isTruthFinite<S: Grading.Suite>(_ suite: S.Type, seed: UInt64) -> Bool {
    S.checks.flatMap(\.cases).allSatisfy { probe in
      S.truth(of: probe.fixture(seed: seed)).allSatisfy { block in
        block.value.elements.allSatisfy(\.isFinite)
      }
    }
  }
}
