import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Something whose wall seconds can be taken again and again.
protocol Timed {
  func time() throws -> Double
}

/// A command line, and what to do before each of its runs.
struct Command: Timed {
  let words: [String]
  var prepare: () throws -> Void = {}

  func time() throws -> Double {
    try prepare()
    let clock = ContinuousClock()
    let start = clock.now
    _ = try run()
    return (clock.now - start) / .seconds(1)
  }

  /// One run, which must come to a verdict.
  func run() throws -> ChildProcess.Finished {
    let finished = try ChildProcess.run(
      words, limits: .init(silence: .seconds(600), kept: 1 << 16))
    guard case .exited(let status) = finished.end, [0, 1].contains(status) else {
      throw Failure(
        description: "\(words.joined(separator: " ")): \(finished.end)\n"
          + String(decoding: finished.standardError, as: UTF8.self))
    }
    return finished
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
}

/// Two things timed in turn, so that a drift of the machine touches both.
struct Comparison {
  let name: String
  let ours: any Timed
  let theirs: any Timed
  /// What the ratio ours / theirs may be at most.
  let bound: Double

  /// The medians, and the median of the ratios pair by pair.
  func measure(pairs: Int) throws -> (ours: Double, theirs: Double, ratio: Double) {
    _ = (try ours.time(), try theirs.time())
    let times = try (0..<pairs).map { _ in (ours: try ours.time(), theirs: try theirs.time()) }
    return (
      median(times.map(\.ours)), median(times.map(\.theirs)),
      median(times.map { $0.ours / $0.theirs })
    )
  }
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
