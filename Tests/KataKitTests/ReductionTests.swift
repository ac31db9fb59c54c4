import KataKit
import Testing

@Suite("Reductions")
struct ReductionTests {
  let matrix: Matrix = [[3, -1, 4], [1, 5, -9]]

  @Test("of all elements give one number")
  func all() {
    #expect(matrix.sum() == 3)
    #expect(matrix.mean() == 0.5)
    #expect(matrix.max() == 5)
    #expect(matrix.min() == -9)
  }

  @Test("along axis 0 collapse the rows and keep a dimension of 1")
  func axis0() {
    #expect(matrix.sum(axis: 0) == [[4, 4, -5]])
    #expect(matrix.mean(axis: 0) == [[2, 2, -2.5]])
    #expect(matrix.max(axis: 0) == [[3, 5, 4]])
    #expect(matrix.min(axis: 0) == [[1, -1, -9]])
    #expect(matrix.argmax(axis: 0) == [0, 1, 0])
  }

  @Test("along axis 1 collapse the columns and keep a dimension of 1")
  func axis1() {
    #expect(matrix.sum(axis: 1) == [[6], [-3]])
    #expect(matrix.mean(axis: 1) == [[2], [-1]])
    #expect(matrix.max(axis: 1) == [[4], [5]])
    #expect(matrix.min(axis: 1) == [[-1], [-9]])
    #expect(matrix.argmax(axis: 1) == [2, 1])
  }

  @Test(
    "of one row or column at a time are those of the whole",
    arguments: [(1, 1), (1, 7), (7, 1), (5, 3), (70, 41)])
  func lineByLine(rows: Int, columns: Int) {
    let matrix = Matrix.sample(Shape(rows: rows, columns: columns), seed: 11)
    let lines = (0..<rows).map { matrix.row($0) }
    let columnLines = (0..<columns).map { matrix.column($0) }
    #expect(matrix.sum(axis: 0).elements == columnLines.map { $0.sum() })
    #expect(matrix.mean(axis: 0).elements == columnLines.map { $0.mean() })
    #expect(matrix.max(axis: 0).elements == columnLines.map { $0.max() })
    #expect(matrix.min(axis: 0).elements == columnLines.map { $0.min() })
    #expect(matrix.sum(axis: 1).elements == lines.map { $0.sum() })
    #expect(matrix.mean(axis: 1).elements == lines.map { $0.mean() })
    #expect(matrix.max(axis: 1).elements == lines.map { $0.max() })
    #expect(matrix.min(axis: 1).elements == lines.map { $0.min() })
    #expect(matrix.max() == matrix.elements.max())
    #expect(matrix.min() == matrix.elements.min())
    #expect(
      matrix.argmax(axis: 1) == lines.map { $0.elements.firstIndex(of: $0.max()) })
    #expect(
      matrix.argmax(axis: 0) == columnLines.map { $0.elements.firstIndex(of: $0.max()) })
  }

  @Test("broadcast back against the matrix they came from")
  func keptDimension() {
    #expect((matrix - matrix.mean(axis: 0)).sum(axis: 0) == [[0, 0, 0]])
    #expect((matrix - matrix.mean(axis: 1)).sum(axis: 1) == [[0], [0]])
  }

  @Test("argmax takes the first of equals")
  func ties() {
    let matrix: Matrix = [[2, 2, 1], [0, 2, 2], [2, 0, 2]]
    #expect(matrix.argmax(axis: 1) == [0, 1, 0])
    #expect(matrix.argmax(axis: 0) == [0, 0, 1])
  }

  @Test("a NaN wins wherever it stands", arguments: 0..<3)
  func nan(position: Int) {
    var matrix: Matrix = [[1, 2, 3]]
    matrix[0, position] = .nan
    #expect(matrix.sum().isNaN)
    #expect(matrix.max().isNaN)
    #expect(matrix.min().isNaN)
    #expect(matrix.max(axis: 1)[0, 0].isNaN)
    #expect(matrix.min(axis: 1)[0, 0].isNaN)
    #expect(matrix.argmax(axis: 1) == [position])
    #expect(matrix.transposed.argmax(axis: 0) == [position])
    #expect(matrix.max(axis: 0).elements.map(\.isNaN) == (0..<3).map { $0 == position })
  }

  @Test("of infinities are infinite")
  func infinities() {
    let lowest: Matrix = [[-.infinity, -.infinity]]
    #expect(lowest.max() == -.infinity)
    #expect(lowest.max(axis: 1) == [[-.infinity]])
    #expect(lowest.argmax(axis: 1) == [0])
    #expect((-lowest).min() == .infinity)
  }

  @Test("of nothing: a sum is 0, and lines that are not there have no result")
  func empty() {
    let noRows = Matrix(rows: 0, columns: 3)
    #expect(noRows.sum() == 0)
    #expect(noRows.sum(axis: 0) == [[0, 0, 0]])
    #expect(noRows.sum(axis: 1).shape == Shape(rows: 0, columns: 1))
    #expect(noRows.mean(axis: 1).shape == Shape(rows: 0, columns: 1))
    #expect(noRows.max(axis: 1).shape == Shape(rows: 0, columns: 1))
    #expect(noRows.argmax(axis: 1) == [])
    #expect(Matrix(rows: 2, columns: 0).sum(axis: 1) == [[0], [0]])
    #expect(Matrix(rows: 2, columns: 0).min(axis: 0).shape == Shape(rows: 1, columns: 0))
  }
}

@Suite("Reductions that have no answer")
struct ReductionTrapTests {
  @Test("mean of nothing traps")
  func mean() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 0, columns: 3).mean() }
    expect(result, says: "mean() of a 0×3 matrix: there are no elements")
  }

  @Test("max of nothing traps")
  func max() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 3, columns: 0).max() }
    expect(result, says: "max() of a 3×0 matrix: there are no elements")
  }

  @Test("min of nothing traps")
  func min() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ([] as Matrix).min() }
    expect(result, says: "min() of a 0×0 matrix: there are no elements")
  }

  @Test("mean over no rows traps")
  func meanOfNoRows() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 0, columns: 3).mean(axis: 0) }
    expect(result, says: "mean(axis: 0) of a 0×3 matrix: there are no rows")
  }

  @Test("max over no columns traps")
  func maxOfNoColumns() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 3, columns: 0).max(axis: 1) }
    expect(result, says: "max(axis: 1) of a 3×0 matrix: there are no columns")
  }

  @Test("min over no rows traps")
  func minOfNoRows() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 0, columns: 3).min(axis: 0) }
    expect(result, says: "min(axis: 0) of a 0×3 matrix: there are no rows")
  }

  @Test("argmax over no columns traps")
  func argmaxOfNoColumns() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 3, columns: 0).argmax(axis: 1) }
    expect(result, says: "argmax(axis: 1) of a 3×0 matrix: there are no columns")
  }

  @Test("a sum along a third axis traps")
  func sumAxis() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 2, columns: 2).sum(axis: 2) }
    expect(
      result,
      says: "sum(axis: 2): the axis is 0, which collapses the rows, "
        + "or 1, which collapses the columns")
  }

  @Test("an argmax along a negative axis traps")
  func argmaxAxis() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix(rows: 2, columns: 0).argmax(axis: -1) }
    expect(
      result,
      says: "argmax(axis: -1): the axis is 0, which collapses the rows, "
        + "or 1, which collapses the columns")
  }
}
