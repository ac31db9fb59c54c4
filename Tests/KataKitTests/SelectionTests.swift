import KataKit
import Testing

@Suite("Selecting from a matrix")
struct SelectionTests {
  let matrix: Matrix = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]

  @Test("a row is 1×columns and a column is rows×1")
  func rowAndColumn() {
    #expect(matrix.row(0) == [[1, 2, 3]])
    #expect(matrix.row(3) == [[10, 11, 12]])
    #expect(matrix.column(0) == [[1], [4], [7], [10]])
    #expect(matrix.column(2) == [[3], [6], [9], [12]])
  }

  @Test("a slice holds the rows of the range, and may hold none or all")
  func slice() {
    #expect(matrix.slice(rows: 1..<3) == [[4, 5, 6], [7, 8, 9]])
    #expect(matrix.slice(rows: 0..<4) == matrix)
    #expect(matrix.slice(rows: 4..<4).shape == Shape(rows: 0, columns: 3))
  }

  @Test("a slice of columns holds those of the range in every row, and may hold none or all")
  func columnSlice() {
    #expect(matrix.slice(columns: 1..<3) == [[2, 3], [5, 6], [8, 9], [11, 12]])
    #expect(matrix.slice(columns: 0..<3) == matrix)
    #expect(matrix.slice(columns: 3..<3).shape == Shape(rows: 4, columns: 0))
  }

  @Test("gathered rows come in the order asked, repeated as often as asked")
  func gather() {
    #expect(matrix.gather(rows: [3, 0, 3]) == [[10, 11, 12], [1, 2, 3], [10, 11, 12]])
    #expect(matrix.gather(rows: []).shape == Shape(rows: 0, columns: 3))
  }

  @Test("rows without columns are rows all the same")
  func withoutColumns() {
    let empty = Matrix(rows: 3, columns: 0)
    #expect(empty.row(1).shape == Shape(rows: 1, columns: 0))
    #expect(empty.slice(rows: 1..<3).shape == Shape(rows: 2, columns: 0))
    #expect(empty.gather(rows: [0, 0, 2, 1]).shape == Shape(rows: 4, columns: 0))
    #expect(Matrix(rows: 0, columns: 3).column(1).shape == Shape(rows: 0, columns: 1))
  }
}

@Suite("Selecting outside a matrix")
struct SelectionTrapTests {
  @Test("traps on a row past the end")
  func row() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3).row(4) }
    expect(result, says: "row(4) is outside a 4×3 matrix")
  }

  @Test("traps on a negative row")
  func negativeRow() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3).row(-1) }
    expect(result, says: "row(-1) is outside a 4×3 matrix")
  }

  @Test("traps on a column past the end, though there is such a row")
  func column() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3).column(3) }
    expect(result, says: "column(3) is outside a 4×3 matrix")
  }

  @Test("traps on a slice past the end, where NumPy would shorten it")
  func slice() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3).slice(rows: 2..<7) }
    expect(result, says: "slice(rows: 2..<7) is outside a 4×3 matrix")
  }

  @Test("traps on a slice that starts before the first row")
  func negativeSlice() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3).slice(rows: -1..<2) }
    expect(result, says: "slice(rows: -1..<2) is outside a 4×3 matrix")
  }

  @Test("traps on a slice of columns past the end, though there are such rows")
  func columnSlice() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3).slice(columns: 2..<4) }
    expect(result, says: "slice(columns: 2..<4) is outside a 4×3 matrix")
  }

  @Test("traps on one gathered index outside, and names it")
  func gather() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 4, columns: 3).gather(rows: [0, 3, 7, 1]) }
    expect(result, says: "gather(rows:): row 7 is outside a 4×3 matrix")
  }
}
