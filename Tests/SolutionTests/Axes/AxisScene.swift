import Exam
import KataKit
import Numerics

@testable import Grading

/// A question as the axes see it: what is sent and what is true, each by the name of its kind, which is
/// its name without places: "layers.weights", "dW".
struct AxisScene {
  /// The name of the case.
  let probe: String
  let matrices: [(kind: String, value: Matrix)]
  let lists: [(kind: String, value: [Double])]
  /// Whether anything is drawn from a generator that is handed in.
  let hasSeed: Bool
  let parts: [Part]
  /// The kind of each part.
  let kinds: [String]

  init(of probe: String, fixture: Any, parts: [Part]) {
    var matrices: [(kind: String, value: Matrix)] = []
    var lists: [(kind: String, value: [Double])] = []
    var hasSeed = false
    for (path, value) in FixtureLeaves(of: fixture).all {
      switch value {
      case .matrix(let matrix): matrices.append((path.withoutPlaces, matrix))
      case .list(let list): lists.append((path.withoutPlaces, list))
      case .seed: hasSeed = true
      case .number, .count: break
      }
    }
    (self.matrices, self.lists, self.hasSeed) = (matrices, lists, hasSeed)
    self.probe = probe
    (self.parts, kinds) = (parts, parts.map(\.name.withoutPlaces))
  }
}

extension AxisScene {
  /// Whether the parts of this kind are others.
  static func differ(_ some: [Part], _ others: [Part], in kind: String) -> Bool {
    func own(_ parts: [Part]) -> [Part] { parts.filter { $0.name.withoutPlaces == kind } }
    return !own(some).isIdentical(to: own(others))
  }
}

extension String {
  /// "dW" for "dW₁₂", "layers.weights" for "layers[0].weights", "step: θ" for "step 3: θ₁".
  fileprivate var withoutPlaces: String {
    let kept = filter {
      !("0"..."9").contains($0) && !("₀"..."₉").contains($0) && !"[]".contains($0)
    }
    return kept.replacing(" :", with: ":")
  }

  /// The first number in it: 12 for "dW₁₂", 3 for "step 3: θ₁".
  var firstNumber: Int? {
    var number: Int?
    for scalar in unicodeScalars {
      let digit: Int? =
        switch scalar.value {
        case 0x30...0x39: Int(scalar.value) - 0x30
        case 0x2080...0x2089: Int(scalar.value) - 0x2080
        default: nil
        }
      if let digit {
        number = (number ?? 0) * 10 + digit
      } else if number != nil {
        break
      }
    }
    return number
  }
}
