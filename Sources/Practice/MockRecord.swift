/// One mock interview as the journal tells of it.
package struct MockRecord: Equatable, Sendable {
  package let id: String
  package let minutes: Int
  package let seed: UInt64
  /// What it asks for, in order.
  package let katas: [String]
  package private(set) var isFinished = false

  /// Every mock interview, in the order in which they were started.
  package static func all(in events: [Event]) -> [MockRecord] {
    var records: [MockRecord] = []
    for event in events {
      guard let id = event.mock else { continue }
      if event.event == Event.Kind.mockStarted {
        records.append(
          MockRecord(
            id: id, minutes: event.minutes ?? 0, seed: event.seed ?? 0, katas: event.katas ?? []))
      } else if event.event == Event.Kind.mockFinished {
        for index in records.indices where records[index].id == id {
          records[index].isFinished = true
        }
      }
    }
    return records
  }
}
