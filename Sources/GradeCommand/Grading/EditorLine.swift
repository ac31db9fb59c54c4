import Grading
import Practice
import Workshop

/// A verdict as a compiler would say it, for editors that know such lines: "FILE:LINE:COLUMN: error: …".
struct EditorLine {
  let report: Report
  let path: String
  /// The line that declares the type, for what belongs to no other.
  let declared: Int

  init(report: Report, path: String, type: String, source: AttemptSource) {
    self.report = report
    self.path = path
    if case .text(let bytes) = source {
      declared = DeclaredTypes(in: bytes).lines[type] ?? 1
    } else {
      declared = 1
    }
  }

  var text: String {
    // The compiler has said it in its lines already.
    if let message = report.message, report.compilerLine != nil { return message + "\n" }
    let line = report.checks.leading?.line ?? declared
    let severity = report.verdict == .passed ? "note" : "error"
    let sentence = report.sentence.split(separator: "\n").joined(separator: " ")
    return "\(path):\(line):1: \(severity): \(sentence)\n"
  }
}
