import Grading
import KataKit

extension EarlyStoppingSuite {
  package enum Slip: String, ListedMistake {
    case oneTooLate = "one-epoch-too-late"
    case oneTooSoon = "one-epoch-too-soon"
    case noPatience = "no-patience"
    case neverStops = "never-stops"
    case comparedToPatienceAgo = "compared-to-patience-ago"
    case counterNotReset = "counter-not-reset"
    case resetByAnyFall = "reset-by-any-fall"
    case equalNotCounted = "equal-not-counted"
    case equalImproves = "equal-is-improvement"
    case deltaReached = "delta-reached"
    case comparedToPrevious = "compared-to-previous"
    case comparedToFirst = "compared-to-first"
    case largerIsBetter = "larger-is-better"
    case bestFromZero = "best-from-zero"
    case bestFromNumber = "best-from-a-number"
    case notANumberImproves = "nan-is-improvement"
    case notANumberStops = "nan-stops"
    case notANumberIgnored = "nan-ignored"
    case deltaIgnored = "delta-ignored"
    case deltaAdded = "delta-added"
    case deltaRelative = "delta-relative"
    case deltaTwice = "delta-twice"
    case resetByNewLow = "reset-by-new-low"
    case bestCreeps = "best-creeps"
    case lowestKept = "lowest-kept"
    case lastEpoch = "last-epoch"
    case epochFromOne = "epoch-from-one"
    case improvementsCounted = "improvements-counted"
    case lastParameters = "last-parameters"
    case firstParameters = "first-parameters"
    case parametersOfLowest = "parameters-of-lowest"
    case parametersOfLower = "parameters-of-any-lower"
    case parametersOfNotHigher = "parameters-of-any-not-higher"
    case parametersTooLate = "parameters-too-late"

    package var sentence: String {
      switch self {
      case .oneTooLate:
        "You stop an epoch too late; patience epochs in a row without improvement are enough."
      case .oneTooSoon: "You stop an epoch too soon; wait for patience epochs, not one fewer."
      case .noPatience:
        "You stop at the first epoch without improvement; wait for patience of them in a row."
      case .neverStops: "You never stop; answer true after patience epochs without improvement."
      case .comparedToPatienceAgo:
        "You stop where the loss is not below that of patience epochs ago; count from the best one."
      case .counterNotReset:
        "You did not reset the counter on an improvement; it counts epochs in a row."
      case .resetByAnyFall:
        "You reset the counter where the loss falls; it has to fall below the best one."
      case .equalNotCounted:
        "You count an epoch only if its loss is above the best; count every one that does not improve."
      case .equalImproves:
        "You took a loss of exactly best − minimumDelta for an improvement; it has to be below."
      case .deltaReached:
        "You took a fall of exactly minimumDelta for an improvement; it has to be by more."
      case .comparedToPrevious:
        "You compared with the loss of the epoch before; compare with the best one."
      case .comparedToFirst: "You compared with the first loss; compare with the best one so far."
      case .largerIsBetter: "You took a larger loss for the better one; smaller is better."
      case .bestFromZero:
        "Your best loss begins at a number that no loss is below; begin at infinity."
      case .bestFromNumber:
        "Your best loss begins at a number that a first loss may exceed; begin at infinity."
      case .notANumberStops: "You stop at once where the loss is NaN; count it as a bad epoch."
      case .notANumberIgnored: "You did not count an epoch whose loss is NaN; it is a bad one."
      case .notANumberImproves:
        "You took NaN for an improvement; ask whether it is smaller, which NaN never is."
      case .deltaIgnored: "You did not use minimumDelta; an improvement is by more than that."
      case .deltaAdded:
        "You added minimumDelta to the best loss; subtract it, as the loss has to be that much lower."
      case .deltaRelative:
        "You took minimumDelta as a share of the best loss; it is an absolute difference."
      case .deltaTwice:
        "You subtracted minimumDelta twice, perhaps from the stored best loss as well; subtract it once."
      case .resetByNewLow:
        "You reset the counter at any loss below the best; it has to be by more than minimumDelta."
      case .bestCreeps:
        "You lowered the best loss without an improvement; small steps can then never add up."
      case .lowestKept:
        "You kept the epoch of the lowest loss; keep that of the last improvement by minimumDelta."
      case .lastEpoch: "Your best epoch is the last one; it is that of the best loss."
      case .epochFromOne: "Your best epoch is counted from 1; the first epoch is 0."
      case .improvementsCounted:
        "Your best epoch counts the improvements; count every epoch, and remember which was best."
      case .lastParameters:
        "Your best parameters are those of the last epoch; keep those of the best one."
      case .firstParameters:
        "Your best parameters are those of the first epoch; replace them on an improvement."
      case .parametersOfLowest:
        "Your best parameters are those of the lowest loss; keep them with the best epoch."
      case .parametersOfLower:
        "You replaced the parameters at any loss below the best; it has to be by more than minimumDelta."
      case .parametersOfNotHigher:
        "You replaced the parameters at any loss not above the best one; keep them with the best epoch."
      case .parametersTooLate:
        "Your best parameters are those of the epoch after the best one; keep them with the loss."
      }
    }

    package var site: String {
      switch self {
      case .oneTooLate, .oneTooSoon, .noPatience, .neverStops, .comparedToPatienceAgo: "patience"
      case .equalImproves, .deltaReached: "equal"
      case .notANumberImproves, .notANumberStops, .notANumberIgnored: "not a number"
      case .counterNotReset, .resetByAnyFall, .equalNotCounted: "counter"
      case .comparedToPrevious, .comparedToFirst, .largerIsBetter, .bestFromZero, .bestFromNumber:
        "comparison"
      case .deltaIgnored, .deltaAdded, .deltaRelative, .deltaTwice, .resetByNewLow, .bestCreeps,
        .lowestKept:
        "delta"
      case .lastEpoch, .epochFromOne, .improvementsCounted: "epoch"
      case .lastParameters, .firstParameters, .parametersOfLowest, .parametersOfLower,
        .parametersOfNotHigher, .parametersTooLate:
        "parameters"
      }
    }
  }

