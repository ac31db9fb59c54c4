import Foundation
import KataKit
import Testing

@testable import Practice

@Suite("A journal is read as JSON is")
struct JournalReadingTests {
  private func events(_ text: String) -> (events: [Event], unreadable: Int, newer: Int) {
    Journal.events(in: Array(text.utf8))
  }

  /// What a `JSONDecoder` makes of one line.
  private func decoded(_ line: [UInt8]) -> Event? {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      let event = try decoder.decode(Event.self, from: Data(line))
      return event.schema == 1 ? event : nil
    } catch {
      return nil
    }
  }

  private func line(_ event: Event) throws -> String {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(event), as: UTF8.self)
  }

  private func sample(_ generator: inout SeededGenerator) -> Event {
    let words = [
      "backprop", "he-init", "", "é–漢字", "a\"b\\c/d", "tab\tand\nline", "👩‍🚀", "\u{0}\u{7F}",
    ]
    func word() -> String { words.randomElement(using: &generator) ?? "" }
    func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &generator) ? value : nil }
    var event = Event(
      [Event.Kind.graded, Event.Kind.hint, "from-the-future", word()]
        .randomElement(using: &generator) ?? "",
      kata: word(), at: Date(timeIntervalSince1970: .random(in: -1e9...9e9, using: &generator)))
    event.verdict = maybe([.passed, .doesNotCompile, .timedOut].randomElement(using: &generator))
      .flatMap { $0 }
    event.seed = maybe(.random(in: 0...UInt64.max, using: &generator))
    event.seconds = maybe(
      [0, 1e-9, 1e300, 0.1, .random(in: -9...1e4, using: &generator)]
        .randomElement(using: &generator) ?? 0)
    event.mistakes = maybe((0..<Int.random(in: 0...3, using: &generator)).map { _ in word() })
    event.level = maybe(.random(in: Int.min...Int.max, using: &generator))
    event.drill = maybe(word())
    event.outcome = maybe(.gaveUp)
    event.runs = maybe(.random(in: 0...20, using: &generator))
    event.katas = maybe([word(), word()])
    event.question = maybe(word())
    event.rating = maybe(.random(in: 1...4, using: &generator))
    return event
  }

  @Test("what is written is what is read, for thousands of random events")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<3000 {
      let event = sample(&generator)
      let line = try line(event)
      let read = events(line)
      #expect(read.events == [try #require(decoded(Array(line.utf8)))], "\(line)")
    }
  }

  @Test("thousands of damaged lines are events exactly where a JSONDecoder says so")
  func damaged() throws {
    var generator = SeededGenerator(seed: 2)
    let alphabet = Array("{}[]\",:\\u0019eE+-. tfn".utf8) + [0, 9, 13, 31, 127, 128, 195, 255]
    var kept = 0
    for _ in 0..<8000 {
      var bytes = Array(try line(sample(&generator)).utf8)
      for _ in 0...Int.random(in: 0...2, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...3, using: &generator) {
        case 0: bytes[place] = alphabet.randomElement(using: &generator) ?? 0
        case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 6))
        }
      }
      let expected = decoded(bytes)
      if expected != nil { kept += 1 }
      let read = Journal.events(in: bytes)
      #expect(
        read.events == [expected].compactMap { $0 }, "\(String(decoding: bytes, as: UTF8.self))")
      #expect(read.unreadable == (expected == nil ? 1 : 0))
    }
    #expect(kept > 500, "some of them are still events")
  }

  private static let event =
    #""schema":1,"event":"hint","kata":"backprop","time":"2027-01-15T08:00:00Z""#

  @Test(
    "fields of any shape, in any order, are what a JSONDecoder makes of them",
    arguments: [
      #""x":{"level":3,"y":[1,{"z":null}]}"#, #""x":[]"#, #""x":["a","b"]"#, #""x":[1,2]"#,
      #""x":["a",["b"]]"#, #""x":true"#, #""x":false"#, #""x":null"#, #""x":-0.5e-3"#, #""x":01"#,
      #""x":truex"#, #""x":"\ud83d\ude00""#, #""x":"\ud83d""#, #""x":"}\",\"level\":9""#,
      #""level":2"#, #""level":2.0"#, #""level":2e0"#, #""level":-0"#, #""level":- 1"#,
      #""level":02"#, #""level":"2""#, #""level":null"#, #""level":1,"level":2"#,
      #""\u006cevel":2"#, #""level" : 2 "#, #""level":99999999999999999999"#, #""seed":-1"#,
      #""seed":18446744073709551615"#, #""seed":18446744073709551616"#, #""seconds":1e400"#,
      #""seconds":0.1000000000000000055511151231257827"#, #""seconds":5e-324"#, #""seconds":.5"#,
      #""seconds":1."#, #""mistakes":["a",]"#, #""mistakes":[null]"#, #""mistakes":{}"#,
      #""mistakes":["no-batch-mean" , "é"]"#, #""verdict":"passed""#, #""verdict":"superb""#,
      #""outcome":"gave-up""#, #""drill":"+\u+123""#, #""drill":"\x""#, #""drill":"\u-000""#,
      #""kata":"again""#, #""drill":"1",,"mock":"2""#, #""levels_of_all_kinds":7"#,
    ])
  func fields(_ field: String) {
    for line in [
      "{\(Self.event),\(field)}", "{\(field),\(Self.event)}", " {\(Self.event) ,\(field)}\r",
    ] {
      #expect(events(line).events == [decoded(Array(line.utf8))].compactMap { $0 }, "\(line)")
    }
  }

  @Test(
    "times are read as a JSONDecoder reads them",
    arguments: [
      "2027-01-15T08:00:00Z", "2028-02-29T23:59:59Z", "2027-02-29T08:00:00Z",
      "2100-02-29T08:00:00Z", "1970-01-01T00:00:00Z", "1899-12-31T00:00:00Z",
      "1500-03-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
      "2027-13-01T00:00:00Z", "2027-01-15T24:00:00Z", "2027-01-15T08:00:60Z",
      "2027-01-15T08:00:00+01:00", "2027-01-15T08:00:00.5Z", "2027-01-15 08:00:00Z", "now", "",
    ])
  func times(_ time: String) {
    let line = #"{"schema":1,"event":"hint","kata":"x","time":"\#(time)"}"#
    #expect(events(line).events == [decoded(Array(line.utf8))].compactMap { $0 })
  }

  @Test("every day of four centuries is the calendar's")
  func days() throws {
    for number in stride(from: -25_567, to: 146_097, by: 1) {
      let day = CivilDay(number: number)
      #expect(
        day.number == number && CivilDay(year: day.year, month: day.month, day: day.day) == day)
    }
    #expect(
      "\(CivilDay(number: 0))" == "1970-01-01" && "\(CivilDay(number: 20_833))" == "2027-01-15")
  }

  @Test("torn, binary and endless lines, and those of another schema, are counted and read around")
  func badLines() {
    let good = "{\(Self.event)}"
    let bad = [
      String(good.dropLast()), "\u{0}\u{1}\u{FFFD}", String(repeating: "x", count: 1_000_000),
      "{" + String(repeating: "[", count: 1_000_000) + "}",
      "{\"x\":\"" + String(repeating: "y", count: 1_000_000) + "\"}", "{}", "[]", "null",
      good + good,
      good.replacing("\"schema\":1", with: "\"schema\":2"),
      good.replacing("\"schema\":1", with: "\"schema\":0"),
    ]
    let text = (["", "  ", "\r"] + bad.flatMap { [$0, good] }).joined(separator: "\n")
    let start = ContinuousClock.now
    let read = events(text)
    #expect(read.unreadable == bad.count)
    #expect(read.events.count == bad.count)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("a kind of event that is not known is kept")
  func unknownKind() {
    let line = "{\(Self.event)}".replacing("hint", with: "levitated")
    #expect(events(line).events.map(\.event) == ["levitated"])
  }

  @Test("no journal, an empty one and one without a last line feed")
  func ends() {
    let nowhere = Journal(file: URL(filePath: "/nowhere/journal.jsonl")).read()
    #expect(nowhere.events.isEmpty && nowhere.unreadable == 0)
    #expect(events("").events.isEmpty && events("\n\n").unreadable == 0)
    #expect(events("{\(Self.event)}\n{\(Self.event)}").events.count == 2)
  }
}
