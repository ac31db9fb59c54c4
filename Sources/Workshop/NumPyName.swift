/// What stands here for what NumPy calls a name.
package enum NumPyName {
  /// For "np.linalg.norm", "linalg.norm" or "norm".
  package static func expression(for name: String) -> String? {
    name.split(separator: ".").last.flatMap { here[String($0)] }
  }

  static func answer(to name: String) -> String {
    guard let known = expression(for: name) else {
      return "there is no np: swift run grade api lists what there is"
    }
    return "write \(known)"
  }

  /// The name behind "np." and what is written for it.
  static let here = [
    "array": "[[1, 2], [3, 4]] as Matrix", "zeros": "Matrix(rows: r, columns: c)",
    "zeros_like": "Matrix.zeros(like: x)", "ones": "Matrix(rows: r, columns: c, repeating: 1)",
    "full": "Matrix(rows: r, columns: c, repeating: value)", "eye": "Matrix.identity(n)",
    "dot": "x.matmul(w)", "matmul": "x.matmul(w)", "transpose": "x.transposed",
    "exp": "exp(z)", "log": "log(z)", "sqrt": "sqrt(z)", "tanh": "tanh(z)", "abs": "abs(z)",
    "log1p": "log1p(z)", "expm1": "expm1(z)", "erf": "erf(z)", "power": "pow(z, 3)",
    "square": "z * z", "maximum": "maximum(z, 0)", "minimum": "minimum(z, 1)",
    "clip": "z.clamped(to: 0...1)", "sum": "z.sum() or z.sum(axis: 1)",
    "mean": "z.mean() or z.mean(axis: 0)", "max": "z.max() or z.max(axis: 1)",
    "min": "z.min() or z.min(axis: 1)", "argmax": "z.argmax(axis: 1)",
    "where": "(z .> 0) * x or z.map { $0 > 0 ? $0 : 0 }",
    "concatenate": "concatenate([a, b], axis: 0)", "vstack": "concatenate([a, b], axis: 0)",
    "hstack": "concatenate([a, b], axis: 1)", "norm": "sqrt((x * x).sum())",
    "randn": "Matrix.normal(rows: r, columns: c, using: &generator)",
    "normal": "Matrix.normal(rows: r, columns: c, using: &generator)",
    "rand": "Matrix.uniform(rows: r, columns: c, in: 0...1, using: &generator)",
    "uniform": "Matrix.uniform(rows: r, columns: c, in: a...b, using: &generator)",
    "permutation": "(0..<n).shuffled(using: &generator)",
    "arange": "0..<n", "inf": "Double.infinity", "pi": "Double.pi",
    "outer": "column.matmul(row)",
  ]
}
