package import Grading
import KataKit
import Numerics
import SharedAnswers

extension DropoutSuite {
  package static let mistakes = MistakeCatalogue(at: [
    factors, chances, testTime, gradient, structure, memory, source,
  ])

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyDropout(p: $0, at: at) }
  }
}

/// Dropout that can make any of the mistakes on purpose.
private struct FaultyDropout: DropoutKata {
  private let p: Double
  private let at: Computation<DropoutSuite>
  private var last: Pass?
  /// Where a mask drawn on the way back comes from.
  private var later = Source(SeededGenerator(seed: 0))

  init(dropProbability: Double) { self.init(p: dropProbability, at: Computation()) }

  init(p: Double, at: Computation<DropoutSuite>) { (self.p, self.at) = (p, at) }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    let atTest = at(testTime, p)
    let drops = atTest == .dropsInstead ? !isTraining : isTraining || atTest == .drops
    last = at(memory, (last, drops))
    if !drops {
      if case .multiplies(let factor) = atTest { return x * factor }
      return x
    }
    let source = at(source, generator)
    let old = last?.mask.shape == x.shape ? last?.mask : nil
    let pass = Pass(x: x, mask: old ?? mask(x.shape, from: source))
    source.moveOn(&generator)
    (last, later) = (pass, Source(generator))
    return pass.output
  }

  mutating func backward(upstream: Matrix) -> Matrix {
    guard let last, last.mask.shape == upstream.shape else { return upstream }
    let newMask = { [self] in mask(upstream.shape, from: later) }
    return at(
      gradient, WayBack(p: p, scale: scale.kept, upstream: upstream, pass: last, newMask: newMask))
  }

  /// What each entry is multiplied by.
  private func mask(_ shape: Shape, from source: Source) -> Matrix {
    let draws = at(
      structure, Drawing(shape: shape, source: source) { source.uniform($0, in: 0...1) })
    let isKept = draws .>= at(chances, p).drop
    return isKept * (scale.kept - scale.dropped) + scale.dropped
  }

  private var scale: Factors { at(factors, (p, at(chances, p).keep)) }
}

// MARK: Forward

private struct Chances {
  /// The probability to drop an entry, and what is taken for the probability to keep it.
  let drop, keep: Double
}

private let chances = Site<Double, Chances>("probability") {
  Chances(drop: $0, keep: 1 - $0)
} mistakes: {
  Mistake(
    "scaled-by-drop-probability",
    "You divided what is kept by p; divide by 1 − p, the share that is kept."
  ) { Chances(drop: $0, keep: $0) }
  Mistake(
    "keep-for-drop", "You took p for the probability to keep; use it as the probability to drop."
  ) { Chances(drop: 1 - $0, keep: $0) }
  Mistake(
    "mask-inverted", "You kept what should be dropped: an entry is dropped with the probability p."
  ) { Chances(drop: 1 - $0, keep: 1 - $0) }
  Mistake("always-half", "You dropped one half, whatever p is.") { _ in
    Chances(drop: 0.5, keep: 0.5)
  }
}

/// What an entry is multiplied by.
private struct Factors {
  let kept: Double
  var dropped = 0.0
}

private let factors = Site<(p: Double, keep: Double), Factors>("scale") {
  Factors(kept: 1 / $0.keep)
} mistakes: {
  Mistake("not-scaled", "In training you did not divide what is kept by 1 − p.") { _ in
    Factors(kept: 1)
  }
  Mistake(
    "scaled-by-root", "In training you divided by √(1 − p); divide what is kept by 1 − p."
  ) { Factors(kept: 1 / (1 - $0.p).squareRoot()) }
  Mistake(
    "scaled-by-one-plus-p", "In training you multiplied what is kept by 1 + p; divide by 1 − p."
  ) { Factors(kept: 1 + $0.p) }
  Mistake("scaled-by-keep", "In training you multiplied what is kept by 1 − p; divide by it.") {
    Factors(kept: 1 - $0.p)
  }
  Mistake("scaled-twice", "In training you divided by 1 − p twice.") {
    Factors(kept: 1 / ((1 - $0.p) * (1 - $0.p)))
  }
  Mistake("dropped-not-zero", "What you dropped is not 0: you only left it unscaled.") {
    Factors(kept: 1 / $0.keep, dropped: 1)
  }
}

private let structure = Site<Drawing, Matrix>("structure") {
  $0.each
} mistakes: {
  Mistake("rows-dropped", "You dropped whole rows; every entry has a draw of its own.") {
    $0.oneColumn
  }
  Mistake("columns-dropped", "You dropped whole columns; every entry has a draw of its own.") {
    $0.oneRow
  }
  Mistake(
    "one-draw", "You drew once for the whole matrix; every entry has a draw of its own."
  ) { $0.one }
  Mistake(
    "normal-draws",
    "You compared draws of a normal distribution with p; draw uniformly from 0 to 1."
  ) { $0.source.normal($0.shape) }
  Mistake(
    "draws-from-minus-one", "You compared draws from −1 to 1 with p; draw from 0 to 1."
  ) { $0.source.uniform($0.shape, in: -1...1) }
  Mistake(
    "exact-count",
    "You dropped an exact share of the entries; each is dropped by itself, with probability p."
  ) { $0.ranks }
}

