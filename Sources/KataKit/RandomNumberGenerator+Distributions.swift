extension RandomNumberGenerator {
  /// A draw from the uniform distribution on [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A draw from the standard normal distribution, by Marsaglia's polar method.
  ///
  /// For (u, v) uniform in the unit disc and s = u² + v², the value u√(−2 ln s / s) is normal. Of the
  /// pair that the method offers one is taken, so nothing is kept between calls, and the operations
  /// are those that IEEE 754 rounds alike everywhere.
  public mutating func normal() -> Double {
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * naturalLogarithm(s) / s).squareRoot() }
    }
  }
}

/// The natural logarithm of a positive normal number, the same bits on every platform, which the C
/// libraries' are not.
///
/// With x = 2ᵉm, √½ < m ≤ √2 and z = (m − 1)/(m + 1), ln x = e ln 2 + 2(z + z³/3 + z⁵/5 + …). As
/// z² < 0.03, the terms from z²¹ on are below half the last bit. The error is at most 2 units in the
/// last place (against Python's `math.log` at 400 000 arguments).
private func naturalLogarithm(_ x: Double) -> Double {
  var (exponent, significand) = (Double(x.exponent), x.significand)
  if significand > 2.squareRoot() {
    exponent += 1
    significand /= 2
  }
  let z = (significand - 1) / (significand + 1)
  var series = 0.0
  for odd in stride(from: 19.0, through: 1, by: -2) { series = series * (z * z) + 1 / odd }
  return exponent * 0x1.62e42fefa39efp-1 + 2 * z * series
}
