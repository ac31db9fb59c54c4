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
    #expect(minimum(matrix, 0.25) == matrix.map { min($0, 0.25) })
    #expect(erf(matrix) == matrix.map { erf($0) })
    #expect(expm1(matrix) == matrix.map { expm1($0) })
    #expect(log1p(positive) == positive.map { log1p($0) })
    #expect(log1p([[1e-20]] as Matrix) == [[1e-20]])
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

  @Test("minimum takes the number on either side, and lets a NaN through from either")
  func minima() {
    let matrix: Matrix = [[-1, 0, 2]]
    #expect(minimum(matrix, 0) == [[-1, 0, 0]])
    #expect(minimum(0, matrix) == [[-1, 0, 0]])
    #expect(minimum([[.nan, 1]], 0).elements.map(\.isNaN) == [true, false])
    #expect(minimum([[-1, 1]], .nan).elements.map(\.isNaN) == [true, true])
  }

  @Test("the extrema of two matrices broadcast, and let a NaN through from either")
  func extremaOfTwo() {
    let matrix: Matrix = [[-1, 5], [3, 2]]
    #expect(maximum(matrix, [[0, 3]]) == [[0, 5], [3, 3]])
    #expect(minimum(matrix, [[0], [2.5]]) == [[-1, 0], [2.5, 2]])
    let (left, right): (Matrix, Matrix) = ([[.nan, 1, 1]], [[1, .nan, 1]])
    #expect(maximum(left, right).elements.map(\.isNaN) == [true, true, false])
    #expect(minimum(left, right).elements.map(\.isNaN) == [true, true, false])
  }

  @Test("clamping moves what is outside to the nearer bound, and leaves NaN")
  func clamping() {
    let matrix: Matrix = [[-3, -1, 0.5], [1, 7, .infinity]]
    #expect(matrix.clamped(to: -1...1) == [[-1, -1, 0.5], [1, 1, 1]])
    #expect(Matrix([[.nan]]).clamped(to: 0...1)[0, 0].isNaN)
  }

  @Test("map with another matrix broadcasts, keeps the order of the two, and rethrows")
  func mapWithAnother() {
    struct Unwanted: Error {}
    let matrix: Matrix = [[1, 2], [3, 4]]
    #expect(matrix.map(with: [[10], [20]]) { $1 - $0 } == [[9, 8], [17, 16]])
    #expect(throws: Unwanted.self) { try matrix.map(with: matrix) { _, _ in throw Unwanted() } }
  }

  @Test("map with another matrix traps on shapes that do not fit")
  func mapOfDifferentShapes() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4).map(with: Matrix(rows: 3, columns: 4)) { $0 + $1 } }
    expect(result, says: "map(with:): 5×4 and 3×4: the rows 5 and 3 differ, and neither is 1")
  }

  @Test("maximum traps on shapes that do not fit")
  func maximumOfDifferentShapes() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = maximum(Matrix(rows: 5, columns: 4), Matrix(rows: 5, columns: 3)) }
    expect(result, says: "maximum: 5×4 and 5×3: the columns 4 and 3 differ, and neither is 1")
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
