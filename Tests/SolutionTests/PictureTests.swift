import AnswerKey
import Grading
import KataKit
import Testing
import Variants

@Test(
  "the weights of a solution fill the distribution that is drawn beside them",
  arguments: ["xavier-init", "he-init"])
func pictures(kata: String) throws {
  let suite = try #require(Catalogue.curriculum.suite(named: kata))
  let type = try #require(CorrectAnswers.solution(type: suite.kata.type))
  let first = firstPicture(of: type, in: suite)
  let picture = try #require(first)
  guard case .distribution(_, let low, let high, let drawn, let expected) = picture else {
    Issue.record("\(picture)")
    return
  }
  #expect(low == -high)
  #expect(abs(expected.reduce(0, +) - 1) < 1e-4)
  #expect(drawn.count == expected.count)
  // Six deviations of a share of 30 000.
  #expect(zip(drawn, expected).allSatisfy { abs($0 - $1) <= 6 * ($1 / 30_000).squareRoot() + 1e-3 })
}

private func firstPicture<S: Grading.Suite>(of type: any Any.Type, in suite: S.Type) -> Picture? {
  var examination = Examination(Insider<S>(type), paper: Paper(seed: 1))
  _ = examination.run(repeating: .none)
  return examination.pictures().first
}
