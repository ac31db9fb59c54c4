import AnswerKey
import Exam
import Foundation
import KataKit
import Testing
import Variants

@testable import Grading

/// `doctor` proves the same with more seeds and every pair.
@Suite("Every suite keeps the three promises")
struct SuiteTests {
  private static let names = Catalogue.curriculum.katas.map(\.name)

  @Test("no correct answer fails, whatever the seed", arguments: names)
  func correctAnswersPass(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    let answers = try #require(CorrectAnswers.all.first { $0.kata == kata })
    let solution = try #require(CorrectAnswers.solution(type: suite.kata.type))
    #expect(answers.variants.count >= 4)
    #expect(FalseAlarm.all(of: [solution] + answers.variants, in: suite, seeds: 0..<2) == [])
  }

  @Test(
    "every known mistake is caught and named, and no pair is missed or misnamed",
    arguments: names)
  func mistakesAreNamed(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    let audit = Audit(suite, seeds: [1], pairShare: 0.01)
    #expect(audit.singles.count >= 6)
    #expect(audit.singles.filter { $0.fate != .named } == [])
    #expect(audit.pairs.filter { $0.fate != .named && $0.fate != .unnamed } == [])
  }

  @Test("the truth is finite on every fixture and its sibling", arguments: names)
  func truthIsFinite(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    for seed in 0..<8 as Range<UInt64> {
      let isFinite = isTruthFinite(suite, seed: seed)
      #expect(isFinite, "seed \(seed)")
    }
  }

  private func isTruthFinite<S: Grading.Suite>(_ suite: S.Type, seed: UInt64) -> Bool {
    let paper = Paper<S>(seed: seed)
    return paper.questions.allSatisfy { question in
      [paper.drawn(question, seed: seed), paper.sibling(of: question)].compactMap(\.self)
        .allSatisfy { drawn in
          drawn.trueParts.allSatisfy { $0.value.elements.allSatisfy(\.isFinite) }
        }
    }
  }

  /// Sites of a family whose mistakes nobody can make in one kata of it.
  private static let withoutMistakes: [String: Set<String>] = [
    "adamw": ["no decay"], "momentum": ["books"], "residual-block": ["gradients-reversed"],
    "sgd": ["books", "sharing of memory"], "two-layer-backprop": ["gradients-reversed"],
  ]

  @Test("every site that a reference comes by is listed, or known to be empty", arguments: names)
  func sitesAreListed(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    #expect(unlisted(in: suite) == Self.withoutMistakes[kata, default: []])
  }

  private func unlisted<S: Grading.Suite>(in suite: S.Type) -> Set<String> {
    let visits = SiteVisits()
    var examination = Examination(
      Insider<S> { S.reference(at: Computation(recording: visits)) }, paper: Paper(seed: 1))
    _ = examination.run(asksLongChecks: false)
    return visits.names.subtracting(S.mistakes.sites)
  }

  @Test("the exams are those of the catalogue, in its order")
  func exams() { #expect(Exams.all.map { $0.name } == Self.names) }

  @Test("identifiers that were published are still known")
  func identifiers() throws {
    let url = try #require(
      Bundle.module.url(forResource: "identifiers", withExtension: "txt", subdirectory: "Golden"))
    let published = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let known = Set(
      Catalogue.curriculum.suites.flatMap { suite in
        suite.listedMistakes.map { "\(suite.kata.name)\t\($0.id)" }
      })
    #expect(published.count > 1600)
    #expect(published.filter { !known.contains(String($0)) } == [])
  }
}
