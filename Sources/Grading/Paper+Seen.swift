import Exam
import Numerics

extension Paper {
  /// Whether these mistakes can be made together, their answers are wrong, and each of them changes an
  /// answer while the others are made: none cancels another, and none hides.
  package func isEachSeen(_ ids: [String]) -> Bool {
    let mistakes = ids.compactMap(MistakeID<S>.init(rawValue:))
    guard mistakes.count == ids.count, Set(mistakes.map(\.site)).count == ids.count else {
      return false
    }
    let all = Set(mistakes)
    let answers = answers(making: all)
    func differs(_ others: S.Mistakes) -> Bool {
      zip(self.answers(making: others), answers).contains { !$0.agree(with: $1) }
    }
    return differs([]) && (all.count == 1 || all.allSatisfy { differs(all.subtracting([$0])) })
  }

  /// By one instance, in the order of the questions, as an attempt gives them.
  private func answers(making mistakes: S.Mistakes) -> [[Block]] {
    let subject = S.reference(making: mistakes)
    return telling.map { question in
      let drawn = drawn(question, seed: seed)
      let parts = S.Paper.answer(of: subject, to: drawn.script, on: drawn.fixture)
      return S.blocks(of: parts, to: drawn.script, on: drawn.fixture)
    }
  }
}
