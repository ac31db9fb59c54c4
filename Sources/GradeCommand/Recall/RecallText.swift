import KataKit
import Practice

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What recall shows.
struct RecallText {
  let style: Style

  static let hides = "Answer out loud; then press a key."
  /// Each rating with the day on which the question would come again.
  static func keys(_ days: [(FSRS.Rating, String)]) -> [String] {
    days.map { "\($0.0.rawValue) \($0.0) (\($0.1))" } + ["q quit"]
  }

  /// The question, and its answer once it is time.
  func body(of recall: Recall) -> String {
    guard recall.step != .over else { return summary(of: recall) }
    let asked = self.asked(recall.question, recall.number + 1, of: recall.questions.count)
    return recall.step == .asking ? asked : asked + "\n\n" + answer(to: recall.question)
  }

  func asked(_ question: RecallQuestion, _ number: Int, of count: Int) -> String {
    style.heading("recall", question.id.kata, right: "\(number) of \(count)") + "\n\n  "
      + style.paint(style.wrap(question.id.text, indent: 2), .strong)
  }

  func answer(to question: RecallQuestion) -> String {
    let points = question.points.map { "    · " + style.wrap($0, indent: 6) }
    return question.answer.map { "  " + style.wrap($0, indent: 2) }.joined(separator: "\n\n")
      + "\n\n  In any answer:\n" + points.joined(separator: "\n")
  }

  func status(of recall: Recall, at time: Date) -> [String] {
    let keys =
      switch recall.step {
      case .asking: [Self.hides + "  q quit"]
      case .comparing: style.flow(Self.keys(recall.outlook(at: time)), separator: "  ")
      case .over: [String]()
      }
    return ([recall.notice].compactMap(\.self) + keys).map { style.paint($0, .faint) }
  }

  private func summary(of recall: Recall) -> String {
    let counts = FSRS.Rating.allCases.compactMap { rating -> String? in
      let count = recall.ratings.count { $0 == rating }
      return count > 0 ? "\(count) \(rating)" : nil
    }
    let asked = Figures.count(recall.ratings.count, "question")
    return recall.ratings.isEmpty
      ? "  Nothing was rated." : "  \(asked) rated: \(counts.joined(separator: ", "))."
  }
}
