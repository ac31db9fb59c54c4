import Foundation
import TestSupport
import Testing

@testable import Workshop

/// What the real compiler says of an attempt, or nil.
private func errors(in source: String) throws -> String? {
  let directory = FileManager.default.temporaryDirectory.appending(path: "katas-\(UUID())")
  let cache = try AttemptCache(preferred: directory)
  defer { cache.remove(directory.path) }
  let modules = Checkout.executable.deletingLastPathComponent().appending(path: "Modules")
  let compiler = try Compiler(
    toolchain: try Toolchain(path: ProcessInfo.processInfo.environment["PATH"]),
    module: modules.appending(path: "KataKit.swiftmodule").path, cache: cache)
  switch try compiler.compile(
    Array(source.utf8), fileName: "Backprop.swift", path: "Backprop.swift", color: false)
  {
  case .library: return nil
  case .errors(let words): return words
  }
}

@Suite("What a NumPy user types is answered with what to write")
struct NumPyReflexTests {
  private func attempt(_ body: String) -> String {
    """
    import KataKit

    struct Backprop {
      func f(
        x: Matrix, w: Matrix, z: Matrix, inputs: Matrix, layers: [DenseLayer], list: [Double], n: Int,
        flag: Bool
      ) -> Matrix {
        \(body)
      }
    }
    """
  }

  /// What is typed, and what stands in the answer.
  static let reflexes: [(String, String)] = [
    ("return x @ w", "tip: write x.matmul(w)"),
    ("return w.T", "write w.transposed"),
    ("return x.dot(w)", "write x.matmul(w)"),
    ("return dot(x, w)", "tip: write x.matmul(w)"),
    ("return w * (z > 0)", "write z .> 0"),
    ("let mask = z >= 0.5\n    return mask * w", "write z .>= 0"),
    ("return w * (z < 0)", "write z .< 0"),
    ("return z > 0 ? z : w", "tip: write (z .> 0) * x"),
    ("let a: Double = n\n    return x * a", "tip: write Double(n): an Int does not become"),
    ("return w * (z == 0)", "tip: write z.map { $0 == 0 ? 1 : 0 }"),
    ("return x / n", "tip: write Double(n)"),
    ("return (exp(x) - w) / inputs.rows", "tip: write Double(inputs.rows)"),
    ("return n * x", "tip: write Double(n)"),
    ("let s = x.sum() / n\n    return x * s", "tip: write Double(n)"),
    ("let a: Double = 1 / n\n    return x * a", "tip: write Double(n) for the Int"),
    ("return x / sqrt(n)", "tip: write sqrt(Double(n))"),
    ("return maximum(x, n)", "tip: write Double(n)"),
    ("var s = 0\n    s += x.sum()\n    return x * Double(s)", "tip: var s = 0 is an Int"),
    ("return x ** 2", "write z * z for a square"),
    ("return x * 0.9 ** 2.0", "write x * x for a square"),
    ("return np.exp(z)", "tip: write exp(z)"),
    ("return np.random.randn(3, 4)", "tip: write Matrix.normal("),
    ("return np.linalg.norm(x)", "tip: write sqrt((x * x).sum())"),
    ("return np.fromiter(x)", "tip: there is no np: swift run grade api"),
    ("for i in range(n) { _ = i }\n    return x", "write 0..<n"),
    ("for i in range(n):\n      print(i)\n    return x", "tip: a block stands in braces"),
    ("if n > 0:\n      return w\n    return x", "tip: a block stands in braces"),
    ("s := x + 1\n    return s", "tip: write let s = x, or var s = x"),
    ("var s := x\n    return s", "tip: write let s = x, or var s = x"),
    ("s = x + 1\n    return s", "tip: write let s = … to make it"),
    ("return x + [1, 2, 3]", "tip: write [[1, 2, 3]]"),
    ("return x + list", "tip: write Matrix([list])"),
    ("return x / Double(x.shape[0])", "write x.rows for shape[0]"),
    ("let (m, d) = x.shape\n    return x", "tip: write let (n, m) = (x.rows, x.columns)"),
    ("return x / Double(len(x))", "write x.count for a list, x.rows for a matrix"),
    ("return x.sum(axis=0)", "tip: a label has a colon"),
    ("return x.sum(axis: 0, keepdims: true)", "leave keepdims out"),
    ("let s = x\n    s -= w\n    return s", "tip: write var s = … where it is made"),
    ("x -= w\n    return x", "tip: copy it first, as a parameter does not change: var x = x"),
    ("let cache: Matrix? = None\n    return x", "tip: write nil"),
    ("let found = True\n    return x", "tip: write true"),
    ("def relu(z):\n      return z", "tip: write func relu(_ z: Matrix) -> Matrix"),
    ("let f = lambda z: z\n    return x", "tip: write { z in maximum(z, 0) }"),
    ("if n > 0 and flag { return w }\n    return x", "tip: write && for and, || for or"),
    ("if not flag { return w }\n    return x", "tip: write !flag for not flag"),
    ("if flag { return w } elif n > 0 { return z }\n    return x", "tip: write else if"),
    ("let m = w if flag else x\n    return m", "tip: write condition ? a : b"),
    ("self.cache = x\n    return x", "tip: declare it in the type: var cache"),
    ("return max(z, 0)", "write maximum(z, 0)"),
    ("return max(0, z)", "write maximum(0, z)"),
    ("return min(z, 1)", "write minimum(z, 1)"),
    ("return z.clip(0, 1)", "write x.clamped(to: 0...1)"),
    ("return x[0]", "write x.row(i)"),
    ("return x[0:3]", "tip: write x.slice(rows: 0..<3)"),
    ("return x[:, 0]", "tip: write x.slice(rows: 0..<3)"),
    ("var y = x\n    y[0] = w\n    return y", "x[row: i] = r to replace it"),
    ("return where(z > 0, x, 0)", "tip: write (z .> 0) * x"),
    ("return zeros_like(x)", "tip: write Matrix.zeros(like: x)"),
    ("return Matrix.zeros(3, 4)", "write Matrix(rows: r, columns: c)"),
    ("return x.copy()", "write var y = x"),
    ("for i, l in enumerate(layers) { _ = i }\n    return x", "tip: write for (i, layer) in"),
    ("for l in reversed(layers) { _ = l }\n    return x", "tip: write layers.reversed()"),
    ("let g = [l.weights for l in layers]\n    return x", "tip: write layers.map {"),
    ("return x * list.sum()", "tip: write list.reduce(0, +)"),
    ("print(f\"{n}\")\n    return x", "tip: write \"loss \\(loss)\""),
    ("# the sum\n    return x", "tip: a comment begins with //"),
    ("return x * -inf", "tip: write Double.infinity"),
  ]

