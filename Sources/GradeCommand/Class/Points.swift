import Grading
import Practice
package import Workshop

/// How many points each kata is worth, and an attempt gets.
package struct Points: Equatable, Sendable {
  /// What a kata is worth that nothing is said of.
  package static let usual = 10.0
  static let allowed = 0.0...1_000_000

  /// Those that were named; only they count, if any were.
  package let named: [String: Double]

  package init(_ named: [String: Double] = [:]) { self.named = named }

  func worth(of kata: String) -> Double { named[kata] ?? Self.usual }

  /// All for a pass; else the share of checks that passed, rounded down to a hundredth, for who has
  /// not passed does not have all.
  package static func earned(of most: Double, by report: Report) -> Double {
    switch report.verdict {
    case .passed: return most
    case .notAttempted, .doesNotCompile: return 0
    case .failed, .crashed, .timedOut:
      guard !report.checks.isEmpty else { return 0 }
      let passed = report.checks.count { $0.status == .passed }
      let hundredths = most * 100 * Double(passed) / Double(report.checks.count)
      // 10 × 3 / 5 may be a hair less than 6.
      return (hundredths + 1e-6).rounded(.down) / 100
    }
  }

  /// "7.5" and "10": as few digits as say it.
  package static func text(_ points: Double) -> String {
    let hundredths = Int((points * 100).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    if rest == 0 { return "\(whole)" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
