package import Grading
import KataKit

/// Chooses bugs that can stand together in one program.
package enum BugDraw {
  /// As many as a program has at most.
  package static let most = 4
  /// Where the first bugs leave no room for others, the choice begins again.
  private static let tries = 4

  /// Bugs at different places of which none cancels or hides another; fewer than `count` where the
  /// kata has no more that go together.
  ///
  /// - Parameter count: drawn, too, when it is not given.
  package static func bugs(
    of solution: AnnotatedSolution, in suite: any Suite.Type, count: Int?, seed: UInt64
  ) -> [PlantedBug] {
    draw(solution.bugs, in: suite, count: count, seed: seed)
  }

  private static func draw<S: Suite>(
    _ bugs: [PlantedBug], in suite: S.Type, count: Int?, seed: UInt64
  ) -> [PlantedBug] {
    var generator = SeededGenerator(seed: seed)
    let count = count ?? Int.random(in: 1...most, using: &generator)
    let paper = Paper<S>(seed: seed)
    var best: [PlantedBug] = []
    for _ in 0..<tries where best.count < count {
      var chosen: [PlantedBug] = []
      for bug in bugs.shuffled(using: &generator) where chosen.count < count {
        let isApart = chosen.allSatisfy { !$0.lines.overlaps(bug.lines) }
        if isApart, paper.isEachSeen((chosen + [bug]).map(\.id)) { chosen.append(bug) }
      }
      if chosen.count > best.count { best = chosen }
    }
    return best
  }
}
