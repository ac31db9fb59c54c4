import KataKit
import Testing

@Suite("Functions with KataKit alone imported")
struct FunctionTests {
  @Test("of a Double have their textbook values")
  func values() {
    #expect(exp(1.0) == 0x1.5bf0a8b145769p+1)
    #expect(log(10.0) == 0x1.26bb1bbb55516p+1)
    #expect(log2(8.0) == 3)
    #expect(log10(1000.0) == 3)
    #expect(sqrt(2.0) == 0x1.6a09e667f3bcdp+0)
    #expect(pow(2.0, 10) == 1024)
    #expect(pow(9, 0.5) == 3)
    #expect(isClose(tanh(0.5), 0.462_117_157_260_009_8))
    #expect(isClose(sin(1.0), 0.841_470_984_807_896_5))
    #expect(isClose(cos(1.0), 0.540_302_305_868_139_8))
    #expect(isClose(erf(0.5), 0.520_499_877_813_046_5))
  }

  @Test("log1p and expm1 keep the digits that log(1 + x) and exp(x) − 1 lose")
  func smallArguments() {
    #expect(log1p(1e-20) == 1e-20)
    #expect(expm1(1e-20) == 1e-20)
    #expect(isClose(log1p(1.0), log(2.0)))
    #expect(isClose(expm1(1.0), exp(1.0) - 1))
  }

  @Test("of a Double outside the domain are infinite or NaN")
  func domain() {
    #expect(log(0.0) == -.infinity)
    #expect(log(-1.0).isNaN)
    #expect(sqrt(-1.0).isNaN)
    #expect(pow(-8, 1.0 / 3).isNaN)
    #expect(exp(1000.0) == .infinity)
    #expect(exp(-1000.0) == 0)
  }

  @Test("of a matrix are those of its elements")
  func elementwise() {
    let matrix = Matrix.sample(Shape(rows: 9, columns: 11), seed: 12)
    let positive = abs(matrix)
    #expect(exp(matrix) == matrix.map { exp($0) })
    #expect(log(positive) == positive.map { log($0) })
    #expect(sqrt(positive) == positive.map { sqrt($0) })
    #expect(tanh(matrix) == matrix.map { tanh($0) })
    #expect(positive == matrix.map { abs($0) })
    #expect(pow(positive, 1.5) == positive.map { pow($0, 1.5) })
    #expect(maximum(matrix, 0.25) == matrix.map { max($0, 0.25) })
  }

  @Test("can be passed by name")
  func byName() {
    let matrix: Matrix = [[0, 1], [4, 9]]
    #expect(matrix.map(sqrt) == [[0, 1], [2, 3]])
    #expect([1.0, 4].map(sqrt) == [1, 2])
  }

  @Test("abs clears the sign, of a negative zero too")
  func absolute() {
    let result = abs([[-1, 2, -.infinity, -0.0]] as Matrix)
    #expect(result == [[1, 2, .infinity, 0]])
    #expect(result[0, 3].sign == .plus)
  }

  @Test("maximum takes the number on either side, and lets a NaN through from either")
  func maxima() {
    let matrix: Matrix = [[-1, 0, 2]]
    #expect(maximum(matrix, 0) == [[0, 0, 2]])
    #expect(maximum(0, matrix) == [[0, 0, 2]])
    #expect(maximum([[.nan, 1]], 0).elements.map(\.isNaN) == [true, false])
    #expect(maximum([[-1, 1]], .nan).elements.map(\.isNaN) == [true, true])
  }

  @Test("map applies a closure to each element, and rethrows its error")
  func map() {
    struct Unwanted: Error {}
    #expect(Matrix([[1, 2], [3, 4]]).map { $0 * $0 } == [[1, 4], [9, 16]])
    #expect(throws: Unwanted.self) { try Matrix([[1]]).map { _ in throw Unwanted() } }
  }

  /// C libraries may differ in the last bits.
  func isClose(_ value: Double, _ reference: Double) -> Bool {
    abs(value - reference) <= 4 * reference.ulp
  }
}
