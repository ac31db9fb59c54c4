import Exam
import Numerics

extension Examination {
  /// So many draws are looked at: in four, 19 of 9678 differences made on purpose were told by a size that
  /// happened to be always the same, or always one less than another.
  private static var draws: UInt64 { 6 }
  /// So many more tell two places apart; nobody is asked about them.
  private static var furtherDraws: UInt64 { 24 }

  /// How the answers differ from the truth, where that follows something simple on every draw.
  ///
  /// It is asked for where no set of mistakes explains them. What is said holds on all draws of the first
  /// failing check that shows a difference, and of all other answers where nothing else is said.
  package mutating func difference() throws(E.Failure) -> Difference? {
    guard isRepeatable else { return nil }
    let failing = zip(paper.checks, results).filter { !$0.isLong && $1.status == .failed }.map(\.0)
    for check in failing.filter({ !$0.isAside }) + failing.filter(\.isAside) {
      for question in check.questions {
        let answered = try answers(to: question)
        guard answered.count > 1, answered.allSatisfy({ !$0.blocks.agree(with: $0.truth) }),
          // What is right to six digits is no other number.
          !answered.allSatisfy({ $0.blocks.agreesEntryByEntry(with: $0.truth) })
        else { continue }
        examinee.rest()
        let (paper, seed) = (paper, paper.seed &+ Self.draws)
        return DifferenceTelling(
          answered, elsewhere: Array(answers.values), in: check.name,
          further: {
            (0..<Self.furtherDraws).map { paper.drawn(question, seed: seed &+ $0).flawless }
          }
        ).difference
      }
    }
    return nil
  }

  /// The answers to a question on every draw, all of a new instance but the first.
  private mutating func answers(to question: Question<S>) throws(E.Failure) -> [Answered<S>] {
    guard let first = answers[question.id(seed: paper.seed)] else { return [] }
    var all = [first]
    guard try examinee.start(forgetting: false) == nil else { return all }
    for draw in 1..<Self.draws {
      let drawn = paper.drawn(question, seed: paper.seed &+ draw)
      guard case .answer(let parts, _) = try examinee.reply(to: drawn.script, on: drawn.fixture)
      else { continue }
      all.append(Answered(drawn, parts: parts))
    }
    return all
  }
}
