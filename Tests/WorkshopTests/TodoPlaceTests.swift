import BackwardAnswers
import Grading
import NeuronAnswers
import TestSupport
import Testing

@testable import Workshop

@Suite("A todo() that is reached")
struct TodoPlaceTests {
  @Test(
    "is in the middle behind other code, and is a body where it is alone",
    arguments: [
      ("func f() {\n  todo()\n}", 2, false),
      ("func f(\n  of x: Int\n) -> Int {\n  // later\n\n  todo()\n}", 6, false),
      ("var f: Int {\n  todo()\n}", 2, false),
      ("func f() {\n  let z = 1\n  todo()\n}", 3, true),
      ("func f() {\n  for k in 0..<3 {\n    todo()\n  }\n}", 3, true),
      ("func f() {\n  if x {\n  } else {\n    todo()\n  }\n}", 4, true),
    ])
  func place(source: String, line: Int, isInTheMiddle: Bool) {
    #expect(TodoPlace.isInTheMiddle(line: line, of: Array(source.utf8)) == isInTheMiddle)
  }

  @Test("in the middle it is not called unattempted")
  func screen() throws {
    let checkout = try Checkout()
    let kata = BackpropSuite.kata
    let stub = try Stub.text(of: kata, in: checkout.project)
    try checkout.write(
      stub.replacing("    todo()", with: "    let rows = inputs.rows\n    print(rows)\n    todo()"),
      for: kata)
    let run = try checkout.run("backprop")
    #expect(run.output.contains("\n  Line 7: todo() reached; the lines above it ran.\n"))
    #expect(!run.output.contains("Not attempted"))
  }

  @Test("is said once, by the check that it kept from an answer")
  func once() throws {
    let checkout = try Checkout()
    let kata = SigmoidSuite.kata
    let stub = try Stub.text(of: kata, in: checkout.project)
    let half = stub.replacing(
      "slope(at z: Matrix) -> Matrix {\n", with: "slope(at z: Matrix) -> Matrix {\n    print(z)\n"
    ).replacing(
      "value(at z: Matrix) -> Matrix {\n    todo()",
      with: "value(at z: Matrix) -> Matrix {\n    1 / (1 + exp(-z))")
    try checkout.write(half, for: kata)
    let output = try checkout.run("sigmoid").output
    #expect(output.ranges(of: "todo() reached").count == 1, "\(output)")
    #expect(output.contains("The rest is still to be written."))
    try checkout.write(half.replacing("1 / (1 +", with: "2 / (1 +"), for: kata)
    let wrong = try checkout.run("sigmoid").output
    #expect(wrong.contains("\n  Line 10: todo() reached; the lines above it ran.\n"), "\(wrong)")
  }
}
