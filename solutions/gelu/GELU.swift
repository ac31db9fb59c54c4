import KataKit

struct GELU: GELUKata {
  func value(at z: Matrix) -> Matrix {
    // solution:begin
    // z·Φ(z).
    // bug erf-without-root-two-not-in-slope: 0.5 * z * (1 + erf(z))
    // bug value-without-parentheses: 0.5 * z + erf(z / 2.squareRoot())
    0.5 * z * (1 + erf(z / 2.squareRoot()))
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    // The product rule: Φ(z) + z·φ(z), as φ is the slope of Φ.
    // bug erf-of-half-in-slope: let cdf = 0.5 * (1 + erf(z / 2))
    let cdf = 0.5 * (1 + erf(z / 2.squareRoot()))
    // bug density-without-half: let density = exp(-z * z) / (2 * Double.pi).squareRoot()
    // bug density-with-root-of-pi: let density = exp(-z * z / 2) / (2 * Double.pi.squareRoot())
    // bug density-without-root: let density = exp(-z * z / 2) / (2 * Double.pi)
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    // bug density-without-z: return cdf + density
    // bug slope-minus: return cdf - z * density
    return cdf + z * density
    // solution:end
  }
}
