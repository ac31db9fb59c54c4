package import Grading
import KataKit

extension EarlyStoppingSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      rivals, margins, improvements, notANumber, counters, stops, bestEpochs, keptParameters,
    ])

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyEarlyStopping(patience: $0, minimumDelta: $1, at: at) }
  }
}

private typealias Run = EarlyStoppingSuite.Run
private typealias Epoch = EarlyStoppingSuite.Epoch

/// Early stopping that can make any of the mistakes on purpose.
private struct FaultyEarlyStopping: EarlyStoppingKata {
  private let at: Computation<EarlyStoppingSuite>
  private var run: Run

  init(patience: Int, minimumDelta: Double) {
    self.init(patience: patience, minimumDelta: minimumDelta, at: .init())
  }

  init(patience: Int, minimumDelta: Double, at: Computation<EarlyStoppingSuite>) {
    self.at = at
    run = Run(patience: patience, minimumDelta: minimumDelta)
  }

  mutating func shouldStop(validationLoss loss: Double, parameters: [Matrix]) -> Bool {
    let (score, rival) = at(rivals, (loss, run))
    let margin = at(margins, (run.minimumDelta, rival))
    var epoch = Epoch(
      loss: loss, score: score, rival: rival, delta: margin.delta, parameters: parameters)
    epoch.verdict = at(improvements, (epoch, run.minimumDelta)) ? .better : .worse
    epoch.verdict = at(notANumber, epoch)
    epoch.isKept = margin.forgottenBy == .epoch ? run.isLowest(loss) : epoch.isBetter
    if epoch.verdict != .neither {
      let isReset = epoch.isBetter || (margin.forgottenBy == .counter && epoch.isLower)
      run.waited = at(counters, (run, epoch, isReset))
    }
    if epoch.isBetter || (margin.forgottenBy == .best && epoch.isLower) { run.best = loss }
    run.epochs.append(epoch)
    return epoch.verdict == .last || at(stops, run)
  }

  var bestEpoch: Int { at(bestEpochs, run) }

  var bestParameters: [Matrix] {
    guard run.epochs.contains(where: \.isBetter) else { return [] }
    return run.epochs[at(keptParameters, run)].parameters
  }
}

// MARK: Improvement, where loss < best − minimumDelta

private let rivals = Site<(loss: Double, run: Run), (score: Double, rival: Double)>("comparison") {
  ($0.loss, $0.run.best ?? .infinity)
} mistakes: {
  Mistake(
    "compared-to-previous",
    "You compared with the loss of the epoch before; compare with the best one."
  ) { ($0.loss, $0.run.losses.last ?? .infinity) }
  Mistake(
    "compared-to-first", "You compared with the first loss; compare with the best one so far."
  ) { ($0.loss, $0.run.losses.first ?? .infinity) }
  Mistake(
    "zero-means-unset",
    "You took a best loss of 0 for none yet; begin at infinity, or keep an optional."
  ) { $0.run.best == 0 ? ($0.loss, .infinity) : nil }
  Mistake(
    "best-of-last-three",
    "You compared with the best of the last three losses; compare with the best of all."
  ) { ($0.loss, $0.run.losses.suffix(3).filter { !$0.isNaN }.min() ?? .infinity) }
  Mistake("larger-is-better", "You took a larger loss for the better one; smaller is better.") {
    (-$0.loss, -($0.run.best ?? -.infinity))
  }
  Mistake(
    "best-from-zero", "Your best loss begins at a number that no loss is below; begin at infinity."
  ) { ($0.loss, $0.run.best ?? 0) }
  Mistake(
    "best-from-a-number",
    "Your best loss begins at a number that a first loss may exceed; begin at infinity."
  ) { ($0.loss, $0.run.best ?? 1e6) }
}

/// How much lower the loss has to be, and who takes any lower one.
private struct Margin {
  let delta: Double
  var forgottenBy: Keeper?

  enum Keeper { case counter, best, epoch }
}

