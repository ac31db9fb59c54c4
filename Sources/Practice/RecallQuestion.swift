/// What an interviewer asks once the code is right.
package struct RecallQuestion: Equatable, Sendable {
  /// What tells it from every other, in the journal too.
  package struct ID: Hashable, Sendable {
    package let kata: String
    /// The question itself.
    package let text: String

    package init(kata: String, text: String) {
      self.kata = kata
      self.text = text
    }
  }

  package let id: ID
  /// A model answer, short enough to say out loud; paragraphs are separate.
  package let answer: [String]
  /// What must be in any answer.
  package let points: [String]

  package init(_ text: String, of kata: String, answer: [String], points: [String]) {
    id = ID(kata: kata, text: text)
    self.answer = answer
    self.points = points
  }
}

extension RecallQuestion {
  /// What takes the place of a kata's name where a question belongs to none.
  package static let general = "general"

  /// The questions on a kata's page: a `## ` heading each, under it the answer, and the points as a list.
  package static func all(in page: String, of kata: String) -> [RecallQuestion] {
    page.split(separator: "\n## ").dropFirst().map { section in
      let lines = section.split(separator: "\n", omittingEmptySubsequences: false)
      var (answer, points): ([String], [String]) = ([], [])
      var isOpen = false
      for line in lines.dropFirst() {
        if line.hasPrefix("- ") {
          points.append(String(line.dropFirst(2)))
        } else if line.allSatisfy(\.isWhitespace) {
          isOpen = false
          continue
        } else if line.hasPrefix("  "), !points.isEmpty {
          points[points.count - 1] += " " + line.drop { $0 == " " }
        } else if isOpen {
          answer[answer.count - 1] += " " + line
        } else {
          answer.append(String(line))
        }
        isOpen = true
      }
      return RecallQuestion(String(lines.first ?? ""), of: kata, answer: answer, points: points)
    }
  }
}
