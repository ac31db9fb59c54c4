import KataKit
import Testing

@Suite("Arithmetic between matrices")
struct ArithmeticTests {
  /// Left, right and result.
  static let broadcasts: [(Shape, Shape, Shape)] = [
    (Shape(rows: 3, columns: 4), Shape(rows: 3, columns: 4), Shape(rows: 3, columns: 4)),
    (Shape(rows: 3, columns: 4), Shape(rows: 1, columns: 4), Shape(rows: 3, columns: 4)),
    (Shape(rows: 3, columns: 4), Shape(rows: 3, columns: 1), Shape(rows: 3, columns: 4)),
    (Shape(rows: 3, columns: 4), Shape(rows: 1, columns: 1), Shape(rows: 3, columns: 4)),
    (Shape(rows: 1, columns: 4), Shape(rows: 3, columns: 4), Shape(rows: 3, columns: 4)),
    (Shape(rows: 3, columns: 1), Shape(rows: 3, columns: 4), Shape(rows: 3, columns: 4)),
    (Shape(rows: 1, columns: 1), Shape(rows: 3, columns: 4), Shape(rows: 3, columns: 4)),
    (Shape(rows: 3, columns: 1), Shape(rows: 1, columns: 4), Shape(rows: 3, columns: 4)),
    (Shape(rows: 1, columns: 4), Shape(rows: 3, columns: 1), Shape(rows: 3, columns: 4)),
    (Shape(rows: 1, columns: 1), Shape(rows: 1, columns: 1), Shape(rows: 1, columns: 1)),
    (Shape(rows: 0, columns: 4), Shape(rows: 1, columns: 4), Shape(rows: 0, columns: 4)),
    (Shape(rows: 1, columns: 1), Shape(rows: 0, columns: 4), Shape(rows: 0, columns: 4)),
    (Shape(rows: 3, columns: 1), Shape(rows: 1, columns: 0), Shape(rows: 3, columns: 0)),
    (Shape(rows: 67, columns: 33), Shape(rows: 1, columns: 33), Shape(rows: 67, columns: 33)),
    (Shape(rows: 67, columns: 33), Shape(rows: 67, columns: 1), Shape(rows: 67, columns: 33)),
  ]

  /// The element of `matrix` that stands at (i, j) once it is stretched.
  func stretched(_ matrix: Matrix, _ i: Int, _ j: Int) -> Double {
    matrix[matrix.rows == 1 ? 0 : i, matrix.columns == 1 ? 0 : j]
  }

  @Test("broadcasts every dimension that is 1", arguments: broadcasts)
  func broadcasting(left: Shape, right: Shape, shape: Shape) {
    let a = Matrix.sample(left, seed: 1)
    let b = Matrix.sample(right, seed: 2)
    #expect(a + b == Matrix(shape) { stretched(a, $0, $1) + stretched(b, $0, $1) })
    #expect(a - b == Matrix(shape) { stretched(a, $0, $1) - stretched(b, $0, $1) })
    #expect(a * b == Matrix(shape) { stretched(a, $0, $1) * stretched(b, $0, $1) })
    #expect(a / b == Matrix(shape) { stretched(a, $0, $1) / stretched(b, $0, $1) })
  }

  @Test("in place equals out of place wherever the left has the shape of the result")
  func inPlace() {
    for (left, right, shape) in Self.broadcasts where left == shape {
      let a = Matrix.sample(left, seed: 3)
      let b = Matrix.sample(right, seed: 4)
      var (sum, difference, product, quotient) = (a, a, a, a)
      sum += b
      difference -= b
      product *= b
      quotient /= b
      #expect(sum == a + b)
      #expect(difference == a - b)
      #expect(product == a * b)
      #expect(quotient == a / b)
    }
  }

  @Test("in place may take the matrix itself")
  func itself() {
    var matrix: Matrix = [[1, 2], [3, 4]]
    matrix += matrix
    #expect(matrix == [[2, 4], [6, 8]])
    matrix /= matrix
    #expect(matrix == [[1, 1], [1, 1]])
  }

  @Test("in place leaves a copy taken before alone")
  func copies() {
    var matrix: Matrix = [[1, 2], [3, 4]]
    let before = matrix
    matrix -= [[1, 1]]
    matrix *= 10
    #expect(matrix == [[0, 10], [20, 30]])
    #expect(before == [[1, 2], [3, 4]])
  }