private let margins = Site<(minimum: Double, rival: Double), Margin>("delta") {
  Margin(delta: $0.minimum)
} mistakes: {
  Mistake("delta-ignored", "You did not use minimumDelta; an improvement is by more than that.") {
    _ in Margin(delta: 0)
  }
  Mistake(
    "delta-of-zero-replaced",
    "You missed a loss that is lower by very little; with a minimumDelta of 0 any lower loss is better."
  ) { $0.minimum == 0 ? Margin(delta: 1e-4) : nil }
  Mistake(
    "delta-added",
    "You added minimumDelta to the best loss; subtract it, as the loss has to be that much lower."
  ) { Margin(delta: -$0.minimum) }
  Mistake(
    "delta-relative",
    "You took minimumDelta for a share of the best loss; use it as an absolute difference."
  ) { $0.rival.isFinite ? Margin(delta: $0.minimum * abs($0.rival)) : nil }
  Mistake(
    "delta-twice",
    "You subtracted minimumDelta twice, perhaps from the stored best loss as well; subtract it once."
  ) { Margin(delta: 2 * $0.minimum) }
  Mistake(
    "reset-by-new-low",
    "You reset the counter at any loss below the best; it must be lower by more than minimumDelta."
  ) { Margin(delta: $0.minimum, forgottenBy: .counter) }
  Mistake(
    "best-creeps",
    "You lowered the best loss without an improvement; small steps can then never add up."
  ) { Margin(delta: $0.minimum, forgottenBy: .best) }
  Mistake(
    "lowest-kept",
    "You kept the epoch of the lowest loss; keep that of the last improvement by minimumDelta."
  ) { Margin(delta: $0.minimum, forgottenBy: .epoch) }
}

private let improvements = Site<(epoch: Epoch, minimumDelta: Double), Bool>("equal") {
  $0.epoch.score < $0.epoch.threshold
} mistakes: {
  Mistake(
    "equal-is-improvement",
    "You took a loss of exactly best − minimumDelta for an improvement; it must be below that."
  ) { $0.epoch.score <= $0.epoch.threshold }
  Mistake(
    "delta-reached",
    "You took a fall of exactly minimumDelta for an improvement; it must fall by more."
  ) { $0.minimumDelta > 0 ? $0.epoch.score <= $0.epoch.threshold : nil }
}

private let notANumber = Site<Epoch, Epoch.Verdict>("not a number") {
  $0.verdict
} mistakes: {
  Mistake(
    "nan-is-improvement",
    "You took NaN for an improvement; ask whether it is smaller, which NaN never is."
  ) { $0.score.isNaN || $0.threshold.isNaN ? .better : nil }
  Mistake(
    "infinity-is-improvement",
    "You took an infinite loss for an improvement; ask whether it is smaller, which infinity never is."
  ) { $0.loss == .infinity ? .better : nil }
  Mistake("nan-stops", "You stop at once where the loss is NaN; count it as a bad epoch.") {
    $0.loss.isNaN ? .last : nil
  }
  Mistake(
    "infinity-stops", "You stop at once where the loss is infinite; count it as a bad epoch."
  ) { $0.loss == .infinity ? .last : nil }
  Mistake(
    "not-finite-stops",
    "You stop at once where the loss is NaN or infinite; count both as bad epochs."
  ) { $0.loss.isFinite ? nil : .last }
  Mistake(
    "not-finite-ignored",
    "You did not count an epoch whose loss is NaN or infinite; count it as one without improvement."
  ) { $0.loss.isFinite ? nil : .neither }
  Mistake(
    "nan-ignored",
    "You did not count an epoch whose loss is NaN; count it as one without improvement."
  ) {
    $0.loss.isNaN ? .neither : nil
  }
}

// MARK: Patience