  /// Early stopping that can make any of the mistakes on purpose.
  struct Reference: EarlyStoppingKata {
    private let patience: Int
    private let minimumDelta: Double
    private let mistakes: Set<Slip>
    private var losses: [Double] = []
    private var parameters: [[Matrix]] = []
    private var bestLoss: Double
    private var waited = 0
    private var improvements = 0
    private var best = 0
    private var lowest = 0
    /// The last epoch whose loss was below that of the best one, or no larger, as `mistakes` say.
    private var replaced = 0

    init(patience: Int, minimumDelta: Double, making mistakes: Set<Slip>) {
      (self.patience, self.minimumDelta, self.mistakes) = (patience, minimumDelta, mistakes)
      bestLoss = mistakes.contains(.bestFromZero) ? 0 : .infinity
      if mistakes.contains(.bestFromNumber) { bestLoss = 1e6 }
      if mistakes.contains(.largerIsBetter) { bestLoss = -.infinity }
    }

    init(patience: Int, minimumDelta: Double) {
      self.init(patience: patience, minimumDelta: minimumDelta, making: [])
    }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    mutating func shouldStop(validationLoss loss: Double, parameters: [Matrix]) -> Bool {
      let isImprovement = isImprovement(loss)
      if isImprovement {
        improvements += 1
        if !makes(.counterNotReset) { waited = 0 }
      } else if makes(.notANumberIgnored), loss.isNaN {
        // Neither better nor worse.
      } else if makes(.resetByNewLow), loss < bestLoss {
        waited = 0
      } else if makes(.resetByAnyFall), loss < losses.last ?? .infinity {
        waited = 0
      } else if !(makes(.equalNotCounted) && loss <= bestLoss) {
        waited += 1
      }
      if losses.isEmpty || loss < losses[lowest] { lowest = losses.count }
      let rival = losses.isEmpty ? .infinity : losses[best]
      if isImprovement || loss < rival || (makes(.parametersOfNotHigher) && loss == rival) {
        replaced = losses.count
      }
      if isImprovement { best = losses.count }
      if isImprovement || (makes(.bestCreeps) && loss < bestLoss) { bestLoss = loss }
      losses.append(loss)
      self.parameters.append(parameters)
      if makes(.notANumberStops), loss.isNaN { return true }
      if makes(.comparedToPatienceAgo) {
        let count = losses.count
        return count > patience && loss >= losses[count - 1 - patience] - minimumDelta
      }
      return !isImprovement && waited >= limit
    }

    private var limit: Int {
      if makes(.oneTooLate) { return patience + 1 }
      if makes(.oneTooSoon) { return max(patience - 1, 1) }
      if makes(.noPatience) { return 1 }
      return makes(.neverStops) ? .max : patience
    }

    private func isImprovement(_ loss: Double) -> Bool {
      var rival = bestLoss
      if makes(.comparedToPrevious) { rival = losses.last ?? bestLoss }
      if makes(.comparedToFirst) { rival = losses.first ?? bestLoss }
      var delta = minimumDelta
      if makes(.deltaIgnored) { delta = 0 }
      if makes(.deltaTwice) { delta = 2 * minimumDelta }
      if makes(.deltaAdded) { delta = -minimumDelta }
      if makes(.deltaRelative), rival.isFinite { delta = minimumDelta * abs(rival) }
      let (smaller, larger) =
        makes(.largerIsBetter) ? (rival + delta, loss) : (loss, rival - delta)
      if makes(.notANumberImproves) {
        return makes(.equalImproves) ? !(smaller > larger) : !(smaller >= larger)
      }
      if makes(.deltaReached), minimumDelta > 0 { return smaller <= larger }
      return makes(.equalImproves) ? smaller <= larger : smaller < larger
    }

    private var kept: Int { makes(.lowestKept) ? lowest : best }

    var bestEpoch: Int {
      if makes(.lastEpoch) { return losses.count - 1 }
      if makes(.improvementsCounted) { return improvements - 1 }
      return makes(.epochFromOne) ? kept + 1 : kept
    }

    var bestParameters: [Matrix] {
      guard let last = parameters.last, improvements > 0 else { return [] }
      if makes(.lastParameters) { return last }
      if makes(.firstParameters) { return parameters[0] }
      if makes(.parametersOfLowest) { return parameters[lowest] }
      if makes(.parametersOfLower) || makes(.parametersOfNotHigher) { return parameters[replaced] }
      return parameters[makes(.parametersTooLate) ? min(kept + 1, parameters.count - 1) : kept]
    }
  }
}