extension Drawing {
  /// ½/n, 1½/n … in any order: the share of them below p is p, but for rounding.
  fileprivate var ranks: Matrix {
    let count = shape.rows * shape.columns
    let ranks = source.shuffled(Array(0..<count))
    return Matrix(
      rows: shape.rows, columns: shape.columns,
      elements: ranks.map { (Double($0) + 0.5) / Double(count) })
  }
}

private let source = SamplerSites.generator(
  copied: "the next call would get the same mask.",
  other: "Not all draws come from the generator you are given: two equal ones give different masks."
)

private enum TestTime: Equatable {
  case multiplies(by: Double)
  case drops
  /// And nothing in training.
  case dropsInstead
}

private let testTime = Site<Double, TestTime>("test time") { _ in
  .multiplies(by: 1)
} mistakes: {
  Mistake("active-at-test-time", "You dropped entries at test time, too; return x there.") { _ in
    .drops
  }
  Mistake(
    "training-and-test-swapped",
    "You dropped entries at test time and not in training; swap the two."
  ) { _ in .dropsInstead }
  Mistake(
    "scaled-at-test-time",
    "You multiplied by 1 − p at test time; inverted dropout returns x there."
  ) { .multiplies(by: 1 - $0) }
  Mistake("zero-at-test-time", "Your output at test time is 0; return x.") { _ in
    .multiplies(by: 0)
  }
}

// MARK: Backward

/// What a call in training keeps for the way back.
private struct Pass {
  let x, mask: Matrix

  var output: Matrix { x * mask }
}

/// What is left of the last pass in training when another pass starts.
private let memory = Site<(last: Pass?, drops: Bool), Pass?>("state") {
  $0.drops ? nil : $0.last
} mistakes: {
  Mistake(
    "mask-kept", "You drew one mask and kept it for later calls; draw a new one in every call."
  ) {
    $0.last
  }
  Mistake(
    "mask-lost-at-test-time",
    "A pass at test time made you forget the mask; backward belongs to the last pass in training."
  ) { _ in .some(nil) }
}

private struct WayBack {
  let p, scale: Double
  let upstream: Matrix
  let pass: Pass
  let newMask: () -> Matrix
}

private let gradient = Site<WayBack, Matrix>("backward") {
  $0.upstream * $0.pass.mask
} mistakes: {
  Mistake(
    "new-mask-backward", "You drew a new mask in backward; use the one from the forward pass."
  ) { $0.upstream * $0.newMask() }
  Mistake(
    "backward-not-scaled",
    "You left out the factor 1/(1 − p) in backward; the gradient needs it, too."
  ) { $0.upstream * (abs($0.pass.mask) .> 0) }
  Mistake(
    "backward-without-mask",
    "You passed the upstream gradient on unmasked; what was dropped has no gradient."
  ) { $0.upstream }
  Mistake(
    "backward-only-scaled",
    "You scaled the gradient and did not mask it; what was dropped has no gradient."
  ) { $0.upstream / (1 - $0.p) }
  Mistake(
    "mask-from-output",
    "You took every 0 for a dropped entry; an input that is 0 may have been kept."
  ) { $0.upstream * (abs($0.pass.output) .> 0) * $0.scale }
  Mistake(
    "mask-from-input",
    "You derived the mask for backward from x; use the mask that was drawn, whatever x is."
  ) { $0.upstream * (abs($0.pass.x) .> 0) * $0.scale }
  Mistake(
    "scaled-again-backward",
    "You divided by 1 − p again in backward; the mask already has that factor."
  ) { $0.upstream * $0.pass.mask / (1 - $0.p) }
  Mistake(
    "backward-times-output", "You multiplied upstream by the output; multiply by the mask."
  ) { $0.upstream * $0.pass.output }
  Mistake(
    "mask-from-quotient",
    "You took output / x for the mask, which is 0/0 where x is 0; keep the mask that was drawn."
  ) { $0.upstream * ($0.pass.output / $0.pass.x) }
  Mistake(
    "mask-from-quotient-and-epsilon",
    "You took output / (x + ε) for the mask, which is lost where x is 0; keep the mask that was drawn."
  ) { $0.upstream * ($0.pass.output / ($0.pass.x + 1e-8)) }
  Mistake(
    "mask-of-what-is-positive",
    "You took every output above 0 for kept; a kept entry may be negative, or 0."
  ) { $0.upstream * ($0.pass.output .> 0) * $0.scale }
  Mistake(
    "mask-added", "You added the mask to upstream; multiply upstream by it."
  ) { $0.upstream + $0.pass.mask }
  Mistake("mask-for-gradient", "You returned the mask itself; multiply upstream by it.") {
    $0.pass.mask
  }
}
