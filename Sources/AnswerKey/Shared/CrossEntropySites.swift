package import Grading
package import KataKit

/// What goes wrong with p − y, whether p is of a softmax or of a sigmoid.
package enum CrossEntropySites {
  package static let sign = Site<Matrix, Matrix>(
    "sign-flipped", "You used y − p at the output; the gradient of the loss is p − y."
  ) { -$0 }

  package static let factorTwo = Mistake<Matrix, Matrix>(
    "factor-two", "Your gradient has a factor 2, as a squared error would; cross-entropy has none."
  ) { 2 * $0 }
}
