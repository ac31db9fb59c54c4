import Exam
import KataKit
import Numerics
import SharedAnswers

/// How closely an answer can be judged.
extension SoftmaxCrossEntropyExam.Fixture {
  /// How likely the targets are in the row in which they are least so; exactly 0 where it rounds to that.
  private var leastChance: Double {
    (targets * Mathematics.softmax(logits)).sum(axis: 1).min()
  }

  /// 1e-7 inside a logarithm moves the loss by up to 1e-6 where the targets' p ≥ 0.1.
  ///
  /// At p = 0 it is some 1000 to 2000 a row; clipped at 1e-7 it is 16, and for a mean over the classes
  /// too, of which there are 5 at most, over 3. Sums over the rows are no concern there.
  var lossAcceptance: Acceptance {
    switch leastChance {
    case 0:
      let sum = Mathematics.crossEntropy(logits: logits, targets: targets) * Double(logits.rows)
      return .between(3...max(3, sum.rounded(.up)), noise: 0.999)
    case ..<1e-6: return .near(relative: 0.03)
    case ..<1e-3: return .near(relative: 0.005)
    default: return .near(relative: 1e-5, absolute: 1e-6)
    }
  }

  var gradientAcceptance: Acceptance {
    switch leastChance {
    case 1e-9..<1e-6: .near(relative: 0.4)
    case 1e-6..<1e-3: .near(relative: 0.05)
    case (1 - 1e-4)..<1: .each(relative: 0.4)
    default: .near(relative: 1e-5, absolute: 1e-6)
    }
  }
}
