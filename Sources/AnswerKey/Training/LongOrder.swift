import Exam
import Grading
import KataKit
import Numerics

/// The order in which thousands of rows come, each of which is its own number, and what chance would not
/// leave of the one before.
struct LongOrder {
  /// Where each row has come; nil where rows are missing or come again.
  private let places: [Int]?

  init(_ answer: [Part], _ fixture: MiniBatchesExam.Fixture) {
    let order = answer.value("inputs").elements.compactMap { Int(exactly: $0) }
    var places = [Int](repeating: -1, count: fixture.rows)
    for (place, row) in order.enumerated() where places.indices.contains(row) {
      places[row] = place
    }
    let isWhole = order.count == fixture.rows && !places.contains(-1)
    self.places = isWhole ? places : nil
  }

  /// What is told apart, whatever the draws were: a mistake leaves the same kind of trace every time.
  var traces: [Block] {
    let trace = trace
    func isThere(_ what: String, _ isThere: Bool) -> Block { Block(what, isThere ? 1 : 0) }
    return [
      isThere("rows in runs of their old order", trace?.kind == .runs),
      isThere("rows that stay near their old place", trace?.kind == .nearness),
      isThere("another trace of the old order", trace?.kind == .other),
    ]
  }

  var finding: Finding? {
    trace.map {
      Finding(
        "\($0.what) is \(Numbers.brief($0.number)), expected \($0.expected)",
        pattern: "Some orders come more often than others; all have to be equally likely.")
    }
  }

  private enum Kind { case runs, nearness, other }

  private struct Trace {
    let kind: Kind
    let what: String
    let number: Double
    let expected: String
  }

  /// The first that chance would leave less than once in 10⁹ orders.
  private var trace: Trace? {
    guard let places else { return nil }
    let count = Double(places.count)
    let steps = zip(places, places.dropFirst()).map { $1 - $0 }
    let (after, before) = (steps.count { $0 == 1 }, steps.count { $0 == -1 })
    let neighbors = max(after, before)
    // k of them have a probability of at most 1/k!.
    func neighborly(_ kind: Kind) -> Trace {
      Trace(
        kind: kind, what: "number of rows beside their old neighbor", number: Double(neighbors),
        expected: "24 at most")
    }
    if 3 * neighbors > places.count { return neighborly(.runs) }

    // The number of rows that stay has the distribution of Poisson with mean 1: 13 come once in 10¹⁰.
    let staying = places.enumerated().count { $0.offset == $0.element }
    let stays = Trace(
      kind: .other, what: "number of rows that stay where they were", number: Double(staying),
      expected: "12 at most")
    if 20 * staying > places.count { return stays }

    // Σ|i − π(i)| has mean (n² − 1)/3 and variance (n + 1)(2n² + 7)/45 (Diaconis & Graham 1977).
    let distances = places.enumerated().reduce(0) { $0 + abs($1.offset - $1.element) }
    let distance = Double(distances) / (count * count)
    let reach = Chance.deviations * (2 / (45 * count)).squareRoot()
    if abs(distance - 1 / 3) > reach {
      return Trace(
        kind: distance < 1 / 3 ? .nearness : .other,
        what: "mean distance that a row travels, over n", number: distance,
        expected: "between \(Numbers.brief(1 / 3 - reach)) and \(Numbers.brief(1 / 3 + reach))")
    }
    if neighbors > 24 { return neighborly(.other) }

    // Of n − 1 steps as many go up as down, with a variance of (n + 1)/12.
    let rising = Double(steps.count { $0 > 0 })
    let (middle, spread) = ((count - 1) / 2, Chance.deviations * ((count + 1) / 12).squareRoot())
    if abs(rising - middle) > spread {
      return Trace(
        kind: .other, what: "number of rows that come after the row before them", number: rising,
        expected: "between \(Numbers.brief(middle - spread)) and \(Numbers.brief(middle + spread))")
    }
    return staying > 12 ? stays : nil
  }
}
