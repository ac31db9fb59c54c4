import Grading
import KataKit

extension SwiGLUSuite {
  package enum Slip: ComposedMistake {
    /// The forward pass may call `silu`.
    case silu(WrongSiLU, Place)
    case gating(WrongGating)
    case output(WrongOutput)
    case weights(WrongWeights)

    /// What stands for z·σ(z).
    package enum WrongSiLU: String, CaseIterable, Sendable {
      case sigmoid
      case identity
      case relu
      case gelu
      case tanh
      case mirrored
      case added
      case overflowAbove = "overflow-above"
      case overflowBelow = "overflow-below"
      case scaled
    }

    /// What stands for silu(X·W₁) ⊙ (X·W₃).
    package enum WrongGating: String, CaseIterable, Sendable {
      case swapped = "gate-and-value-swapped"
      case bothActivated = "both-activated"
      case ofProduct = "silu-of-product"
      case added = "added-for-multiplied"
      case twice = "silu-twice"
      case gateForValue = "gate-for-value"
      case activatedForValue = "activated-gate-for-value"
      case valueForGate = "value-for-gate"
      case gateAlone = "gate-alone"
      case valueAlone = "value-alone"
      case ofInputs = "silu-of-inputs"
      case matrixProduct = "matrix-product"
    }

    /// What stands for the product with W₂.
    package enum WrongOutput: String, CaseIterable, Sendable {
      case activated = "output-activated"
      case residual = "residual-added"
      case skipped = "w2-skipped"
      case elementwise = "w2-elementwise"
    }

    package enum WrongWeights: String, CaseIterable, Sendable {
      case w1Transposed = "w1-transposed"
      case w3Transposed = "w3-transposed"
      case w2Transposed = "w2-transposed"
      case allTransposed = "all-transposed"
      case rotated = "w2-and-w3-swapped"
    }

    package static let allCases: [Slip] =
      WrongSiLU.allCases.flatMap { wrong in Place.allCases.map { .silu(wrong, $0) } }
      + WrongGating.allCases.map(Slip.gating) + WrongOutput.allCases.map(Slip.output)
      + WrongWeights.allCases.map(Slip.weights)

    package var rawValue: String {
      switch self {
      case .silu(let wrong, let place): "silu-\(wrong.rawValue)" + place.suffix("forward")
      case .gating(let wrong): wrong.rawValue
      case .output(let wrong): wrong.rawValue
      case .weights(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .silu(let wrong, .callerOnly): "What your forward pass takes for silu " + wrong.words
      case .silu(let wrong, _): "Your silu " + wrong.words
      case .gating(let wrong): wrong.words
      case .output(let wrong): wrong.words
      case .weights(let wrong): wrong.words
      }
    }

    /// A silu that is wrong in one method only is at the site of leaving it out: beside that, it would be
    /// the same as one that is wrong in both.
    package var site: String {
      switch self {
      case .silu(_, .everywhere): "silu"
      case .silu, .gating(.valueAlone): "silu in forward"
      case .gating: "gating"
      case .output: "output"
      case .weights: "weights"
      }
    }
  }

  /// SwiGLU with any of the mistakes on purpose.
  struct Reference: SwiGLUKata {
    private var wrongSiLU: Slip.WrongSiLU?
    private var wrongInForward: Slip.WrongSiLU?
    private var gating: Slip.WrongGating?
    private var isValueAlone = false
    private var output: Slip.WrongOutput?
    private var weights: Slip.WrongWeights?

    init() {}

    init(mistakes: Set<Slip>) {
      for case .silu(let wrong, .everywhere) in mistakes {
        (wrongSiLU, wrongInForward) = (wrong, wrong)
      }
      for mistake in mistakes {
        switch mistake {
        case .silu(let wrong, .calleeOnly): wrongSiLU = wrongSiLU ?? wrong
        case .silu(let wrong, .callerOnly): wrongInForward = wrong
        case .silu(_, .everywhere): break
        case .gating(.valueAlone): isValueAlone = true
        case .gating(let wrong): gating = wrong
        case .output(let wrong): output = wrong
        case .weights(let wrong): weights = wrong
        }
      }
    }

    func silu(_ z: Matrix) -> Matrix { wrongSiLU?.evaluated(at: z) ?? Self.silu(z) }

    static func silu(_ z: Matrix) -> Matrix { z.map { $0 / (1 + exp(-$0)) } }

    /// (silu(X·W₁) ⊙ (X·W₃))·W₂.
    func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
      let isSquare =
        w1.rows == w1.columns && w2.shape == w1.shape && w3.shape == w1.shape
        && x.shape == w1.shape
      let (w1, w3, w2) = isSquare ? mistaken(w1, w3, w2) : (w1, w3, w2)
      let hidden = hidden(x, w1, w3, isSquare: isSquare)
      switch output {
      case .skipped: return hidden
      case .elementwise where isSquare: return hidden * w2
      case .activated:
        let isWrongEverywhere = wrongSiLU != nil && wrongInForward != nil
        return (isWrongEverywhere ? silu(inForward:) : Self.silu)(hidden.matmul(w2))
      case .residual where x.columns == w2.columns: return x + hidden.matmul(w2)
      default: return hidden.matmul(w2)
      }
    }

    private func silu(inForward z: Matrix) -> Matrix {
      wrongInForward?.evaluated(at: z) ?? Self.silu(z)
    }

    private func mistaken(
      _ w1: Matrix, _ w3: Matrix, _ w2: Matrix
    ) -> (Matrix, Matrix, Matrix) {
      switch weights {
      case nil: (w1, w3, w2)
      case .w1Transposed: (w1.transposed, w3, w2)
      case .w3Transposed: (w1, w3.transposed, w2)
      case .w2Transposed: (w1, w3, w2.transposed)
      case .allTransposed: (w1.transposed, w3.transposed, w2.transposed)
      case .rotated: (w1, w2, w3)
      }
    }

    private func hidden(_ x: Matrix, _ w1: Matrix, _ w3: Matrix, isSquare: Bool) -> Matrix {
      let (gate, value) = (x.matmul(w1), x.matmul(w3))
      if isValueAlone { return value }
      switch gating {
      case .swapped: return gate * silu(inForward: value)
      case .bothActivated: return silu(inForward: gate) * silu(inForward: value)
      case .ofProduct: return silu(inForward: gate * value)
      case .added: return silu(inForward: gate) + value
      case .twice: return silu(inForward: silu(inForward: gate)) * value
      // σ(z)·z is silu again, with the value left out.
      case .gateForValue where wrongInForward != .sigmoid: return silu(inForward: gate) * gate
      case .activatedForValue: return silu(inForward: gate) * silu(inForward: gate)
      case .valueForGate: return silu(inForward: value) * value
      case .gateAlone: return silu(inForward: gate)
      case .ofInputs: return silu(inForward: x).matmul(w1) * value
      case .matrixProduct where isSquare: return silu(inForward: gate).matmul(value)
      case .matrixProduct, .gateForValue, .valueAlone, nil: return silu(inForward: gate) * value
      }
    }
  }
}

