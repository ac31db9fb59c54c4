import Exam
import Numerics

/// Everything that is known of one suite and one seed, whoever is examined: fixtures and truths, and
/// what the references that make mistakes answer.
///
/// What is kept pays for itself in an audit, which examines thousands with one seed.
package final class Paper<S: Suite> {
  /// Up to this many mistakes are looked for at once.
  private static var largestSet: Int { 2 }

  let seed: UInt64
  /// Made once: a suite makes them anew at every call.
  let checks = S.checks
  /// Every question that is asked before the long ones, once, in the order of the checks.
  let questions: [Question<S>]
  /// Those of them that mistakes are told by.
  let telling: [Question<S>]
  private var bank = QuestionBank<S>()
  /// The references by the number of their mistakes, from 1 on, each with its answers so far.
  private var suspects: [[Suspect<S>]?] = Array(repeating: nil, count: largestSet)

  package init(seed: UInt64) {
    self.seed = seed
    func once(_ checks: [Check<S>]) -> [Question<S>] {
      var known: Set<QuestionID> = []
      return checks.flatMap(\.questions).filter { known.insert($0.id(seed: seed)).inserted }
    }
    let short = checks.filter { !$0.isLong }
    questions = once(short)
    telling = once(short.filter { !$0.isAside })
  }

  /// Draws every question and its sibling now.
  package func drawAll() {
    for question in questions {
      _ = drawn(question, seed: seed)
      _ = sibling(of: question)
    }
  }

  func drawn(_ question: Question<S>, seed: UInt64) -> Drawn<S> {
    bank.draw(question, seed: seed)
  }

  func sibling(of question: Question<S>) -> Drawn<S>? {
    bank.sibling(question, seed: seed)
  }

  /// The smallest sets of mistakes that give every answer of `rounds`.
  func mistakes(explaining rounds: [Round<S>]) -> [S.Mistakes] {
    for size in 1...Self.largestSet {
      let explanations = sets(of: size, explaining: rounds)
      if !explanations.isEmpty { return explanations }
    }
    return []
  }

  func sets(of size: Int, explaining rounds: [Round<S>]) -> [S.Mistakes] {
    var all = takeSuspects(size)
    defer { suspects[size - 1] = all }
    var fitting = Array(all.indices)
    for round in rounds {
      for (place, answered) in round.answers.enumerated() where !fitting.isEmpty {
        guard let answered else { continue }
        fitting = fitting.filter { index in
          let answer = all[index].answer(place, in: round)
          return answered.blocks.agree(with: answer)
        }
      }
    }
    return fitting.map { all[$0].mistakes }
  }

  /// Taken out while they are asked, so that they are not copied.
  private func takeSuspects(_ size: Int) -> [Suspect<S>] {
    defer { suspects[size - 1] = [] }
    return suspects[size - 1] ?? MistakeID<S>.sets(of: size).map { Suspect<S>(making: $0) }
  }
}

/// What came of all questions with one seed; nil where nothing did.
struct Round<S: Suite> {
  let seed: UInt64
  let questions: [Drawn<S>]
  var answers: [Answered<S>?]
}

/// A reference that makes mistakes on purpose, with what it has answered so far.
///
/// It is put through the questions in their order, by one instance for each round, as an attempt is: what
/// it remembers from one question to the next is what the attempt would.
private struct Suspect<S: Suite> {
  let mistakes: S.Mistakes
  private var sittings: [UInt64: (subject: S.Subject, answers: [[Block]])] = [:]

  init(making mistakes: S.Mistakes) { self.mistakes = mistakes }

  mutating func answer(_ place: Int, in round: Round<S>) -> [Block] {
    if let known = sittings[round.seed], place < known.answers.count { return known.answers[place] }
    var sitting = sittings[round.seed] ?? (S.reference(making: mistakes), [])
    sittings[round.seed] = nil
    while sitting.answers.count <= place {
      let question = round.questions[sitting.answers.count]
      let parts = S.Paper.answer(
        of: sitting.subject, to: question.script, on: question.fixture)
      sitting.answers.append(S.blocks(of: parts, to: question.script, on: question.fixture))
    }
    defer { sittings[round.seed] = sitting }
    return sitting.answers[place]
  }
}
