import Grading
import KataKit

extension LearningRateFinderSuite {
  package enum Slip: String, ListedMistake {
    case ratesLinear = "rates-linear"
    case highestMissing = "highest-missing"
    case lowestMissing = "lowest-missing"
    case ratesDescending = "rates-descending"
    case ratesOfIntegers = "rates-integer-division"
    case boundsAsExponents = "bounds-as-exponents"
    case oneRateTooMany = "one-rate-too-many"
    case powersOfTen = "powers-of-ten"
    case neverStops = "never-stops"
    case stopsAtFirstRise = "stops-at-first-rise"
    case comparedToPrevious = "compared-to-previous"
    case comparedToFirst = "compared-to-first"
    case fourTimesEnds = "four-times-ends"
    case notANumberMissed = "nan-missed"
    case notANumberKept = "nan-is-smallest"
    case infinityMissed = "infinity-missed"
    case onlyNotFinite = "stops-at-nan-only"
    case divergedKept = "diverged-loss-kept"
    case divergedSkipped = "diverged-loss-skipped"
    case trainsToTheEnd = "trains-to-the-end"
    case lastNotCompared = "last-not-compared"
    case highestFirst = "highest-first"
    case sameRate = "same-rate"
    case stepTwice = "two-steps-a-rate"
    case endOfFall = "end-of-fall"
    case steepestRise = "steepest-rise"
    case largestMove = "largest-move"
    case smallestLoss = "smallest-loss"
    case tenthOfSmallest = "tenth-of-smallest-loss"
    case rateBeforeSmallest = "rate-before-smallest-loss"
    case onlyBeforeSmallest = "only-before-smallest"
    case slopeByRate = "slope-by-rate"
    case centralSlope = "central-slope"
    case relativeFall = "relative-fall"
    case smoothed = "losses-smoothed"
    case slopePrecedence = "slope-precedence"
    case firstLeftOut = "first-interval-left-out"
    case lastLeftOut = "last-interval-left-out"
    case fallsOnly = "falls-only"

    package var sentence: String {
      switch self {
      case .ratesLinear:
        "Your rates are the same distance apart; each is the same factor above the one before."
      case .highestMissing:
        "Your last rate is below highest; count rates have count − 1 gaps between them."
      case .lowestMissing: "Your first rate is above lowest; count from 0."
      case .ratesDescending: "Your rates fall; they go from lowest to highest."
      case .ratesOfIntegers:
        "You divided the index as an integer, which gives 0 up to the last; divide Doubles."
      case .boundsAsExponents:
        "You took the bounds for exponents of 10; interpolate their logarithms."
      case .oneRateTooMany: "You made one rate too many; there are count, and count − 1 gaps."
      case .powersOfTen:
        "Your rates are a factor of 10 apart; the factor follows from the bounds and the count."
      case .neverStops: "Your sweep goes on to the end, whatever the loss; it stops on divergence."
      case .stopsAtFirstRise:
        "Your sweep stops once the loss is not the smallest; wait until it is 4 times that."
      case .comparedToPrevious:
        "You compared with 4 times the previous loss; compare with 4 times the smallest so far."
      case .comparedToFirst:
        "You compared with 4 times the first loss; compare with 4 times the smallest so far."
      case .fourTimesEnds:
        "Your sweep ends at exactly 4 times the smallest loss; it ends at more than that."
      case .notANumberMissed:
        "Your sweep goes on after NaN, which no comparison finds; ask whether the loss is finite."
      case .notANumberKept:
        "NaN becomes your smallest loss, and nothing is more than that; ask whether it is finite."
      case .infinityMissed:
        "Your sweep goes on where the first loss is infinite; ask whether the loss is finite."
      case .onlyNotFinite:
        "Your sweep stops only at a loss that is not finite; stop above 4 times the smallest, too."
      case .divergedKept: "You recorded the loss that ended the sweep; leave it out."
      case .divergedSkipped:
        "You left out the losses that are too large, and went on; stop at the first of them."
      case .trainsToTheEnd:
        "You took every training step and cut the losses afterwards; stop training, too."
      case .lastNotCompared:
        "You kept the last loss without comparing it; it may be too large, too."
      case .highestFirst: "You tried the rates from the last to the first; keep their order."
      case .sameRate: "You trained every step at the first rate; each step has a rate of its own."
      case .stepTwice:
        "You called trainingStep twice a rate; each call trains, so call once and keep the loss."
      case .endOfFall: "You suggested the end of the steepest fall; it is where that begins."
      case .steepestRise: "You suggested where the loss rises fastest; it is where it falls."
      case .largestMove: "You took the largest slope of either sign; it is the most negative one."
      case .smallestLoss:
        "You suggested the rate of the smallest loss, which is too late; find the steepest fall."
      case .tenthOfSmallest:
        "You suggested a tenth of the rate of the smallest loss; this asks for the steepest fall."
      case .rateBeforeSmallest:
        "You suggested the rate just before that of the smallest loss; find the steepest fall."
      case .onlyBeforeSmallest:
        "You looked before the smallest loss only; the steepest fall may come after it."
      case .slopeByRate:
        "Your slope is by the rate, which favours small rates; it is by the rate's logarithm."
      case .centralSlope:
        "Your slope is taken over two steps, from i − 1 to i + 1; it is from i to i + 1."
      case .relativeFall:
        "Your slope is that of the loss's logarithm, its relative fall; take the loss itself."
      case .smoothed:
        "You smoothed the losses; the steepest fall is that of the losses as they are."
      case .slopePrecedence:
        "You divided lossᵢ alone, as / comes before −; the difference takes parentheses."
      case .firstLeftOut:
        "You left out the first interval; the steepest fall may begin at the first rate."
      case .lastLeftOut:
        "You left out the last interval, to the last loss; count losses have count − 1 of them."
      case .fallsOnly:
        "You looked for slopes below 0; where the loss only rises, the smallest is above."
      }
    }

    package var site: String {
      switch self {
      case .ratesLinear, .highestMissing, .lowestMissing, .ratesDescending, .ratesOfIntegers,
        .boundsAsExponents, .oneRateTooMany, .powersOfTen:
        "rates"
      case .neverStops, .stopsAtFirstRise, .comparedToPrevious, .comparedToFirst, .fourTimesEnds,
        .notANumberMissed, .notANumberKept, .infinityMissed, .onlyNotFinite:
        "stop"
      case .divergedKept, .divergedSkipped, .trainsToTheEnd, .lastNotCompared: "recording"
      case .highestFirst, .sameRate, .stepTwice: "training"
      case .endOfFall, .steepestRise, .largestMove, .smallestLoss, .tenthOfSmallest, .slopeByRate,
        .centralSlope, .relativeFall, .onlyBeforeSmallest, .rateBeforeSmallest, .smoothed,
        .slopePrecedence, .firstLeftOut, .lastLeftOut, .fallsOnly:
        "suggestion"
      }
    }
  }

