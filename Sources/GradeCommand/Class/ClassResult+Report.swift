import Grading
import Practice
package import Workshop

extension ClassVerdict {
  init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .passed: .passed
      case .failed: .failed
      case .crashed: .crashed
      case .notAttempted: .notAttempted
      case .doesNotCompile: .doesNotCompile
      case .timedOut: .timedOut
      }
  }
}

extension ClassResult.Row {
  /// - Parameter declared: the line that declares the type, for what belongs to no other.
  package init(
    student: String, file: String, report: Report, maxPoints: Double, declared: Int? = nil
  ) {
    let telling = report.checks.leading
    self.init(
      student: student, kata: report.kata, file: file, verdict: ClassVerdict(report.verdict),
      points: Points.earned(of: maxPoints, by: report), maxPoints: maxPoints,
      checks: report.checks, mistakes: report.mistakes, sentence: report.sentence,
      line: report.verdict == .passed ? nil : telling?.line ?? report.compilerLine ?? declared,
      seconds: report.seconds)
  }
}

extension Report {
  /// The verdict's reason as one paragraph, to who wrote the attempt.
  var sentence: String {
    switch verdict {
    case .passed: "Passed, \(Figures.count(checks.count, "check"))."
    case .notAttempted:
      message ?? checks.leading?.message.map { "Not attempted: \($0)." } ?? "Not attempted."
    case .doesNotCompile: "It does not compile: \(compilerWords)"
    case .crashed: "It stops instead of returning an answer\(evidence)."
    case .timedOut: "It does not come to an end\(evidence)."
    case .failed: failure
    }
  }

  private var failure: String {
    let explanations = Dictionary(grouping: mistakes) { $0.alternative ?? 0 }
      .sorted { $0.key < $1.key }.map { $1.map(\.sentence).joined(separator: " ") }
    switch explanations.count {
    case 0:
      let sentence = difference.map { " \($0.sentence)" } ?? ""
      return "It is wrong\(evidence).\(sentence)"
    case 1: return explanations[0]
    default: return "Either: " + explanations.joined(separator: " Or: ")
    }
  }

  /// ", at 'output layer': dW₂[2][1] is 5.737", of the check that tells most.
  private var evidence: String {
    guard let check = checks.leading else { return "" }
    return " at '\(check.name)'" + (check.message.map { ": \($0)" } ?? "")
  }

  /// What the compiler says of its first error, with what to write instead where that is known, or why it
  /// had nothing to compile.
  private var compilerWords: String {
    let words = (message ?? "").replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    let error = words.split(separator: "error: ").dropFirst().first ?? Substring(words)
    let lines = error.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }
    guard let first = lines.first else { return "nobody knows why." }
    let tip = lines.first { $0.hasPrefix("tip: ") }?.dropFirst("tip: ".count)
    return first + (tip.map { ". Tip: \($0)" } ?? "")
  }

  /// The line of the compiler's first error: "Backprop.swift:12:5: error: …".
  var compilerLine: Int? {
    guard verdict == .doesNotCompile,
      let match = (message ?? "").firstMatch(of: #/:([0-9]+):[0-9]+: (?:\e\[[0-9;]*m)*error:/#)
    else { return nil }
    return Int(match.1)
  }
}