extension SwiGLUSuite.Slip.WrongSiLU {
  fileprivate var words: String {
    switch self {
    case .sigmoid: "is σ(z), as in GLU; it is z·σ(z)."
    case .identity: "is z itself, as in the bilinear layer; it is z·σ(z)."
    case .relu: "is max(0, z), as in ReGLU; it is z·σ(z)."
    case .gelu: "is GELU, as in GEGLU; it is z·σ(z)."
    case .tanh: "is tanh(z); it is z·σ(z)."
    case .mirrored: "is z·σ(−z), with the sign of the exponent lost; it is z / (1 + exp(−z))."
    case .added: "is z + σ(z); it is z·σ(z)."
    case .overflowAbove: "is ∞/∞ for large z, as exp(z)/(1 + exp(z)) is; use z / (1 + exp(−z))."
    case .overflowBelow: "is not a number far below 0, where exp(−z) overflows."
    case .scaled: "is z·σ(1.702·z), an approximation of GELU; it is z·σ(z)."
    }
  }

  fileprivate func evaluated(at z: Matrix) -> Matrix {
    z.map { z in
      let sigmoid = 1 / (1 + exp(-z))
      return switch self {
      case .sigmoid: sigmoid
      case .identity: z
      case .relu: max(0, z)
      case .gelu: 0.5 * z * (1 + erf(z / 2.squareRoot()))
      case .tanh: KataKit.tanh(z)
      case .mirrored: z / (1 + exp(z))
      case .added: z + sigmoid
      case .overflowAbove: z * (exp(z) / (1 + exp(z)))
      case .overflowBelow: z * (1 - exp(-z) / (1 + exp(-z)))
      case .scaled: z / (1 + exp(-1.702 * z))
      }
    }
  }
}

extension SwiGLUSuite.Slip.WrongGating {
  fileprivate var words: String {
    switch self {
    case .swapped: "You applied silu to X·W₃; it belongs on the gate X·W₁."
    case .bothActivated: "You applied silu to X·W₃, too; it belongs on the gate X·W₁ alone."
    case .ofProduct: "You applied silu to the product of gate and value; apply it to X·W₁ before."
    case .added: "You added silu(X·W₁) and X·W₃; they are multiplied elementwise."
    case .twice: "You applied silu to the gate twice."
    case .gateForValue: "You multiplied silu(X·W₁) by X·W₁; it is multiplied by X·W₃."
    case .activatedForValue: "You multiplied silu(X·W₁) by itself; it is multiplied by X·W₃."
    case .valueForGate: "You took W₃ for the gate, too: silu(X·W₃) ⊙ (X·W₃); the gate is X·W₁."
    case .gateAlone: "You left out the factor X·W₃."
    case .valueAlone: "You left out the gate silu(X·W₁)."
    case .ofInputs: "You applied silu to X before W₁; it is applied to X·W₁."
    case .matrixProduct:
      "You took the matrix product of gate and value; they are multiplied elementwise."
    }
  }
}

extension SwiGLUSuite.Slip.WrongOutput {
  fileprivate var words: String {
    switch self {
    case .activated: "You applied silu to the output, too; the product with W₂ is the last step."
    case .residual:
      "You added X to the output; the residual belongs to the block around this layer."
    case .skipped: "You left out the product with W₂."
    case .elementwise: "You multiplied by W₂ elementwise; it is a matrix product."
    }
  }
}

extension SwiGLUSuite.Slip.WrongWeights {
  fileprivate var words: String {
    switch self {
    case .w1Transposed: "You transposed W₁, which shows where it is square; X·W₁ fits as it is."
    case .w3Transposed: "You transposed W₃, which shows where it is square; X·W₃ fits as it is."
    case .w2Transposed: "You transposed W₂, which shows where it is square; it fits as it is."
    case .allTransposed: "You transposed all three weights; they are inputs × outputs already."
    case .rotated: "You swapped W₂ and W₃: W₃ is the value's, and W₂ leads out."
    }
  }
}
