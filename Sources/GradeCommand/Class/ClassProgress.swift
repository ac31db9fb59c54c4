/// One line that says how far a class is graded.
final class ClassProgress {
  private let isTerminal: Bool
  private let write: (String) -> Void
  private var tenths = 0

  init(isTerminal: Bool, write: @escaping (String) -> Void) {
    self.isTerminal = isTerminal
    self.write = write
  }

  /// At a terminal the line is written over; elsewhere there is one at every tenth.
  func tell(_ done: Int, of all: Int) {
    guard all > 0 else { return }
    let line = "grade: \(done) of \(all) graded"
    if isTerminal {
      write("\r\(line)\(done == all ? "\n" : "")")
    } else if done * 10 / all > tenths {
      tenths = done * 10 / all
      write("\(line)\n")
    }
  }
}
