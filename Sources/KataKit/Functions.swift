// The C library's functions of a `Double`, so that `import KataKit` alone is enough. They are
// disfavored: in a file that also imports Foundation or the C library, the call is to theirs and
// not ambiguous.

/// eˣ.
@_disfavoredOverload
public func exp(_ x: Double) -> Double { LibM.exp(x) }

/// eˣ − 1, exact to the last digits where x is small.
@_disfavoredOverload
public func expm1(_ x: Double) -> Double { LibM.expm1(x) }

/// The natural logarithm; −∞ at 0, NaN below.
@_disfavoredOverload
public func log(_ x: Double) -> Double { LibM.log(x) }

/// log(1 + x), exact to the last digits where x is small; −∞ at −1, NaN below.
@_disfavoredOverload
public func log1p(_ x: Double) -> Double { LibM.log1p(x) }

/// The logarithm to base 2; −∞ at 0, NaN below.
@_disfavoredOverload
public func log2(_ x: Double) -> Double { LibM.log2(x) }

/// The logarithm to base 10; −∞ at 0, NaN below.
@_disfavoredOverload
public func log10(_ x: Double) -> Double { LibM.log10(x) }

/// The square root, correctly rounded; NaN below 0.
@_disfavoredOverload
public func sqrt(_ x: Double) -> Double { x.squareRoot() }

/// xʸ; 1 where y is 0, NaN where x is below 0 and y is not an integer.
@_disfavoredOverload
public func pow(_ x: Double, _ y: Double) -> Double { LibM.pow(x, y) }

/// The hyperbolic tangent, from −1 to 1.
@_disfavoredOverload
public func tanh(_ x: Double) -> Double { LibM.tanh(x) }

/// The sine of an angle in radians.
@_disfavoredOverload
public func sin(_ x: Double) -> Double { LibM.sin(x) }

/// The cosine of an angle in radians.
@_disfavoredOverload
public func cos(_ x: Double) -> Double { LibM.cos(x) }

/// The error function 2/√π ∫₀ˣ exp(−t²) dt, from −1 to 1.
@_disfavoredOverload
public func erf(_ x: Double) -> Double { LibM.erf(x) }
