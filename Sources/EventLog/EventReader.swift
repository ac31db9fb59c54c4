#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads the lines of a journal in one pass.
///
/// A `JSONDecoder` takes seconds for a journal of years. Lines as this program writes them are read
/// directly; whatever is not plainly one of those is left to the decoder, which so has the last word on
/// what is an event, and which.
package struct EventReader {
  private var json: FlatJSON
  private let decoder = JSONDecoder()

  package init(_ bytes: [UInt8]) {
    json = FlatJSON(bytes)
    decoder.dateDecodingStrategy = .iso8601
  }

  /// Every event that can be read, in order, how many lines can not, and how many of these are of a later
  /// schema.
  package mutating func readAll() -> (events: [Event], unreadable: Int, newer: Int) {
    var events: [Event] = []
    events.reserveCapacity(json.bytes.count / 150)
    var (unreadable, newer) = (0, 0)
    while json.nextLine() {
      if let event = plainEvent() ?? decodedEvent(), event.schema == Event.schema {
        events.append(event)
      } else {
        unreadable += 1
        if (schema() ?? 0) > Event.schema { newer += 1 }
      }
    }
    return (events, unreadable, newer)
  }

  /// The version of a line of which nothing else need be understood.
  private func schema() -> Int? {
    struct Versioned: Decodable { let schema: Int }
    guard json.isInBraces else { return nil }
    do {
      return try decoder.decode(Versioned.self, from: Data(json.bytes[json.line])).schema
    } catch {
      return nil
    }
  }

  private func decodedEvent() -> Event? {
    guard json.isInBraces else { return nil }
    do {
      return try decoder.decode(Event.self, from: Data(json.bytes[json.line]))
    } catch {
      return nil
    }
  }

  /// The event on this line, or nil where the decoder must say.
  private mutating func plainEvent() -> Event? {
    guard json.take(FlatJSON.openBrace) else { return nil }
    var event = Event("", kata: "", at: Date(timeIntervalSince1970: 0))
    var seen: UInt32 = 0
    repeat {
      guard let key = json.key() else { return nil }
      guard let field = Field(key) else {
        guard json.skipValue() else { return nil }
        continue
      }
      // Which of two equal keys counts is the decoder's to say.
      guard seen & field.bit == 0, read(field, into: &event) else { return nil }
      seen |= field.bit
    } while json.take(FlatJSON.comma)
    guard json.take(FlatJSON.closeBrace), json.isAtEnd, seen & Field.required == Field.required
    else { return nil }
    return event
  }

  private mutating func read(_ field: Field, into event: inout Event) -> Bool {
    switch field {
    case .schema: required(&event.schema) { $0.integer() }
    case .time: required(&event.time) { $0.time() }
    case .event: required(&event.event) { $0.string() }
    case .kata: required(&event.kata) { $0.string() }
    case .verdict: optional(&event.verdict) { $0.string().flatMap(Verdict.init) }
    case .seed: optional(&event.seed) { $0.natural() }
    case .seconds: optional(&event.seconds) { $0.number() }
    case .mistakes: optional(&event.mistakes) { $0.strings() }
    case .level: optional(&event.level) { $0.integer() }
    case .drill: optional(&event.drill) { $0.string() }
    case .mock: optional(&event.mock) { $0.string() }
    case .katas: optional(&event.katas) { $0.strings() }
    case .minutes: optional(&event.minutes) { $0.integer() }
    case .outcome: optional(&event.outcome) { $0.string().flatMap(Event.Outcome.init) }
    case .runs: optional(&event.runs) { $0.integer() }
    case .hints: optional(&event.hints) { $0.integer() }
    case .question: optional(&event.question) { $0.string() }
    case .rating: optional(&event.rating) { $0.integer() }
    }
  }

  private mutating func required<Value>(
    _ place: inout Value, _ value: (inout FlatJSON) -> Value?
  ) -> Bool {
    guard let value = value(&json) else { return false }
    place = value
    return true
  }

  private mutating func optional<Value>(
    _ place: inout Value?, _ value: (inout FlatJSON) -> Value?
  ) -> Bool {
    if json.null() { return true }
    place = value(&json)
    return place != nil
  }
}

/// The fields of an event.
private enum Field: UInt32 {
  case schema, time, event, kata
  case verdict, seed, seconds, mistakes, level, drill, mock, minutes, outcome, runs, hints
  case question, rating, katas

  static let required = schema.bit | time.bit | event.bit | kata.bit

  var bit: UInt32 { 1 << rawValue }

  /// The field of this name; no name is longer than a key's eight letters.
  init?(_ key: FlatJSON.Key) {
    switch key {
    case "schema": self = .schema
    case "time": self = .time
    case "event": self = .event
    case "kata": self = .kata
    case "verdict": self = .verdict
    case "seed": self = .seed
    case "seconds": self = .seconds
    case "mistakes": self = .mistakes
    case "level": self = .level
    case "drill": self = .drill
    case "mock": self = .mock
    case "katas": self = .katas
    case "minutes": self = .minutes
    case "outcome": self = .outcome
    case "runs": self = .runs
    case "hints": self = .hints
    case "question": self = .question
    case "rating": self = .rating
    default: return nil
    }
  }
}
