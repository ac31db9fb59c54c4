import Grading
import Workshop

/// What an attempt printed: in the first question that failed or, where none of these prints, in the
/// first that does. An attempt is called a hundred times, and a print of each call helps nobody.
enum Prints {
  static func text(of records: [QuestionRecord], in report: Report) -> String {
    let printing = records.filter { !$0.prints.isEmpty }
    let wrong = Set(report.checks.filter { $0.status != .passed }.map(\.name))
    guard let chosen = printing.first(where: { wrong.contains($0.check) }) ?? printing.first else {
      return ""
    }
    let end = chosen.prints.hasSuffix("\n") ? "" : "\n"
    let others = printing.count - 1
    let rest =
      others == 0 ? "" : ", and more in \(others) other question\(others == 1 ? "" : "s")"
    return chosen.prints + end + "(printed in \"\(chosen.check)\"\(rest))\n"
  }
}
