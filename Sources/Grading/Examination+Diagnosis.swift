import Exam

extension Examination {
  /// More explanations than this say nothing.
  private static var mostAlternatives: Int { 2 }

  /// The known mistakes that give the attempt's own answers, all equally good; empty where none do.
  ///
  /// A set explains the attempt when the reference that makes exactly these mistakes answers the same to
  /// every question, and to every one again on a second draw, which is asked for only here. Two mistakes
  /// are none where what they come to is one slip that nobody has listed.
  package mutating func explanations() throws(E.Failure) -> [S.Mistakes] {
    guard zip(paper.checks, results).contains(where: { !$0.isLong && $1.status == .failed }) else {
      return []
    }
    let rounds = [firstRound(), try secondRound()]
    examinee.rest()
    let explanations = paper.mistakes(explaining: rounds)
    guard explanations.count <= Self.mostAlternatives else { return [] }
    let areSeveral = explanations.contains { $0.count > 1 }
    return areSeveral && OneSlip(rounds).isThere ? [] : explanations
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
}
