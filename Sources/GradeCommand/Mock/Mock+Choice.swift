import Grading
import KataKit
import Practice

extension Mock {
  /// Why a kata should be asked, the best reason first.
  enum Urgency: Int {
    /// It is about to be forgotten.
    case due
    /// It took a hint, too long or the solution when it was drilled last.
    case weak
    /// It was passed, and never against the clock.
    case undrilled
    case new
    case known
  }

  /// The katas that are asked, in their order: the most urgent, as many as fit; of equals, those of two
  /// tracks in turn, so that what is easily confused has to be told apart.
  static func choice(
    of katas: [Kata], minutes: Int, seed: UInt64, urgency: (Kata) -> Urgency
  ) -> [Kata] {
    var generator = SeededGenerator(seed: seed)
    let shuffled = katas.shuffled(using: &generator)
    let order = Dictionary(grouping: shuffled, by: urgency)
      .sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { inPairsOfTracks($0.value) }
    var left = minutes
    let fitting = order.filter { kata in
      guard kata.minutes <= left else { return false }
      left -= kata.minutes
      return true
    }
    return interleaved(katas.filter(fitting.contains))
  }

  /// The same katas, two tracks at a time, one kata of each in turn.
  private static func inPairsOfTracks(_ katas: [Kata]) -> [Kata] {
    var tracks = tracks(of: katas)[...]
    var order: [Kata] = []
    while let one = tracks.popFirst() {
      let other = tracks.popFirst() ?? []
      for index in 0..<max(one.count, other.count) {
        order += [one, other].compactMap { $0.indices.contains(index) ? $0[index] : nil }
      }
    }
    return order
  }

  /// The same katas, no two of a track next to each other as far as that can be.
  static func interleaved(_ katas: [Kata]) -> [Kata] {
    var left = tracks(of: katas)
    var order: [Kata] = []
    while order.count < katas.count {
      let candidates = left.indices.filter {
        !left[$0].isEmpty && left[$0][0].track != order.last?.track
      }
      // The largest first, or its last ones would be neighbors; of equals the first in the catalogue.
      let next = candidates.max {
        left[$0].count < left[$1].count || left[$0].count == left[$1].count && $0 > $1
      }
      guard let next = next ?? left.firstIndex(where: { !$0.isEmpty }) else { break }
      order.append(left[next].removeFirst())
    }
    return order
  }

  /// The katas of each track, the tracks in the order in which they appear.
  private static func tracks(of katas: [Kata]) -> [[Kata]] {
    var order: [Track] = []
    for kata in katas where !order.contains(kata.track) { order.append(kata.track) }
    return order.map { track in katas.filter { $0.track == track } }
  }
}

extension KataRecord {
  /// How much a mock interview should ask for it.
  func urgency(on today: CivilDay, _ clock: WallClock) -> Mock.Urgency {
    guard let due, let last = drills.compactMap(\.rating).last else {
      return passes > 0 ? .undrilled : .new
    }
    if clock.day(of: due).number <= today.number { return .due }
    return last.rawValue <= FSRS.Rating.hard.rawValue ? .weak : .known
  }
}
