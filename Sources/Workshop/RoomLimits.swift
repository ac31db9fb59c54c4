/// How long an attempt may take, and how much it may say.
package struct RoomLimits: Sendable {
  /// Seconds of processor time for one question; all questions of a grading together take some 0.01.
  package var processorSeconds = 2
  /// How long a question may take without using the processor: a sleep, a deadlock.
  package var silence = Duration.seconds(5)
  /// Seconds for all questions together, busy or idle, with the ends of their rooms.
  package var secondsInAll = 12
  /// How long a keeper may take to end everybody.
  package var closing = Duration.seconds(2)
  /// After so many questions without an end, or with a forged one, no other is asked.
  package var endless = 2
  /// Traps that are traced to their line; more of them tell nothing new.
  package var backtraces = 3
  /// Bytes of the attempt's own prints that are kept of one question.
  package var kept = 1 << 16

  package init() {}

  /// For a kata that needs `patience` times as long.
  func stretched(by patience: Int) -> Self {
    var limits = self
    limits.processorSeconds *= patience
    limits.secondsInAll *= patience
    return limits
  }
}
