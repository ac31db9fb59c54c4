import KataKit

/// The first thing that a room is told.
package struct Job: Codable, Sendable {
  package let kata: String
  /// The compiled attempt.
  package let library: String
  /// The empty directory to run in.
  package let scratch: String
  /// Seconds of processor time for each question.
  package let processorSeconds: Int

  package init(kata: String, library: String, scratch: String, processorSeconds: Int) {
    self.kata = kata
    self.library = library
    self.scratch = scratch
    self.processorSeconds = processorSeconds
  }
}

/// What is put to a room, one at a time.
package struct Request<Fixture: Codable & Sendable>: Codable, Sendable {
  /// Comes back with the answer; no two of a grading are alike.
  package let number: UInt64
  /// Nil asks for a new instance, to which the questions that follow are put.
  package let question: Question?

  package struct Question: Codable, Sendable {
    package let script: String
    package let fixture: Fixture
  }

  package init(number: UInt64, question: Question?) {
    self.number = number
    self.question = question
  }

  package init(number: UInt64, script: String, fixture: Fixture) {
    self.init(number: number, question: Question(script: script, fixture: fixture))
  }
}

/// What a room says to one request.
package struct Response: Codable, Sendable {
  package let number: UInt64
  package let parts: [Part]
  /// Why there is nothing that can be asked.
  package let unfit: Unfit?

  package enum Unfit: Codable, Equatable, Sendable {
    case doesNotLoad(reason: String)
    case noType
    case doesNotConform
    /// The room has not heard of the kata or the script.
    case unknown
    /// What was returned is more than any answer: "dW₁ is 1000000×8".
    case tooMuch(what: String)
  }

  package init(number: UInt64, parts: [Part] = [], unfit: Unfit? = nil) {
    self.number = number
    self.parts = parts
    self.unfit = unfit
  }

  /// An answer, or why it is none.
  package init(number: UInt64, answer: [Part]) {
    let excess = Self.excess(of: answer)
    self.init(
      number: number, parts: excess == nil ? answer : [],
      unfit: excess.map { .tooMuch(what: $0) })
  }

  /// No answer has so many parts.
  private static let mostParts = 1 << 12

  /// What there is too much of for an answer: "dW₁ is 1000000×8". Nobody could read it in time.
  package static func excess(of parts: [Part]) -> String? {
    if parts.count > mostParts { return "\(parts.count) parts are returned" }
    if let part = parts.first(where: { !Wire.canCarry($0.value) }) {
      return "\(part.name) is \(part.value.shape)"
    }
    return parts.reduce(0) { $0 + $1.value.count } > 4 * Wire.mostNumbers
      ? "all parts together have millions of numbers" : nil
  }
}

package enum Wire {
  /// Told by a room when it starts; a room that tells another one is not of this build.
  package static let version: UInt64 = 1

  /// No answer is this long, and no fixture.
  package static let longest = 64 << 20

  /// No matrix has so many numbers, nor rows without any.
  static let mostNumbers = 1 << 20

  static func canCarry(_ matrix: Matrix) -> Bool {
    max(matrix.count, matrix.rows, matrix.columns) <= mostNumbers
  }

  /// A message behind its length, four bytes from the lowest.
  package static func frame(_ message: some Encodable) throws -> [UInt8] {
    let encoder = WireEncoder()
    try message.encode(to: encoder)
    let body = encoder.buffer.bytes
    let length = UInt32(body.count)
    return (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + body
  }

  /// Exactly the message in `body`.
  package static func message<Message: Decodable>(
    _ type: Message.Type, in body: some Sequence<UInt8>
  ) throws -> Message {
    let decoder = WireDecoder(cursor: .init(Array(body)))
    let message = try Message(from: decoder)
    guard decoder.cursor.isAtEnd else { throw WireDecoder.damage("more than a message") }
    return message
  }
}

extension [UInt8] {
  /// Takes the body of the first frame off the front, where it has come whole.
  ///
  /// - Returns: nil where more has to come.
  /// - Throws: where the length is that of no message.
  package mutating func takeFrame() throws(BadFrame) -> ArraySlice<UInt8>? {
    guard count >= 4 else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(self[$1]) << ($1 * 8) }
    guard length > 0, length <= Wire.longest else { throw BadFrame() }
    guard count >= 4 + length else { return nil }
    let body = self[4..<4 + length]
    removeFirst(4 + length)
    return body
  }
}

/// Bytes that no grader and no room sends.
package struct BadFrame: Error {}