  /// The range test with any of the mistakes made on purpose.
  struct Reference: LearningRateFinderKata {
    private var mistakes: Set<Slip> = []

    init() {}
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
      let last = Double(makes(.highestMissing) || makes(.oneRateTooMany) ? count : count - 1)
      let indices = makes(.oneRateTooMany) ? 0...count : 0...count - 1
      let rates = indices.map { index in
        var x = Double(index) / last
        if makes(.lowestMissing) { x = Double(index + 1) / Double(count) }
        if makes(.ratesOfIntegers) { x = x.rounded(.down) }
        let between = lowest + (highest - lowest) * x
        if makes(.ratesLinear) { return between }
        if makes(.powersOfTen) { return lowest * pow(10, Double(index)) }
        return makes(.boundsAsExponents) ? pow(10, between) : lowest * pow(highest / lowest, x)
      }
      return makes(.ratesDescending) ? rates.reversed() : rates
    }

    func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
      var (losses, seen): ([Double], [Double]) = ([], [])
      var hasEnded = false
      for rate in makes(.highestFirst) ? rates.reversed() : rates {
        let rate = makes(.sameRate) ? rates[0] : rate
        if makes(.stepTwice) { _ = trainingStep(rate) }
        let loss = trainingStep(rate)
        if hasEnded { continue }
        let isLast = makes(.lastNotCompared) && losses.count == rates.count - 1
        if !isLast, hasDiverged(loss, after: seen) {
          if makes(.divergedSkipped) { continue }
          if makes(.divergedKept) { losses.append(loss) }
          if !makes(.trainsToTheEnd) { break }
          hasEnded = true
          continue
        }
        losses.append(loss)
        seen.append(loss)
      }
      return losses
    }

    private func hasDiverged(_ loss: Double, after seen: [Double]) -> Bool {
      if makes(.neverStops) { return false }
      let isNotANumberMissed = makes(.notANumberMissed) || makes(.notANumberKept)
      if loss.isNaN { return !isNotANumberMissed }
      if loss == .infinity, !isNotANumberMissed, !makes(.infinityMissed) { return true }
      if makes(.notANumberKept), seen.contains(where: \.isNaN) { return false }
      // A NaN that was missed is no smallest loss.
      guard let smallest = seen.filter({ !$0.isNaN }).min() else { return false }
      if makes(.onlyNotFinite) { return false }
      if makes(.stopsAtFirstRise) { return loss > smallest }
      if makes(.comparedToPrevious) { return loss > 4 * seen[seen.count - 1] }
      if makes(.fourTimesEnds) { return loss >= 4 * smallest }
      return loss > 4 * (makes(.comparedToFirst) ? seen[0] : smallest)
    }

    func suggestion(rates: [Double], losses: [Double]) -> Double {
      var losses = losses
      if makes(.smoothed) {
        for i in losses.indices.dropFirst() { losses[i] = 0.9 * losses[i - 1] + 0.1 * losses[i] }
      }
      let pairs = Array(zip(rates, losses))
      guard pairs.count > 1 else { return rates.first ?? .nan }
      func index(of value: (Int) -> Double, in range: Range<Int>) -> Int {
        range.min { value($0) < value($1) } ?? 0
      }
      let smallest = index(of: { pairs[$0].1 }, in: 0..<pairs.count)
      func fall(_ i: Int, _ j: Int) -> Double {
        (pairs[j].1 - pairs[i].1) / (log(pairs[j].0) - log(pairs[i].0))
      }
      if makes(.rateBeforeSmallest) { return pairs[max(smallest - 1, 0)].0 }
      if makes(.smallestLoss) || makes(.tenthOfSmallest) {
        return makes(.tenthOfSmallest) ? pairs[smallest].0 / 10 : pairs[smallest].0
      }
      if makes(.centralSlope) {
        let last = pairs.count - 1
        return pairs[
          index(of: { fall(max($0 - 1, 0), min($0 + 1, last)) }, in: 0..<pairs.count)
        ].0
      }
      var intervals = 0..<(makes(.onlyBeforeSmallest) ? max(smallest, 1) : pairs.count - 1)
      if makes(.firstLeftOut) { intervals = intervals.dropFirst() }
      if makes(.lastLeftOut) { intervals = intervals.dropLast() }
      if makes(.fallsOnly), intervals.allSatisfy({ fall($0, $0 + 1) >= 0 }) { return pairs[0].0 }
      let steepest = index(
        of: { i in
          if makes(.steepestRise) { return -fall(i, i + 1) }
          if makes(.largestMove) { return -abs(fall(i, i + 1)) }
          if makes(.relativeFall) { return pairs[i + 1].1 / pairs[i].1 }
          if makes(.slopeByRate) {
            return (pairs[i + 1].1 - pairs[i].1) / (pairs[i + 1].0 - pairs[i].0)
          }
          if makes(.slopePrecedence) {
            return pairs[i + 1].1 - pairs[i].1 / log(pairs[i + 1].0 / pairs[i].0)
          }
          return fall(i, i + 1)
        }, in: intervals)
      return pairs[makes(.endOfFall) ? steepest + 1 : steepest].0
    }
  }
}
