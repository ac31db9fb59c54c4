// What a NumPy user's fingers type. Nothing here can be called: each declaration is an answer, which
// the compiler and the editor give in the place where it is needed.

infix operator ** : NumPyPower
precedencegroup NumPyPower {
  higherThan: MultiplicationPrecedence
}

@available(*, unavailable, message: "write z * z for a square, pow(z, 3) for other powers")
public func ** (_: Matrix, _: Double) -> Matrix { todo() }

@available(*, unavailable, message: "write x * x for a square, pow(x, 3) for other powers")
public func ** (_: Double, _: Double) -> Double { todo() }

extension Matrix {
  @available(*, unavailable, message: "write z .> 0, a matrix of ones and zeros")
  public static func > (_: Matrix, _: Double) -> Matrix { todo() }

  @available(*, unavailable, message: "write z .>= 0, a matrix of ones and zeros")
  public static func >= (_: Matrix, _: Double) -> Matrix { todo() }

  @available(*, unavailable, message: "write z .< 0, a matrix of ones and zeros")
  public static func < (_: Matrix, _: Double) -> Matrix { todo() }

  @available(*, unavailable, message: "write z .<= 0, a matrix of ones and zeros")
  public static func <= (_: Matrix, _: Double) -> Matrix { todo() }

  @available(*, unavailable, message: "write Matrix(rows: r, columns: c)")
  public static func zeros(_: Int, _: Int) -> Matrix { todo() }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  @available(*, unavailable, message: "write w.transposed")
  public var T: Matrix { todo() }

  @available(*, unavailable, message: "write x.matmul(w)")
  public func dot(_: Matrix) -> Matrix { todo() }

  @available(*, unavailable, message: "write x.count")
  public var size: Int { todo() }

  @available(*, unavailable, message: "write var y = x: a matrix is a value, so that copies it")
  public func copy() -> Matrix { todo() }

  @available(*, unavailable, message: "write Matrix(rows: r, columns: c, elements: x.elements)")
  public func reshape(_: Int, _: Int) -> Matrix { todo() }

  @available(*, unavailable, message: "write x.clamped(to: 0...1)")
  public func clip(_: Double, _: Double) -> Matrix { todo() }

  @available(*, unavailable, message: "write x.row(i), x[row: i] = r to replace it, or x[i, j]")
  public subscript(_: Int) -> Matrix {
    get { todo() }
    set { todo() }
  }

  @available(*, unavailable, message: "leave keepdims out: the dimension is always kept")
  public func sum(axis: Int, keepdims: Bool) -> Matrix { todo() }

  @available(*, unavailable, message: "leave keepdims out: the dimension is always kept")
  public func mean(axis: Int, keepdims: Bool) -> Matrix { todo() }

  @available(*, unavailable, message: "leave keepdims out: the dimension is always kept")
  public func max(axis: Int, keepdims: Bool) -> Matrix { todo() }
}

extension Shape {
  @available(*, unavailable, message: "write x.rows for shape[0], x.columns for shape[1]")
  public subscript(_: Int) -> Int { todo() }
}

@available(*, unavailable, message: "write maximum(z, 0): max is for two numbers, or z.max()")
public func max(_: Matrix, _: Double) -> Matrix { todo() }

@available(*, unavailable, message: "write maximum(0, z): max is for two numbers, or z.max()")
public func max(_: Double, _: Matrix) -> Matrix { todo() }

@available(*, unavailable, message: "write minimum(z, 1): min is for two numbers, or z.min()")
public func min(_: Matrix, _: Double) -> Matrix { todo() }

@available(*, unavailable, message: "write x.count for a list, x.rows for a matrix")
public func len<Value>(_: Value) -> Int { todo() }

@available(*, unavailable, message: "write 0..<n, or (0..<n).reversed()")
public func range(_: Int...) -> Range<Int> { todo() }