  @Test("division by zero gives infinities and NaN, as for any Double")
  func divisionByZero() {
    let quotient: Matrix = [[1, -1, 0]] / [[0, 0, 0]]
    #expect(quotient[0, 0] == .infinity)
    #expect(quotient[0, 1] == -.infinity)
    #expect(quotient[0, 2].isNaN)
  }
}

@Suite("Arithmetic with a number")
struct ScalarArithmeticTests {
  let matrix: Matrix = [[1, -2], [0.5, 8]]

  @Test("takes the number on either side")
  func sides() {
    #expect(matrix + 2 == [[3, 0], [2.5, 10]])
    #expect(matrix - 2 == [[-1, -4], [-1.5, 6]])
    #expect(matrix * 2 == [[2, -4], [1, 16]])
    #expect(matrix / 2 == [[0.5, -1], [0.25, 4]])
    #expect(2 + matrix == [[3, 0], [2.5, 10]])
    #expect(2 - matrix == [[1, 4], [1.5, -6]])
    #expect(2 * matrix == [[2, -4], [1, 16]])
    #expect(2 / matrix == [[2, -1], [4, 0.25]])
    #expect(-matrix == [[-1, 2], [-0.5, -8]])
    #expect((-Matrix([[0]]))[0, 0].sign == .minus)
  }

  @Test("in place equals out of place")
  func inPlace() {
    var (sum, difference, product, quotient) = (matrix, matrix, matrix, matrix)
    sum += 3
    difference -= 3
    product *= 3
    quotient /= 3
    #expect(sum == matrix + 3)
    #expect(difference == matrix - 3)
    #expect(product == matrix * 3)
    #expect(quotient == matrix / 3)
  }

  @Test("reads as the formula does")
  func formula() {
    let x: Matrix = [[-1, 0, 1]]
    let (mean, deviation) = (x.mean(), sqrt(2.0 / 3))
    #expect((x - mean) / deviation == [[-1 / deviation, 0, 1 / deviation]])
    #expect(1 / (1 + exp(-x)) == x.map { 1 / (1 + exp(-$0)) })
  }

  @Test("a comparison is a mask of ones and zeros, and NaN compares false")
  func masks() {
    let matrix: Matrix = [[-1, 0, 2], [.nan, .infinity, -0.0]]
    #expect((matrix .> 0) == [[0, 0, 1], [0, 1, 0]])
    #expect((matrix .>= 0) == [[0, 1, 1], [0, 1, 1]])
    #expect((matrix .< 0) == [[1, 0, 0], [0, 0, 0]])
    #expect((matrix .<= 0) == [[1, 1, 0], [0, 0, 1]])
  }
}

@Suite("Arithmetic between shapes that do not fit")
struct ArithmeticTrapTests {
  @Test("traps on rows that differ")
  func rows() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4) + Matrix(rows: 3, columns: 4) }
    expect(result, says: "+: 5×4 and 3×4: the rows 5 and 3 differ, and neither is 1")
  }

  @Test("traps on columns that differ")
  func columns() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4) - Matrix(rows: 1, columns: 3) }
    expect(result, says: "-: 5×4 and 1×3: the columns 4 and 3 differ, and neither is 1")
  }

  @Test("traps on both, and names both")
  func both() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 5, columns: 4) * Matrix(rows: 4, columns: 5) }
    expect(
      result,
      says: "*: 5×4 and 4×5: the rows 5 and 4 differ, and neither is 1; "
        + "the columns 4 and 5 differ, and neither is 1")
  }

  @Test("traps in a quotient")
  func quotient() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 2, columns: 2) / Matrix(rows: 0, columns: 2) }
    expect(result, says: "/: 2×2 and 0×2: the rows 2 and 0 differ, and neither is 1")
  }

  @Test("traps in place")
  func inPlace() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var weights = Matrix(rows: 4, columns: 3)
      weights -= Matrix(rows: 3, columns: 4)
    }
    expect(
      result,
      says: "-=: 4×3 and 3×4: the rows 4 and 3 differ, and neither is 1; "
        + "the columns 3 and 4 differ, and neither is 1")
  }

  @Test("traps in place where the left would have to grow")
  func growth() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var biases = Matrix(rows: 1, columns: 3)
      biases += Matrix(rows: 5, columns: 3)
    }
    expect(result, says: "+=: the 1×3 matrix on the left cannot grow to fit the 5×3 on the right")
  }
}
