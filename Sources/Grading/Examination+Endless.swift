import Exam

extension Examination {
  /// Why a check is put last: after two questions that do not come to an end nothing more is asked, and it
  /// asks about what one of them, and nothing answered so far, is about.
  ///
  /// A loop that never ends with a single row takes its time once, and not from the checks that follow.
  func likelyEndless(_ check: Check<S>) -> Silence? {
    guard !endless.isEmpty, !answers.isEmpty else { return nil }
    let harmless = answers.values.reduce(into: Set<Trait>()) {
      $0.formUnion(Trait.all(of: $1.question.fixture))
    }
    let own = check.questions.filter { answers[$0.id(seed: paper.seed)] == nil }
      .reduce(into: Set<Trait>()) {
        $0.formUnion(Trait.all(of: paper.drawn($1, seed: paper.seed).fixture))
      }
    return endless.first {
      !Trait.all(of: $0.question.fixture).subtracting(harmless).isDisjoint(with: own)
    }.map { Silence(status: .skipped, message: "until “\($0.check)” comes to an end") }
  }
}
