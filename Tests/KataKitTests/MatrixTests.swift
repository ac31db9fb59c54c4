import KataKit
import Testing

@Suite("A matrix")
struct MatrixTests {
  @Test("zeros like another have its shape")
  func zerosLike() {
    #expect(Matrix.zeros(like: [[1, 2, 3]]) == [[0, 0, 0]])
    #expect(Matrix.zeros(like: Matrix(rows: 0, columns: 4)).shape == Shape(rows: 0, columns: 4))
  }

  @Test("is zeros unless told otherwise")
  func filled() {
    #expect(Matrix(rows: 2, columns: 3).elements == [0, 0, 0, 0, 0, 0])
    #expect(Matrix(rows: 2, columns: 2, repeating: 7).elements == [7, 7, 7, 7])
  }

  @Test("is stored row after row, whichever way it is made")
  func rowMajor() {
    let matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix == [[1, 2, 3], [4, 5, 6]])
    #expect(matrix == Matrix([[1, 2, 3], [4, 5, 6]]))
    #expect(matrix.elements == [1, 2, 3, 4, 5, 6])
    #expect([matrix[0, 0], matrix[0, 2], matrix[1, 0], matrix[1, 2]] == [1, 3, 4, 6])
  }

  @Test("knows its shape and count", arguments: [(0, 0), (0, 3), (3, 0), (1, 1), (4, 3)])
  func shape(rows: Int, columns: Int) {
    let matrix = Matrix(rows: rows, columns: columns)
    #expect(matrix.shape == Shape(rows: rows, columns: columns))
    #expect(matrix.shape.description == "\(rows)×\(columns)")
    #expect(matrix.count == rows * columns)
    #expect(matrix.isEmpty == (rows == 0 || columns == 0))
  }

  @Test("is told from one of another shape with the same elements")
  func equality() {
    #expect(Matrix([[1, 2]]) != Matrix([[1], [2]]))
    #expect(Matrix(rows: 0, columns: 3) != Matrix(rows: 3, columns: 0))
    #expect(Matrix([[1, 2]]) != Matrix([[1, 3]]))
  }

  @Test("of no rows is 0×0, of empty rows n×0")
  func emptyLiterals() {
    #expect(([] as Matrix).shape == Shape(rows: 0, columns: 0))
    #expect(([[], []] as Matrix).shape == Shape(rows: 2, columns: 0))
  }

  @Test("is a value: writing to a copy leaves the original alone")
  func valueSemantics() {
    let original: Matrix = [[1, 2], [3, 4]]
    var copy = original
    copy[1, 0] = 30
    copy[0, 1] += 18
    #expect(copy == [[1, 20], [30, 4]])
    #expect(original == [[1, 2], [3, 4]])
  }

  @Test("of identity has ones on the diagonal only")
  func identity() {
    #expect(Matrix.identity(3) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    #expect(Matrix.identity(0).shape == Shape(rows: 0, columns: 0))
  }
}

@Suite("Making or indexing a matrix wrongly")
struct MatrixTrapTests {
  @Test("traps on too few elements")
  func tooFewElements() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5]) }
    expect(result, says: "Matrix(rows: 2, columns: 3) needs 6 elements, got 5")
  }

  @Test("traps on too many elements")
  func tooManyElements() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 0, columns: 3, elements: [1]) }
    expect(result, says: "Matrix(rows: 0, columns: 3) needs 0 elements, got 1")
  }

  @Test("traps on a negative size")
  func negativeSize() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: -2, columns: 3) }
    expect(result, says: "Matrix(rows: -2, columns: 3): a size cannot be negative")
  }

  @Test("traps on two negative sizes, though their product fits the elements")
  func negativeSizes() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: -1, columns: -2, elements: [1, 2]) }
    expect(result, says: "Matrix(rows: -1, columns: -2): a size cannot be negative")
  }

  @Test("traps on a ragged row")
  func raggedRow() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix([[1, 2], [3, 4], [5]]) }
    expect(result, says: "Matrix: row 2 has length 1, but row 0 has length 2")
  }

  @Test("traps on a ragged literal")
  func raggedLiteral() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = [[], [1, 2]] as Matrix }
    expect(result, says: "Matrix: row 1 has length 2, but row 0 has length 0")
  }

  @Test("traps on reading past the last row")
  func rowOutside() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3)[4, 0] }
    expect(result, says: "subscript [4, 0] is outside a 4×3 matrix")
  }

  @Test("traps on reading past the last column, though the element after it exists")
  func columnOutside() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3)[0, 3] }
    expect(result, says: "subscript [0, 3] is outside a 4×3 matrix")
  }

  @Test("traps on a negative index, which counts from no end")
  func negativeIndex() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var matrix = Matrix(rows: 4, columns: 3)
      matrix[1, -1] = 5
    }
    expect(result, says: "subscript [1, -1] is outside a 4×3 matrix")
  }
}
