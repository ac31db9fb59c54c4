package import Grading
package import KataKit

// To write: what people get wrong, each at its site, under the line that it replaces.
extension RMSNormSuite {
  package static let mistakes = MistakeCatalogue(at: [values])

  package static func reference(at: Computation<Self>) -> any RMSNormKata { FaultyRMSNorm(at: at) }
}

/// The kata that can make any of the mistakes on purpose. It must not trap for any set of them.
private struct FaultyRMSNorm: RMSNormKata {
  var at = Computation<RMSNormSuite>()

  func value(of inputs: Matrix) -> Matrix { at(values, inputs) }
}

private let values = Site<Matrix, Matrix>("value") {
  $0
} mistakes: {
  Mistake("sign-flipped", "Your value has the opposite sign.") { -$0 }
}
