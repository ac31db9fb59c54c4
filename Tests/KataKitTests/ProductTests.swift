import KataKit
import Testing

@Suite("The matrix product")
struct ProductTests {
  /// Cᵢⱼ = Σₖ AᵢₖBₖⱼ as the formula has it.
  func naiveProduct(_ a: Matrix, _ b: Matrix) -> Matrix {
    Matrix(Shape(rows: a.rows, columns: b.columns)) { i, j in
      (0..<a.columns).reduce(0) { $0 + a[i, $1] * b[$1, j] }
    }
  }

  @Test(
    "is the naive triple loop's to the last bit",
    arguments: [
      (1, 1, 1), (2, 3, 4), (5, 1, 7), (1, 9, 1), (8, 8, 8), (17, 31, 13), (64, 33, 65),
    ])
  func naive(rows: Int, inner: Int, columns: Int) {
    let a = Matrix.sample(Shape(rows: rows, columns: inner), seed: 5)
    let b = Matrix.sample(Shape(rows: inner, columns: columns), seed: 6)
    #expect(a.matmul(b) == naiveProduct(a, b))
  }

  @Test("of a worked example")
  func example() {
    let a: Matrix = [[1, 2, 3], [4, 5, 6]]
    let b: Matrix = [[7, 8], [9, 10], [11, 12]]
    #expect(a.matmul(b) == [[58, 64], [139, 154]])
    #expect(b.matmul(a) == [[39, 54, 69], [49, 68, 87], [59, 82, 105]])
  }

  @Test("with the identity changes nothing")
  func identity() {
    let matrix = Matrix.sample(Shape(rows: 3, columns: 5), seed: 7)
    #expect(Matrix.identity(3).matmul(matrix) == matrix)
    #expect(matrix.matmul(.identity(5)) == matrix)
  }

  @Test("over an inner dimension of 0 is zeros, and of no rows is empty")
  func empty() {
    #expect(
      Matrix(rows: 2, columns: 0).matmul(Matrix(rows: 0, columns: 3))
        == Matrix(rows: 2, columns: 3))
    #expect(
      Matrix(rows: 0, columns: 2).matmul(Matrix(rows: 2, columns: 3)).shape
        == Shape(rows: 0, columns: 3))
  }

  @Test("hides no infinity behind a zero")
  func nonFinite() {
    let product = Matrix([[0, 1]]).matmul([[.infinity], [2]])
    #expect(product[0, 0].isNaN)
  }
}

@Suite("The transpose")
struct TransposeTests {
  @Test(
    "moves element (i, j) to (j, i)",
    arguments: [(1, 1), (1, 6), (6, 1), (3, 5), (40, 23), (0, 3), (3, 0)])
  func elements(rows: Int, columns: Int) {
    let matrix = Matrix.sample(Shape(rows: rows, columns: columns), seed: 8)
    let transposed = Matrix(Shape(rows: columns, columns: rows)) { matrix[$1, $0] }
    #expect(matrix.transposed == transposed)
    #expect(matrix.transposed.transposed == matrix)
  }

  @Test("of a product is the product of the transposes the other way round")
  func product() {
    let a = Matrix.sample(Shape(rows: 4, columns: 6), seed: 9)
    let b = Matrix.sample(Shape(rows: 6, columns: 3), seed: 10)
    #expect(a.matmul(b).transposed == b.transposed.matmul(a.transposed))
  }
}

@Suite("A product of shapes that do not fit")
struct ProductTrapTests {
  @Test("traps, and names the inner dimensions")
  func innerDimensions() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4).matmul(Matrix(rows: 3, columns: 2)) }
    expect(result, says: "matmul: 5×4 · 3×2: the inner dimensions 4 and 3 differ")
  }

  @Test("suggests to transpose the right side if only that would fit")
  func transposedRight() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4).matmul(Matrix(rows: 2, columns: 4)) }
    expect(
      result,
      says: "matmul: 5×4 · 2×4: the inner dimensions 4 and 2 differ; 5×4 · (2×4)ᵀ would fit")
  }

  @Test("suggests to transpose the left side if only that would fit")
  func transposedLeft() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4).matmul(Matrix(rows: 5, columns: 2)) }
    expect(
      result,
      says: "matmul: 5×4 · 5×2: the inner dimensions 4 and 5 differ; (5×4)ᵀ · 5×2 would fit")
  }

  @Test("suggests nothing if either side could be transposed")
  func transposedEither() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4).matmul(Matrix(rows: 5, columns: 4)) }
    expect(result, says: "matmul: 5×4 · 5×4: the inner dimensions 4 and 5 differ")
  }
}
