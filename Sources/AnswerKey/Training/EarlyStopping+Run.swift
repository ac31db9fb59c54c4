import KataKit

extension EarlyStoppingSuite {
  /// What has been seen, and what is made of it.
  struct Run {
    let patience: Int
    let minimumDelta: Double
    var epochs: [Epoch] = []
    /// The best loss, once there is one.
    var best: Double?
    /// Epochs in a row without improvement.
    var waited = 0

    var losses: [Double] { epochs.map(\.loss) }
    var last: Int { epochs.count - 1 }
    var kept: Int { epochs.lastIndex(where: \.isKept) ?? 0 }
    var lowest: Int { epochs.indices.min { epochs[$0].loss < epochs[$1].loss } ?? 0 }

    func isLowest(_ loss: Double) -> Bool { epochs.isEmpty || loss < epochs[lowest].loss }

    func isAbove(_ multiple: Double) -> Bool {
      guard let best, let loss = losses.last else { return false }
      return loss > multiple * best
    }

    func hasWaited(_ patience: Int) -> Bool {
      waited >= patience && epochs.last?.isBetter != true
    }
  }

  struct Epoch {
    let loss: Double
    /// What has to be below the rival by more than delta.
    let score: Double
    let rival: Double
    let delta: Double
    let parameters: [Matrix]
    var verdict = Verdict.worse
    var isKept = false

    enum Verdict { case better, worse, neither, last }

    var threshold: Double { rival - delta }
    var isBetter: Bool { verdict == .better }
    var isLower: Bool { score < rival }
  }
}
