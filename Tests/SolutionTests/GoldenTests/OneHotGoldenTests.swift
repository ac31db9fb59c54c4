import Grading
import KataKit
import LossAnswers
import Numerics
import Testing

@testable import Solutions

@Test("one-hot: jax agrees with the reference and the solution")
func oneHotGoldens() throws {
  for golden in try Golden("one-hot").cases {
    let labels = try golden.input("labels").elements.map { Int($0) }
    let classes = try golden.output("encoded").columns
    for subject in [OneHotSuite.reference(making: []), OneHot()] {
      let author = "\(type(of: subject))"
      let decoded = subject.decode(try golden.input("scores")).map { Double($0) }
      try golden.expect(subject.encode(labels, classes: classes), is: "encoded", by: author)
      try golden.expect(Matrix([decoded]), is: "decoded", by: author)
    }
  }
}
