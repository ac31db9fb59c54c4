import AnswerKey
import Grading
import KataKit
import Testing
import Variants

@Suite("Every suite keeps the three promises")
struct SuiteTests {
  @Test(
    "no correct answer fails, whatever the seed", arguments: Catalogue.curriculum.katas.map(\.name))
  func correctAnswersPass(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    let answers = try #require(CorrectAnswers.all.first { $0.kata == kata })
    let solution = try #require(CorrectAnswers.solution(type: suite.kata.type))
    #expect(answers.variants.count >= 4)
    #expect(FalseAlarm.all(of: [solution] + answers.variants, in: suite, seeds: 0..<100) == [])
  }

  @Test(
    "every known mistake is caught and named, and no pair is missed or misnamed",
    arguments: Catalogue.curriculum.katas.map(\.name))
  func mistakesAreNamed(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    let audit = Audit(suite, seeds: [1, 2, 3])
    #expect(audit.singles.count >= 3 * 6, "six mistakes with three seeds")
    #expect(audit.singles.filter { $0.fate != .named } == [])
    #expect(audit.pairs.filter { $0.fate != .named && $0.fate != .unnamed } == [])
  }

  @Test("the truth is finite on every fixture", arguments: Catalogue.curriculum.katas.map(\.name))
  func truthIsFinite(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    for seed in 0..<100 as Range<UInt64> {
      let isFinite = isTruthFinite(suite, seed: seed)
      #expect(isFinite, "seed \(seed)")
    }
  }

  private func isTruthFinite<S: Grading.Suite>(_ suite: S.Type, seed: UInt64) -> Bool {
    S.checks.flatMap(\.cases).allSatisfy { probe in
      S.truth(of: probe.fixture(seed: seed)).allSatisfy { block in
        block.value.elements.allSatisfy(\.isFinite)
      }
    }
  }
}
