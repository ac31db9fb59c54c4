import Exam

extension Examination {
  /// More explanations than this say nothing.
  private static var mostAlternatives: Int { 2 }
  /// The share of all answers that a mistake must explain if it does not explain all.
  private static var plainShare: Double { 0.75 }

  /// The known mistakes that give the attempt's own answers, all equally good; empty where none do.
  ///
  /// A set explains the attempt when the reference that makes exactly these mistakes answers the same to
  /// every question, and to every one again on a second draw, which is asked for only here. Where no set
  /// does, the only mistake that gives the answers of the first failing check is one, if it explains
  /// most of the others.
  package mutating func explanations() throws(E.Failure) -> [S.Mistakes] {
    let failing = zip(paper.checks, results).filter { !$0.isLong && $1.status == .failed }
      .map(\.0)
    guard !failing.isEmpty else { return [] }
    let rounds = [firstRound(), try secondRound()]
    let explanations = paper.mistakes(explaining: rounds)
    if !explanations.isEmpty {
      return explanations.count <= Self.mostAlternatives ? explanations : []
    }
    guard isRepeatable, let first = failing.first else { return [] }
    return plainMistake(in: rounds, on: Set(first.questions.map(\.probe.name)))
  }

  private mutating func firstRound() -> Round<S> {
    let (questions, seed) = (paper.telling, paper.seed)
    return Round(
      seed: seed, questions: questions.map { paper.drawn($0, seed: seed) },
      answers: questions.map { answers[$0.id(seed: seed)] })
  }

  /// Every question that had an answer, about another draw.
  private mutating func secondRound() throws(E.Failure) -> Round<S> {
    let seed = paper.seed &+ 1
    var round = Round(
      seed: seed, questions: paper.telling.map { paper.drawn($0, seed: seed) },
      answers: paper.telling.map { _ in nil })
    guard try examinee.start(forgetting: false) == nil else { return round }
    for (place, question) in paper.telling.enumerated()
    where answers[question.id(seed: paper.seed)] != nil {
      let drawn = round.questions[place]
      guard case .answer(let parts, _) = try examinee.reply(to: drawn.script, on: drawn.fixture)
      else { continue }
      round.answers[place] = Answered(drawn, parts: parts)
    }
    return round
  }

  /// One mistake may be plain where the first check failed, and something else be odd elsewhere.
  private mutating func plainMistake(
    in rounds: [Round<S>], on probes: Set<String>
  ) -> [S.Mistakes] {
    let questions = paper.telling
    let plain = rounds.map { round in
      var plain = round
      for place in questions.indices where !probes.contains(questions[place].probe.name) {
        plain.answers[place] = nil
      }
      return plain
    }
    let isWrong = plain.contains { round in
      round.answers.contains { $0.map { !$0.blocks.agree(with: $0.truth) } ?? false }
    }
    guard isWrong else { return [] }
    let explanations = paper.sets(of: 1, explaining: plain)
    guard explanations.count == 1 else { return [] }
    let share = paper.share(of: rounds, explainedBy: explanations[0])
    return share >= Self.plainShare ? explanations : []
  }
}
