import Foundation
import KataKit
import Testing

@Suite("With Foundation imported too")
struct FoundationCoexistenceTests {
  @Test("a call on a Double is not ambiguous")
  func scalars() {
    #expect(exp(1.0) == 0x1.5bf0a8b145769p+1)
    #expect(expm1(0.0) == 0)
    #expect(log(1.0) == 0)
    #expect(log1p(0.0) == 0)
    #expect(log2(8.0) == 3)
    #expect(log10(1000.0) == 3)
    #expect(sqrt(9.0) == 3)
    #expect(pow(2.0, 3.0) == 8)
    #expect(pow(2.0, 3) == 8)
    #expect(tanh(0.0) == 0)
    #expect(sin(0.0) == 0)
    #expect(cos(0.0) == 1)
    #expect(erf(0.0) == 0)
    #expect(abs(-1.0) == 1)
    #expect(max(1.0, 2.0) == 2)
  }

  @Test("a call on a literal or a variable is not ambiguous")
  func otherForms() {
    let x = 4.0
    #expect(sqrt(x) + exp(0) + pow(x, 0.5) == 5)
    #expect(-log(exp(-x)) == x)
  }

  @Test("a function passed by name is not ambiguous")
  func byName() {
    #expect([1.0, 4].map(sqrt) == [1, 2])
    #expect(Matrix([[1, 4]]).map(sqrt) == [[1, 2]])
  }

  @Test("a call on a matrix is to this module's function")
  func matrices() {
    let x: Matrix = [[0, 1]]
    #expect(exp(x)[0, 0] == 1)
    #expect(sqrt(x) == x)
    #expect(pow(x, 2) == x)
    #expect(abs(-x) == x)
    #expect(1 / (1 + exp(-x)) == x.map { 1 / (1 + exp(-$0)) })
  }
}
