import Grading

/// A line at the terminal that says that a grading takes longer than a moment, until there is a verdict.
final class Waiting {
  private static let moment = Duration.seconds(1)

  private let kata: Kata
  private let surroundings: Surroundings
  private let start = ContinuousClock.now
  private var said = ""

  init(for kata: Kata, _ surroundings: Surroundings) {
    self.kata = kata
    self.surroundings = surroundings
  }

  /// Called again and again in the course of a grading.
  func look() {
    let elapsed = ContinuousClock.now - start
    guard surroundings.isNoteTerminal, elapsed > Self.moment else { return }
    say("grading \(kata.name) … \(elapsed.components.seconds) s")
  }

  /// Takes the line back, so that something else can be said.
  func end() {
    guard !said.isEmpty else { return }
    surroundings.note("\r\(String(repeating: " ", count: said.count))\r")
    said = ""
  }

  private func say(_ line: String) {
    guard line != said else { return }
    // It never becomes shorter.
    surroundings.note("\r\(line)")
    said = line
  }
}
