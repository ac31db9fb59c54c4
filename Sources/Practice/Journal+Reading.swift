#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Journal {
  /// Every event that can be read, in order, how many lines cannot, and how many of these were written by a
  /// later version.
  ///
  /// An event of an unknown kind is kept; a line of another version of the schema cannot be read.
  package func read() -> (events: [Event], unreadable: Int, newer: Int) {
    guard let text = FileManager.default.contents(atPath: file.path) else { return ([], 0, 0) }
    return Self.events(in: [UInt8](text))
  }

  /// What `text`, one event a line, says. A line is an object from end to end, or it cannot be read.
  package static func events(in text: [UInt8]) -> (events: [Event], unreadable: Int, newer: Int) {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    var events: [Event] = []
    var (unreadable, newer) = (0, 0)
    // Bytes, because splitting a `Data` takes five times as long.
    for line in text.split(separator: 10) {
      guard let first = line.first(where: isInk), let last = line.last(where: isInk) else {
        continue
      }
      let isWhole = first == UInt8(ascii: "{") && last == UInt8(ascii: "}")
      if isWhole, let event = decoder.value(Event.self, from: Data(line)),
        event.schema == Event.schema
      {
        events.append(event)
        continue
      }
      unreadable += 1
      if isWhole, let line = decoder.value(Versioned.self, from: Data(line)),
        line.schema > Event.schema
      {
        newer += 1
      }
    }
    return (events, unreadable, newer)
  }

  private static func isInk(_ byte: UInt8) -> Bool { byte != 32 && byte != 9 && byte != 13 }

  /// A line of which nothing but its version need be understood.
  private struct Versioned: Decodable { let schema: Int }
}

extension JSONDecoder {
  /// The value in `data`, or nil where there is none.
  fileprivate func value<Value: Decodable>(_: Value.Type, from data: Data) -> Value? {
    do {
      return try decode(Value.self, from: data)
    } catch {
      return nil
    }
  }
}
