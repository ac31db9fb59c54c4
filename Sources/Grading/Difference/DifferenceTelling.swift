import Numerics

/// What there is to say of one question that was answered wrongly on several draws.
struct DifferenceTelling<S: Suite> {
  private let answers: [Answered<S>]
  private let elsewhere: [Answered<S>]
  private let check: String
  private let further: () -> [Answered<S>]
  /// The blocks that are right on every draw, and the first that is wrong.
  private let right: [String]
  let first: String?

  /// The blocks of the answer, in the order of computation.
  private var names: [String] { answers.first?.truth.map(\.name) ?? [] }

  /// - Parameters:
  ///   - answers: to one question on several draws, none of them right.
  ///   - elsewhere: to other questions.
  ///   - further: right answers to the same question on more draws.
  init(
    _ answers: [Answered<S>], elsewhere: [Answered<S>], in check: String,
    further: @escaping () -> [Answered<S>]
  ) {
    self.answers = answers
    self.elsewhere = elsewhere
    self.check = check
    self.further = further
    func wrong(in answered: Answered<S>) -> [String] {
      let names = answered.blocks.map(\.name)
      guard names == answered.truth.map(\.name), Set(names).count == names.count else { return [] }
      return zip(answered.blocks, answered.truth).filter { !$0.agrees(with: $1) }.map(\.1.name)
    }
    let wrong = answers.map(wrong)
    let first = wrong.first?.first
    self.first = wrong.allSatisfy { $0.first == first } ? first : nil
    let everWrong = Set(wrong.joined())
    right = (answers.first?.truth ?? []).map(\.name).filter { name in
      !everWrong.contains(name)
        && answers.allSatisfy { $0.truth.contains { $0.name == name } }
    }
  }

  var difference: Difference? {
    guard let first else { return nil }
    guard let told = telling(of: first) else {
      guard let place = names.firstIndex(of: first), isComparable(first) else { return nil }
      let before = names[..<place].filter(right.contains)
      guard !before.isEmpty, before.count == place else { return nil }
      let sentence =
        before.count > 3
        ? "Everything before \(first) is right."
        : "\(areRight(Array(before))); \(first) \("is not.".agreeing(with: first))"
      return Difference(sentence: sentence, block: first, relation: nil, place: nil, right: right)
    }
    let (hypothesis, shown) = (told.hypothesis, told.observation)
    let scope = told.isGeneral ? "" : "In the check “\(check)”, "
    return Difference(
      sentence: scope + hypothesis.clause(of: shown) + rest(hypothesis, shown) + ".",
      block: first, relation: hypothesis.relationText(in: shown),
      place: hypothesis.placeText(of: shown), right: right)
  }

  /// Whether one number is expected for each of its entries.
  private func isComparable(_ name: String) -> Bool {
    answers.allSatisfy { observation(of: name, in: $0) != nil }
  }

  /// What holds of a block, with the first draw that shows it.
  struct Told {
    let hypothesis: Hypothesis
    let observation: Observation
    /// Whether it holds of that block in every other answer.
    let isGeneral: Bool
  }

  /// What holds of the block on every draw, and, if anything does, of that block in all other answers.
  func telling(of name: String) -> Told? {
    let observations = answers.compactMap { observation(of: name, in: $0) }
    guard observations.count == answers.count, let shown = observations.first else { return nil }
    let holding = DifferenceSearch(observations).hypotheses()
    let others = elsewhere.compactMap { observation(of: name, in: $0) }
    let general = holding.filter { hypothesis in others.allSatisfy(hypothesis.holds) }
    let candidates = general.isEmpty ? holding : general
    guard let best = candidates.first else { return nil }
    // What is said of the same entries in two ways is said in one.
    let isOne = candidates.prefix { $0.cost == best.cost }.allSatisfy {
      $0.relation == best.relation && $0.coefficient == best.coefficient
    }
    guard isOne, isOnlyPlace(best, among: candidates, of: name) else { return nil }
    return Told(hypothesis: best, observation: shown, isGeneral: !general.isEmpty)
  }

  /// Whether other entries that were wrong by the same relation are the same ones on further draws, too.
  private func isOnlyPlace(
    _ best: Hypothesis, among candidates: [Hypothesis], of name: String
  ) -> Bool {
    guard case .entries = best.place else { return true }
    let rivals = candidates.filter {
      $0.relation == best.relation && $0.coefficient == best.coefficient && $0.cost < best.cost + 1
    }
    guard rivals.count > 1 else { return true }
    let others = further().compactMap { observation(of: name, in: $0) }
    return rivals.allSatisfy { rival in
      others.allSatisfy { rival.place.members(in: $0) == best.place.members(in: $0) }
    }
  }

  private func observation(of name: String, in answered: Answered<S>) -> Observation? {
    guard answered.blocks.map(\.name) == answered.truth.map(\.name) else { return nil }
    return answered.truth.firstIndex { $0.name == name }.flatMap { Observation(answered, at: $0) }
  }

  /// What is right beside it.
  private func rest(_ hypothesis: Hypothesis, _ observation: Observation) -> String {
    let isPartial = observation.isRight.contains(true) && hypothesis.place != .everywhere
    var parts = isPartial ? ["its other entries are right"] : []
    if right.count > 3, right.count + 1 == names.count {
      parts.append("everything else in that answer is right")
    } else if (1...3).contains(right.count) {
      parts.append(areRight(right))
    }
    return (parts.isEmpty ? "" : "; ") + parts.joined(separator: ", and ")
  }

  /// "dW₂ and db₂ are right".
  private func areRight(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else {
      let name = names.first ?? "it"
      return "\(name) " + "is right".agreeing(with: name)
    }
    return "\(names.dropLast().joined(separator: ", ")) and \(last) are right"
  }
}
