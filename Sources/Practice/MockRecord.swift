/// One mock interview as the journal tells of it.
package struct MockRecord: Equatable, Sendable {
  package let id: String
  package let minutes: Int
  package let seed: UInt64
  /// What it asks for, in order.
  package let katas: [String]
  /// The bugs in the programs of those of them that are debugged.
  package let planted: [String: [String]]
  package fileprivate(set) var isFinished = false
}

extension [MockRecord] {
  /// Begins a record, or ends the one that `event` belongs to.
  mutating func absorb(_ event: Event) {
    guard let id = event.mock else { return }
    if event.event == Event.Kind.mockStarted {
      append(
        MockRecord(
          id: id, minutes: event.minutes ?? 0, seed: event.seed ?? 0, katas: event.katas ?? [],
          planted: event.planted ?? [:]))
    } else if event.event == Event.Kind.mockFinished {
      for index in indices where self[index].id == id { self[index].isFinished = true }
    }
  }
}