  @Test("with one line", arguments: reflexes)
  func answers(typed: String, answer: String) throws {
    let words = try #require(try errors(in: attempt(typed)), "it compiles: \(typed)")
    #expect(words.contains(answer), "\(typed)\n\(words)")
    #expect(!words.contains("explicitly marked unavailable"))
  }

  @Test("in a whole screen: the compiler's words, the tip, nothing more of that line")
  func screen() throws {
    #expect(
      try errors(
        in: "import KataKit\nfunc f(z: Matrix) -> Matrix {\n  let f = lambda z: z\n  return z\n}\n")
          == """
          Backprop.swift:3:17: error: consecutive statements on a line must be separated by ';'
          3 |   let f = lambda z: z
            |                 ^

            tip: write { z in maximum(z, 0) }
          """)
  }

  @Test("a tip is true: what it says to write compiles")
  func tipsCompile() throws {
    let expressions = NumPyName.here.values.sorted().flatMap { $0.split(separator: " or ") }
    let body = expressions.map { "_ = \($0)" }.joined(separator: "\n    ")
    let names = """
      let (r, c, value, a, b) = (2, 3, 0.5, 0.0, 1.0), column = x.column(0), row = x.row(0)
          var generator = SeededGenerator(seed: 1)
      """
    let source = attempt("\(names)\n    \(body)\n    return x")
      .replacing("concatenate([a, b]", with: "concatenate([x, w]")
    #expect(try errors(in: source) == nil)
  }

  @Test("what somebody declares under such a name is theirs")
  func ownDeclarations() throws {
    let declarations = """
      import Foundation
      infix operator **: MultiplicationPrecedence
      func ** (_ a: Double, _ b: Double) -> Double { pow(a, b) }
      func ** (_ a: Matrix, _ b: Double) -> Matrix { pow(a, b) }
      func len<T: Collection>(_ list: T) -> Int { list.count }
      func range(_ n: Int) -> Range<Int> { 0..<n }
      func max(_ a: Matrix, _ b: Double) -> Matrix { maximum(a, b) }
      extension Matrix {
        var T: Matrix { transposed }
        func dot(_ other: Matrix) -> Matrix { matmul(other) }
        static func > (a: Matrix, b: Double) -> Matrix { a .> b }
        subscript(_ index: Int) -> Matrix {
          get { row(index) }
          set { self[row: index] = newValue }
        }
      }
      """
    let body = """
      var y = max(x.T.dot(w) * (x > 0), 0) ** 2
          for i in range(len(layers)) { y[i] = x[i] * (2 ** 3) }
          let (most, T) = (max(1, n), max(1.0, list[0]))
          return y * Double(most) * T
      """
    #expect(try errors(in: attempt(body) + "\n" + declarations) == nil)
  }
}

