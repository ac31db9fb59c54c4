import KataKit
import Testing

@Suite("The description of a matrix")
struct DescriptionTests {
  @Test("has a line for each row")
  func integers() {
    expectDescription(
      [[1, 2], [3, 4]],
      """
      [[1 2]
       [3 4]]
      """)
    expectDescription([[7]], "[[7]]")
  }

  @Test("aligns each column at the decimal point")
  func alignment() {
    expectDescription(
      [[1, -0.5, 100], [-20, 0.25, 3], [0.125, 3, -4000]],
      """
      [[  1     -0.5    100]
       [-20      0.25     3]
       [  0.125  3    -4000]]
      """)
  }

  @Test("keeps six significant digits of each element")
  func digits() {
    expectDescription(
      [[3.141_592_653_589_793, 123_456.789], [0.000_123_456_789, 1 / 3.0]],
      """
      [[3.14159     123457       ]
       [0.000123457      0.333333]]
      """)
  }

  @Test("writes an exponent past six digits and below a ten-thousandth")
  func exponents() {
    expectDescription(
      [[1_234_567, 0.00002], [1, 1e-300]],
      """
      [[1.23457e+06 2e-05 ]
       [1           1e-300]]
      """)
  }

  @Test("shows what is not a finite number, and the sign of zero")
  func special() {
    expectDescription(
      [[.nan, .infinity, -0.0], [-.nan, -.infinity, 0]],
      """
      [[nan  inf -0]
       [nan -inf  0]]
      """)
  }

  @Test("of up to ten rows and columns is whole")
  func whole() {
    let row = "0 1 2 3 4 5 6 7 8 9"
    let matrix = Matrix(Shape(rows: 10, columns: 10)) { Double($1) }
    let lines = Array(repeating: "[\(row)]", count: 10)
    expectDescription(matrix, "[" + lines.joined(separator: "\n ") + "]")
  }

  @Test("of more than ten rows or columns shows the first and the last three")
  func elided() {
    expectDescription(
      Matrix(Shape(rows: 11, columns: 2)) { Double($0) + Double($1) / 10 },
      """
      [[ 0  0.1]
       [ 1  1.1]
       [ 2  2.1]
       …
       [ 8  8.1]
       [ 9  9.1]
       [10 10.1]]
      """)
    expectDescription(
      Matrix(Shape(rows: 2, columns: 11)) { Double($0 * 11 + $1) },
      """
      [[ 0  1  2 …  8  9 10]
       [11 12 13 … 19 20 21]]
      """)
    expectDescription(
      Matrix(Shape(rows: 100, columns: 784)) { Double($0 * 784 + $1) },
      """
      [[    0     1     2 …   781   782   783]
       [  784   785   786 …  1565  1566  1567]
       [ 1568  1569  1570 …  2349  2350  2351]
       …
       [76048 76049 76050 … 76829 76830 76831]
       [76832 76833 76834 … 77613 77614 77615]
       [77616 77617 77618 … 78397 78398 78399]]
      """)
  }

  @Test("of an empty matrix is its shape")
  func empty() {
    expectDescription(Matrix(rows: 0, columns: 3), "[] (0×3)")
    #expect(Matrix(rows: 0, columns: 3).debugDescription == "Matrix 0×3")
  }

  @Test("follows the shape when debugging")
  func debugging() {
    let matrix: Matrix = [[1, 2, 3], [4, 5, 6]]
    let expected = """
      Matrix 2×3
      [[1 2 3]
       [4 5 6]]
      """
    #expect(matrix.debugDescription == expected)
    #expect(String(reflecting: matrix) == expected)
  }

  func expectDescription(
    _ matrix: Matrix, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect("\(matrix)" == expected, sourceLocation: sourceLocation)
  }
}
