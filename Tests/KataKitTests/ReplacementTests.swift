import KataKit
import Testing

@Suite("Replacing rows and columns")
struct ReplacementTests {
  let matrix: Matrix = [[1, 2, 3], [4, 5, 6]]

  @Test("a row that is assigned replaces that row and nothing else")
  func row() {
    var changed = matrix
    changed[row: 1] = [[7, 8, 9]]
    #expect(changed == [[1, 2, 3], [7, 8, 9]])
    changed[row: 0] += changed[row: 1]
    #expect(changed == [[8, 10, 12], [7, 8, 9]])
    #expect(matrix[row: 1] == [[4, 5, 6]])
  }

  @Test("a column that is assigned replaces that column and nothing else")
  func column() {
    var changed = matrix
    changed[column: 2] = [[7], [8]]
    #expect(changed == [[1, 2, 7], [4, 5, 8]])
    changed[column: 0] *= 10
    #expect(changed == [[10, 2, 7], [40, 5, 8]])
    #expect(matrix[column: 0] == [[1], [4]])
  }

  @Test("traps on a row past the end")
  func noRow() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var matrix = Matrix(rows: 4, columns: 3)
      matrix[row: 4] = Matrix(rows: 1, columns: 3)
    }
    expect(result, says: "[row: 4] is outside a 4×3 matrix")
  }

  @Test("traps on a column before the first")
  func noColumn() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var matrix = Matrix(rows: 4, columns: 3)
      matrix[column: -1] = Matrix(rows: 4, columns: 1)
    }
    expect(result, says: "[column: -1] is outside a 4×3 matrix")
  }

  @Test("traps on a row of another length, and says both shapes")
  func otherRow() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var matrix = Matrix(rows: 4, columns: 3)
      matrix[row: 2] = Matrix(rows: 3, columns: 1)
    }
    expect(result, says: "[row: 2] of a 4×3 matrix is 1×3, not 3×1")
  }

  @Test("traps on a column of another length, and says both shapes")
  func otherColumn() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var matrix = Matrix(rows: 4, columns: 3)
      matrix[column: 2] = Matrix(rows: 1, columns: 4)
    }
    expect(result, says: "[column: 2] of a 4×3 matrix is 4×1, not 1×4")
  }
}

@Suite("Joining matrices")
struct ConcatenationTests {
  let matrix: Matrix = [[1, 2], [3, 4]]

  @Test("below each other, and side by side")
  func axes() {
    #expect(concatenate([matrix, [[5, 6]]], axis: 0) == [[1, 2], [3, 4], [5, 6]])
    #expect(
      concatenate([matrix, [[5], [6]], matrix], axis: 1) == [[1, 2, 5, 1, 2], [3, 4, 6, 3, 4]])
  }

  @Test("of one, and with one that has none of what is joined")
  func fewest() {
    #expect(concatenate([matrix], axis: 0) == matrix)
    #expect(concatenate([Matrix(rows: 0, columns: 2), matrix], axis: 0) == matrix)
    #expect(concatenate([Matrix(rows: 2, columns: 0), matrix], axis: 1) == matrix)
  }

  @Test("what slices of rows or columns were taken apart is whole again")
  func slices() {
    let matrix = Matrix.sample(Shape(rows: 5, columns: 7), seed: 3)
    #expect(
      concatenate([matrix.slice(rows: 0..<2), matrix.slice(rows: 2..<5)], axis: 0) == matrix)
    #expect(
      concatenate([matrix.slice(columns: 0..<3), matrix.slice(columns: 3..<7)], axis: 1) == matrix)
  }

  @Test("traps on columns that differ, below each other")
  func columns() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = concatenate([Matrix(rows: 4, columns: 3), Matrix(rows: 4, columns: 5)], axis: 0) }
    expect(result, says: "concatenate(axis: 0): 4×3 and 4×5: the columns 3 and 5 differ")
  }

  @Test("traps on rows that differ, side by side")
  func rows() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = concatenate([Matrix(rows: 4, columns: 3), Matrix(rows: 2, columns: 3)], axis: 1) }
    expect(result, says: "concatenate(axis: 1): 4×3 and 2×3: the rows 4 and 2 differ")
  }

  @Test("traps on an axis that is neither")
  func axis() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = concatenate([[[1]]], axis: 2) }
    expect(
      result,
      says: "concatenate(axis: 2): the axis is 0, below each other, or 1, side by side")
  }

  @Test("traps without a matrix")
  func nothing() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = concatenate([], axis: 0) }
    expect(result, says: "concatenate: there is no matrix")
  }
}