@Suite("An expression that is too much for the compiler")
struct SlowExpressionTests {
  private let gaveUp = """
    /b/A.swift:2:5: error: the compiler is unable to type-check this expression in reasonable time; try \
    breaking up the expression into distinct sub-expressions
    """

  @Test("the tip names what helps")
  func tip() {
    let text = CompilerWords(gaveUp, isCut: false)
      .text(about: "/b/A.swift", source: Array("\n    x\n".utf8))
    #expect(
      text.hasSuffix(
        "tip: look for an Int among the Doubles and write Double(n) for it; else name the types: "
          + "{ (i: Int) -> Double in … } for a closure, let part: Double = … for a part"))
  }

  private func errors(inLine expression: String) throws -> String? {
    try WorkshopTests.errors(
      in: """
        import KataKit
        func f(
          a: [Double], b: [Double], n: Int, rate: Double, w: Matrix, loss: (Matrix) -> Double
        ) {
          _ = \(expression)
        }
        """)
  }

  @Test(
    "and it does help",
    arguments: [
      "stride(from: 0, to: n, by: 3).map { (i: Int) -> Double in\n"
        + "(a[i + 1] - a[i]) / (log(b[i + 1]) - log(b[i])) }",
      "stride(from: 0, to: n, by: 3).map { i in\n  let rise: Double = a[i + 1] - a[i]\n"
        + "  return rise / (log(b[i + 1]) - log(b[i]))\n}",
      "w - rate * w / (1 - pow(0.9, Double(n))) / (sqrt(w / (1 - pow(0.99, Double(n)))) + 1e-8)",
    ])
  func helps(expression: String) throws {
    #expect(try errors(inLine: expression) == nil)
  }

  @Test(
    "is none where an index runs over a range of Int",
    arguments: [
      "(0..<n).map { i in (a[i + 1] - a[i]) / (log(b[i + 1]) - log(b[i])) }",
      "(0..<(a.count - 1)).map { (a[$0 + 1] - a[$0]) / log(b[$0 + 1] / b[$0]) }",
      "(0...n).map { i in (a[i + 1] - a[i]) / (log(b[i + 1]) - log(b[i])) }",
      "(0..<n).reversed().map { i in (a[i + 1] - a[i]) / (log(b[i + 1]) - log(b[i])) }",
      "(0..<n).min { (a[$0 + 1] - a[$0]) / log(b[$0 + 1] / b[$0])"
        + " < (a[$1 + 1] - a[$1]) / log(b[$1 + 1] / b[$1]) }",
      "(0..<n).reduce(0) { $0 + (a[$1] - b[$1]) * (a[$1] - b[$1]) } / Double(n)",
      "(0..<n).map { i in (0..<n).map { j in (a[i] - b[j]) * (a[i] - b[j]) } }",
      "(1..<n).filter { a[$0] < a[$0 - 1] * 4 && b[$0] / b[$0 - 1] > 1 }.map { b[$0] * 2 }",
      "sqrt((0..<n).map { a[$0] * a[$0] + b[$0] * b[$0] }.reduce(0, +))",
      "(0..<n).map { i in\n  (loss(w + 1e-5 * Double(i)) - loss(w - 1e-5 * Double(i))) / (2e-5) }",
    ])
  func ranges(expression: String) throws {
    #expect(try errors(inLine: expression) == nil)
  }
}
