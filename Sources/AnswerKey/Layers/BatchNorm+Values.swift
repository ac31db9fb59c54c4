import KataKit

/// What the sites of batch normalization are given.
extension BatchNormSuite {
  struct Statistics {
    /// As they normalize, and the variance divided by n.
    let mean, variance, biased: Matrix
  }

  /// What an evaluation, or a step of training, goes by and changes.
  struct Mode {
    enum Update { case before, after }

    var isTraining: Bool
    var usesBatch: Bool
    /// When the running statistics are updated: before they are used or after.
    var update: Update?

    static let training = Mode(isTraining: true, usesBatch: true, update: .before)
    static let evaluation = Mode(isTraining: false, usesBatch: false, update: nil)
  }

  struct Batch {
    let x: Matrix
    let average: (Matrix) -> Matrix

    var variance: Matrix {
      let centered = x - average(x)
      return average(centered * centered)
    }
  }

  struct Blend {
    let old, new: Matrix
    let momentum: Double
    let isFirst: Bool

    func weighing(new weight: Double) -> Matrix { (1 - weight) * old + weight * new }
  }
}
