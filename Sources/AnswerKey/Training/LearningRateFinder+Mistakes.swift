package import Grading
package import KataKit
import SharedAnswers

extension LearningRateFinderSuite {
  package static let mistakes = MistakeCatalogue(
    at: [sweeps, divergence, recording, trainingSteps, Falls.suggestions])

  package static func reference(at: Computation<Self>) -> any LearningRateFinderKata {
    Reference(at: at)
  }

  /// The range test that can make any of the mistakes on purpose.
  struct Reference: LearningRateFinderKata {
    var at = Computation<LearningRateFinderSuite>()

    func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
      at(sweeps, Sweep(lowest: lowest, highest: highest, count: count))
    }

    func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
      var (losses, seen): ([Double], [Double]) = ([], [])
      var isOver = false
      for steps in at(trainingSteps, rates) {
        let loss = steps.map(trainingStep).last ?? .nan
        if isOver { continue }
        let hasDiverged = at(divergence, Step(loss: loss, seen: seen))
        let entry = at(recording, (hasDiverged, losses.count == rates.count - 1))
        if entry.isRecorded { losses.append(loss) }
        switch entry.next {
        case .end: return losses
        case .onlyTraining: isOver = true
        case .goOn: if entry.isRecorded { seen.append(loss) }
        }
      }
      return losses
    }

    func suggestion(rates: [Double], losses: [Double]) -> Double {
      let count = min(rates.count, losses.count)
      guard count > 1 else { return rates.first ?? .nan }
      return at(
        Falls.suggestions,
        Falls.Curve(rates: Array(rates[..<count]), losses: Array(losses[..<count])))
    }
  }
}

// MARK: Rates

private struct Sweep {
  let lowest, highest: Double
  let count: Int

  /// From 0 at the first index to 1 at the last.
  func shares(_ indices: Range<Int>? = nil, of last: Int? = nil) -> [Double] {
    (indices ?? 0..<count).map { Double($0) / Double(last ?? count - 1) }
  }

  func rate(_ share: Double) -> Double { lowest * pow(highest / lowest, share) }
  func linear(_ share: Double) -> Double { lowest + (highest - lowest) * share }
}

private let sweeps = Site<Sweep, [Double]>("rates") {
  $0.shares().map($0.rate)
} mistakes: {
  Mistake(
    "rates-linear",
    "Your rates are the same distance apart; each is the same factor above the one before."
  ) { $0.shares().map($0.linear) }
  Mistake(
    "highest-missing",
    "Your last rate is below highest; count rates have count − 1 gaps between them."
  ) { $0.shares(of: $0.count).map($0.rate) }
  Mistake("lowest-missing", "Your first rate is above lowest; count from 0.") {
    $0.shares(1..<$0.count + 1, of: $0.count).map($0.rate)
  }
  Mistake("rates-descending", "Your rates fall; they should rise from lowest to highest.") {
    $0.shares().map($0.rate).reversed()
  }
  Mistake(
    "rates-integer-division",
    "You divided the index as an integer, which gives 0 up to the last; divide Doubles."
  ) { sweep in sweep.shares().map { sweep.rate($0.rounded(.down)) } }
  Mistake(
    "bounds-as-exponents", "You took the bounds for exponents of 10; interpolate their logarithms."
  ) { $0.shares().map($0.linear).map { pow(10, $0) } }
  Mistake("one-rate-too-many", "You made one rate too many; there are count, and count − 1 gaps.") {
    $0.shares(0..<$0.count + 1, of: $0.count).map($0.rate)
  }
  Mistake(
    "powers-of-ten",
    "Your rates are a factor of 10 apart; the factor follows from the bounds and the count."
  ) { sweep in (0..<sweep.count).map { sweep.lowest * pow(10, Double($0)) } }
}

// MARK: Sweep

/// The rates of the training steps for each loss; that of the last one is the loss.
private let trainingSteps = Site<[Double], [[Double]]>("training") {
  $0.map { [$0] }
} mistakes: {
  Mistake("highest-first", "You tried the rates from the last to the first; keep their order.") {
    $0.reversed().map { [$0] }
  }
  Mistake("first-rate-skipped", "You left out the first rate; train once at each.") {
    $0.dropFirst().map { [$0] }
  }
  Mistake("last-rate-skipped", "You left out the last rate; train once at each.") {
    $0.dropLast().map { [$0] }
  }
  Mistake("same-rate", "You trained every step at the first rate; each step has a rate of its own.")
  { rates in rates.map { _ in [rates[0]] } }
  Mistake(
    "two-steps-a-rate",
    "You called trainingStep twice a rate; each call trains, so call once and keep the loss."
  ) { $0.map { [$0, $0] } }
}

