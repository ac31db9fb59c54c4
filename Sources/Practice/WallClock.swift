#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The time of day where the learner is.
package struct WallClock: Sendable {
  /// How far it is ahead of UTC, in seconds, at a moment.
  let offset: @Sendable (Date) -> Int

  /// A clock that is always `hours` ahead of UTC.
  package static func ahead(hours: Int) -> WallClock { WallClock { _ in hours * 3600 } }

  /// The clock of this machine, with its changes for summer.
  package static let local = WallClock { date in
    var time = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    return localtime_r(&time, &parts) == nil ? 0 : Int(parts.tm_gmtoff)
  }

  package func day(of date: Date) -> CivilDay { CivilDay(number: seconds(of: date).days) }

  /// "2027-01-15 08:00"
  package func text(of date: Date) -> String {
    let minutes = seconds(of: date).rest / 60
    let clock = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day(of: date)) \(clock.joined(separator: ":"))"
  }

  /// The seconds that the clock shows, as whole days since 1970 and the seconds of the last.
  private func seconds(of date: Date) -> (days: Int, rest: Int) {
    let bounded = min(max(date.timeIntervalSince1970, -1e12), 1e12)
    let seconds = Int(bounded.rounded(.down)) + offset(date)
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    return (days, seconds - days * 86_400)
  }
}