private let counters = Site<(run: Run, epoch: Epoch, isReset: Bool), Int>("counter") {
  $0.isReset ? 0 : $0.run.waited + 1
} mistakes: {
  Mistake(
    "counter-not-reset",
    "You did not reset the counter on an improvement; it counts epochs in a row."
  ) { $0.isReset ? $0.run.waited : nil }
  Mistake(
    "reset-by-any-fall",
    "You reset the counter whenever the loss falls; it must fall below the best one."
  ) { $0.epoch.loss < $0.run.losses.last ?? .infinity ? 0 : nil }
  Mistake(
    "equal-not-counted",
    "You count an epoch only if its loss is above the best; count every one that does not improve."
  ) { !$0.isReset && $0.epoch.score <= $0.epoch.rival ? $0.run.waited : nil }
}

private let stops = Site<Run, Bool>("patience") {
  $0.hasWaited($0.patience)
} mistakes: {
  Mistake(
    "one-epoch-too-late",
    "You stop an epoch too late; patience epochs in a row without improvement are enough."
  ) { $0.hasWaited($0.patience + 1) }
  Mistake(
    "one-epoch-too-soon", "You stop an epoch too soon; wait for patience epochs, not one fewer."
  ) { $0.hasWaited(max($0.patience - 1, 1)) }
  Mistake(
    "no-patience",
    "You stop at the first epoch without improvement; wait for patience of them in a row."
  ) { $0.hasWaited(1) }
  Mistake("never-stops", "You never stop; answer true after patience epochs without improvement.") {
    _ in false
  }
  Mistake(
    "stops-when-doubled",
    "You stop at once where the loss is a few times the best one; only patience says when to stop."
  ) { $0.hasWaited($0.patience) || $0.isAbove(2) }
  Mistake(
    "stops-at-ten-times",
    "You stop at once where the loss is many times the best one; only patience says when to stop."
  ) { $0.hasWaited($0.patience) || $0.isAbove(10) }
  Mistake(
    "compared-to-patience-ago",
    "You stop where the loss is not below that of patience epochs ago; count from the best one."
  ) {
    let losses = $0.losses.suffix($0.patience + 1)
    guard losses.count > $0.patience, let last = losses.last, let first = losses.first else {
      return false
    }
    return last >= first - $0.minimumDelta
  }
}

// MARK: What is gone back to

private let bestEpochs = Site<Run, Int>("epoch") {
  $0.kept
} mistakes: {
  Mistake("last-epoch", "Your best epoch is the last one; return the one with the best loss.") {
    $0.last
  }
  Mistake("epoch-from-one", "Your best epoch is counted from 1; the first epoch is 0.") {
    $0.kept + 1
  }
  Mistake(
    "improvements-counted",
    "Your best epoch counts the improvements; count every epoch, and remember which was best."
  ) { $0.epochs.count(where: \.isBetter) - 1 }
}

/// The epoch whose parameters are the best.
private let keptParameters = Site<Run, Int>("parameters") {
  $0.kept
} mistakes: {
  Mistake(
    "last-parameters",
    "Your best parameters are those of the last epoch; keep those of the best one."
  ) { $0.last }
  Mistake(
    "first-parameters",
    "Your best parameters are those of the first epoch; replace them on an improvement."
  ) { _ in 0 }
  Mistake(
    "parameters-of-lowest",
    "Your best parameters are those of the lowest loss; keep them with the best epoch."
  ) { $0.lowest }
  Mistake(
    "parameters-of-any-lower",
    "You replaced the parameters at any loss below the best; it must be lower by more than minimumDelta."
  ) { $0.epochs.lastIndex { $0.isBetter || $0.isLower } }
  Mistake(
    "parameters-of-any-not-higher",
    "You replaced the parameters at any loss not above the best one; keep them with the best epoch."
  ) { $0.epochs.lastIndex { $0.isBetter || $0.score <= $0.rival } }
  Mistake(
    "parameters-too-late",
    "Your best parameters are those of the epoch after the best one; keep them with the loss."
  ) { min($0.kept + 1, $0.last) }
}