/// A loss and those before it.
private struct Step {
  let loss: Double
  let seen: [Double]

  var isFinite: Bool { !loss.isNaN && loss != .infinity }
  /// A NaN that was missed is no smallest loss.
  var smallest: Double? { seen.filter { !$0.isNaN }.min() }

  func exceeds(_ other: Double?, times factor: Double = 4) -> Bool {
    other.map { loss > factor * $0 } ?? false
  }
}

/// Whether the loss has diverged.
private let divergence = Site<Step, Bool>("stop") {
  !$0.isFinite || $0.exceeds($0.smallest)
} mistakes: {
  Mistake(
    "never-stops", "Your sweep runs to the end, whatever the loss; stop it on divergence."
  ) { _ in false }
  Mistake(
    "stops-at-first-rise",
    "Your sweep stops once the loss is not the smallest; wait until it is 4 times that."
  ) { !$0.isFinite || $0.exceeds($0.smallest, times: 1) }
  Mistake(
    "compared-to-previous",
    "You compared with 4 times the previous loss; compare with 4 times the smallest so far."
  ) { !$0.isFinite || $0.exceeds($0.seen.last) }
  Mistake(
    "compared-to-first",
    "You compared with 4 times the first loss; compare with 4 times the smallest so far."
  ) { !$0.isFinite || $0.exceeds($0.seen.first) }
  Mistake(
    "first-loss-left-out",
    "Your smallest loss leaves out the first one; take the smallest of all before."
  ) { !$0.isFinite || $0.exceeds($0.seen.dropFirst().filter { !$0.isNaN }.min()) }
  Mistake(
    "best-of-last-three",
    "You compared with the smallest of the last three losses; compare with the smallest of all."
  ) { !$0.isFinite || $0.exceeds($0.seen.suffix(3).min()) }
  Mistake(
    "compared-to-mean",
    "You compared with 4 times the mean loss; compare with 4 times the smallest so far."
  ) { step in
    let mean = step.seen.reduce(0, +) / Double(step.seen.count)
    return !step.isFinite || (!step.seen.isEmpty && step.exceeds(mean))
  }
  Mistake(
    "four-more-than-smallest",
    "Your sweep ends at 4 more than the smallest loss; end it above 4 times that."
  ) { step in !step.isFinite || step.smallest.map { step.loss > $0 + 4 } ?? false }
  Mistake(
    "four-times-ends",
    "Your sweep ends at exactly 4 times the smallest loss; end it only above that."
  ) { step in !step.isFinite || step.smallest.map { step.loss >= 4 * $0 } ?? false }
  Mistake(
    "nan-missed",
    "Your sweep goes on after NaN, which no comparison finds; ask whether the loss is finite."
  ) { $0.exceeds($0.smallest) }
  Mistake(
    "nan-is-smallest",
    "NaN becomes your smallest loss, and nothing is more than that; ask whether it is finite."
  ) { !$0.seen.contains(where: \.isNaN) && $0.exceeds($0.smallest) }
  Mistake(
    "infinity-missed",
    "Your sweep goes on where the first loss is infinite; ask whether the loss is finite."
  ) { $0.loss.isNaN || $0.exceeds($0.smallest) }
  Mistake(
    "stops-at-nan-only",
    "Your sweep stops only at a loss that is not finite; also stop above 4 times the smallest."
  ) { !$0.isFinite }
}

/// What is done with a loss, and after it.
private struct Entry {
  var isRecorded = true
  var next = Next.goOn

  enum Next { case goOn, end, onlyTraining }
}

private let recording = Site<(hasDiverged: Bool, isLast: Bool), Entry>("recording") {
  $0.hasDiverged ? Entry(isRecorded: false, next: .end) : Entry()
} mistakes: {
  Mistake("diverged-loss-kept", "You recorded the loss that ended the sweep; leave it out.") {
    Entry(next: $0.hasDiverged ? .end : .goOn)
  }
  Mistake(
    "diverged-loss-skipped",
    "You left out the losses that are too large, and went on; stop at the first of them."
  ) { Entry(isRecorded: !$0.hasDiverged) }
  Mistake(
    "trains-to-the-end",
    "You took every training step and cut the losses afterward; stop training at that point."
  ) { $0.hasDiverged ? Entry(isRecorded: false, next: .onlyTraining) : nil }
  Mistake(
    "last-not-compared", "You kept the last loss without comparing it; it may also be too large."
  ) { $0.isLast ? Entry() : nil }
}
