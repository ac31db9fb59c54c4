/// What no fixture of a kata shows, and why none has to.
struct AxisExemption {
  let kata: String
  /// What its ruins are called, with * for anything.
  let pattern: String

  func covers(_ ruin: String) -> Bool {
    var rest = Substring(ruin)
    let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
    for (place, piece) in pieces.enumerated() {
      if place == 0 {
        guard rest.hasPrefix(piece) else { return false }
        rest = rest.dropFirst(piece.count)
      } else if place == pieces.count - 1 {
        return rest.hasSuffix(piece)
      } else {
        guard let found = rest.firstRange(of: piece) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return rest.isEmpty
  }

  static let all = lists.flatMap { _, exempt in
    exempt.flatMap { kata, patterns in
      patterns.map { AxisExemption(kata: kata, pattern: $0) }
    }
  }

  /// By the reason, the patterns of each kata.
  private static let lists: [(reason: String, exempt: KeyValuePairs<String, [String]>)] = [
    (
      "It is at most about 1 (a probability, a slope, a label, a verdict) or 1e6, as the statement says.",
      [
        "gelu": ["slope above *"],
        "gradient-check": ["verdicts above *", "numerical gradient above *"],
        "leaky-relu": ["slope above *"],
        "one-hot": ["encode above *", "decode above *"],
        "perceptron": ["predictions above *"],
        "relu-derivative": ["slope above *"],
        "sigmoid": ["value above *", "slope above *"],
        "softmax": ["value above *"],
        "softmax-cross-entropy": [
          "probabilities above *", "gradient above *", "where targets has a *",
        ],
        "symmetry-breaking": ["number of * above *"],
        "tanh-derivative": ["value above *", "slope above *"],
      ]
    ),
    (
      "It is 0 or no smaller than 1e-6: a slope, a label, a count, an initial weight.",
      [
        "gradient-check": ["verdicts below *", "asked below *"],
        "he-init": ["weights is a single entry", "weights below *", "weights above *", "biases *"],
        "leaky-relu": ["slope below *"],
        "one-hot": ["encode below *", "decode below *"],
        "perceptron": ["predictions below *"],
        "relu-derivative": ["slope below *"],
        "symmetry-breaking": ["number of * below *"],
        "xavier-init": [
          "weights is a single entry", "weights below *", "weights above *", "biases *",
        ],
      ]
    ),
    (
      "Its entries are sums, judged beside the largest: an order of addition moves the small ones.",
      [
        "backprop": ["* beside 1"],
        "batch-norm": ["* beside 1"],
        "binary-cross-entropy": ["* beside 1"],
        "forward-pass": ["* beside 1"],
        "gradient-check": ["numerical gradient * beside 1"],
        "layer-norm": ["* beside 1"],
        "mean-squared-error": ["* beside 1"],
        "neuron": ["* beside 1"],
        "perceptron": ["weights * beside 1", "bias * beside 1"],
        "regression-backprop": ["* beside 1"],
        "residual-block": ["* beside 1"],
        "rms-norm": ["* beside 1"],
        "sigmoid": ["* beside 1"],
        "softmax-cross-entropy": ["* beside 1"],
        "swiglu": ["output * beside 1", "d* * beside 1"],
        "symmetry-breaking": ["* beside 1"],
        "tanh-derivative": ["slope * beside 1"],
        "two-layer-backprop": ["* beside 1"],
        "vanishing-gradients": ["* beside 1"],
      ]
    ),
    (
      "Small, it is a difference of numbers near 1, or clipped as the statement allows.",
      [
        "backprop": ["* below 1e-6 is 0"],
        "binary-cross-entropy": ["* below 1e-6 is 0", "* above *", "where * has a *"],
        "gradient-check": ["numerical gradient below 1e-6 is 0"],
        "sigmoid": ["* below 1e-6 is 0"],
        "softmax-cross-entropy": ["* below 1e-6 is 0", "loss above *"],
        "two-layer-backprop": ["* below 1e-6 is 0"],
      ]
    ),
    (
      "One class has the probability 1 and no gradient; a class for every row alike is no task.",
      [
        "backprop": ["where targets *"],
        "forward-pass": ["where targets *", "Z is a single entry"],
        "softmax-cross-entropy": ["where targets has a constant row"],
      ]
    ),
    (
      "A batch of one row has no variance.",
      ["batch-norm": ["* is a row", "* is a single entry"]]
    ),
    (
      "Nine layers, or fifteen batches, are more than anybody lists.",
      [
        "backprop": ["* from number 31 on"],
        "batch-norm": ["* from number 31 on"],
        "forward-pass": ["* from number 31 on"],
        "regression-backprop": ["* from number 31 on"],
      ]
    ),
    (
      "It is the same for all values: what a new layer starts from, a count of equal units.",
      [
        "batch-norm": ["* of a new layer is kept *"],
        "symmetry-breaking": ["number of * is kept *"],
      ]
    ),
    (
      "A whole number, a statistic, or the learner's own ε, beside which 1e-8 is nothing.",
      [
        "binary-cross-entropy": ["* in single precision", "* plus 1e-8"],
        "gradient-check": ["verdicts in single precision", "verdicts plus 1e-8"],
        "he-init": ["weights in single precision", "weights plus 1e-8"],
        "one-hot": ["* in single precision"],
        "perceptron": ["predictions in single precision"],
        "relu-derivative": ["slope in single precision"],
        "softmax-cross-entropy": ["loss in single precision", "loss plus 1e-8"],
        "symmetry-breaking": ["number of * in single precision", "number of * plus 1e-8"],
        "xavier-init": ["weights in single precision", "weights plus 1e-8"],
      ]
    ),
    (
      "The loss is the examiner's, and the learner sees only its value.",
      [
        "gradient-check": [
          "where loss.*", "where point has a huge entry", "asked *", "where claims *",
          "verdicts from *",
        ]
      ]
    ),
    (
      "Open: products with weights, inputs and other fields of these sizes are not asked for yet.",
      [
        "swiglu": ["dW from *"],
        "symmetry-breaking": [
          "where * has a *", "W *", "b *", "where * is a *",
          "where otherStarts *",
          "number of * from *",
        ],
      ]
    ),
    (
      "Judged by a range or of few digits, as the statement says: single precision shows nowhere.",
      [
        "learning-rate-schedule": ["* in single precision"],
        "learning-rate-finder": ["* in single precision", "* plus 1e-8"],
        "adamw": ["step: θ in single precision"],
      ]
    ),
    (
      "Open: what is asked elsewhere, and not of this part or of these sizes.",
      [
        "adam": ["of more than 32 rows", "second optimizer, *", "step: θ below *"],
        "adamw": ["of more than 32 rows", "second optimizer, *", "step: θ below *"],
        "dropout": ["where *", "* is a *"],
        "early-stopping": ["of more than 32 rows", "where parameters *", "θ *", "the *"],
        "gradient-clipping": ["of more than 32 rows", "g from number 31 on"],
        "gradient-descent": ["of more than 32 rows", "where *", "w below *"],
        "l2-regularization": [
          "of more than 32 rows", "where *", "d* from number 31 on", "penalty below *",
        ],
        "learning-rate-finder": [
          "where * has one number", "* from *", "* above *", "* below *",
        ],
        "learning-rate-schedule": [
          "where steps *", "* from place 31 on", "* above *", "* below *",
        ],
        "mini-batches": ["* is a single entry"],
        "mlp": [
          "where *", "another *", "weights *", "biases *", "predicted classes *", "losses *",
          "accuracy *",
        ],
        "momentum": ["of more than 32 rows", "second optimizer, *"],
        "rmsprop": ["of more than 32 rows", "second optimizer, *", "step: θ below *"],
        "sgd": ["of more than 32 rows", "second optimizer, *", "where *"],
        "training-loop": ["where *", "W *", "b *", "losses *"],
      ]
    ),
  ]
}
