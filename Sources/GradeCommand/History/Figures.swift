import Practice

/// How figures of practice are written.
enum Figures {
  /// "14:02": minutes and seconds.
  static func clock(_ seconds: Double?) -> String {
    guard let seconds else { return "–" }
    let whole = Int(min(max(seconds, 0), 1e9))
    return "\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
  }

  /// One bar a value, as high as it is among them; a line where all are the same.
  static func sparkline(_ values: [Double]) -> String {
    guard let low = values.min(), let high = values.max() else { return "" }
    let bars = Array("▁▂▃▄▅▆▇█")
    return String(
      values.map { value in
        high > low ? bars[Int(((value - low) / (high - low) * 7).rounded())] : "▄"
      })
  }

  /// How many drill times a trend shows.
  static let trendLength = 12

  static func trend(of practice: KataRecord) -> [Double] {
    Array(practice.times.suffix(trendLength))
  }

  /// "today", "in 3 days", "2 days late".
  static func due(_ day: CivilDay, on today: CivilDay) -> String {
    switch day.number - today.number {
    case 0: "today"
    case 1: "tomorrow"
    case -1: "1 day late"
    case let days where days < 0: "\(-days) days late"
    case let days: "in \(days) days"
    }
  }

  /// "1 run", "3 runs".
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? "\(noun)s")"
  }
}

extension String {
  func aligned(right width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
