import Exam

@testable import Grading

/// The proof that a suite leaves no axis open: its own truths, ruined along each.
///
/// What remembers is put through real examinations in `MemoryTests`: they see whatever is another after a
/// sibling. So of memory a suite has to have siblings of everything.
struct AxisAudit: Sendable, Equatable {
  /// A ruined answer that no check of the suite objects to.
  struct Escape: Sendable, Hashable {
    let axis: Axis
    /// "dW where inputs is a column".
    let ruin: String
  }

  /// How many ruins were tried.
  let tried: Int
  let escapes: [Escape]

  init<S: Suite>(_ suite: S.Type, seed: UInt64) {
    let paper = Paper<S>(seed: seed)
    let sittings = paper.checks.filter { !$0.isLong }.flatMap { check in
      [Sitting(check, check.questions.map { paper.drawn($0, seed: seed) })]
        + (check.isAside
          ? [] : [Sitting(check, check.questions.compactMap { paper.sibling(of: $0) })])
    }.filter { $0.drawn.count == $0.check.questions.count }
    let ruins = Ruin.all(for: sittings.flatMap(\.scenes))
    let siblings = paper.questions.compactMap { question in
      paper.sibling(of: question).map {
        (paper.drawn(question, seed: seed).trueParts, $0.trueParts)
      }
    }
    let kinds = sittings.flatMap(\.scenes).flatMap(\.kinds).uniqued()
    tried = ruins.count + kinds.count
    escapes =
      kinds.filter { kind in !siblings.contains { AxisScene.differ($0, $1, in: kind) } }
      .map { Escape(axis: .memory, ruin: "\($0) is kept from other values") }
      + ruins.filter { ruin in !sittings.contains { $0.objects(to: ruin) } }
      .map { Escape(axis: $0.axis, ruin: $0.name) }
  }
}

/// What a check is put to, and its questions as the axes see them.
private struct Sitting<S: Suite> {
  let check: Check<S>
  let drawn: [Drawn<S>]
  let scenes: [AxisScene]

  init(_ check: Check<S>, _ drawn: [Drawn<S>]) {
    (self.check, self.drawn) = (check, drawn)
    scenes = zip(check.questions, drawn).map {
      AxisScene(of: $0.probe.name, fixture: $1.fixture, parts: $1.trueParts)
    }
  }

  /// Whether the check fails the answer; one that cannot decide does not.
  func objects(to ruin: Ruin) -> Bool {
    let ruined = scenes.map(ruin.parts)
    guard ruined.contains(where: { $0 != nil }) else { return false }
    let answers = zip(drawn, ruined).map { drawn, parts in
      parts.map { Answered(drawn, parts: $0) } ?? drawn.flawless
    }
    do throws(Finding) {
      _ = try check.judge(answers)
      return false
    } catch {
      return true
    }
  }
}
