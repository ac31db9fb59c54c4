extension RandomNumberGenerator {
  /// A draw from the uniform distribution on [0, 1), a multiple of 2⁻⁵³.
  @_specialize(where Self == SeededGenerator)
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A draw from the standard normal distribution, by Marsaglia's polar method.
  ///
  /// For (u, v) uniform in the unit disk and s = u² + v², the value u√(−2 ln s / s) is normal. Of the
  /// pair that the method offers one is taken, so nothing is kept between calls, and the operations
  /// are those that IEEE 754 rounds the same everywhere.
  @_specialize(where Self == SeededGenerator)
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
/// last place (against Python's `math.log` at 400,000 arguments).
@inline(__always)
private func naturalLogarithm(_ x: Double) -> Double {
  var exponent = Double(Int(x.bitPattern >> 52) - 1023)
  var significand = Double(bitPattern: x.bitPattern & 0xf_ffff_ffff_ffff | 0x3ff0_0000_0000_0000)
  if significand > 2.squareRoot() {
    exponent += 1
    significand /= 2
  }
  let z = (significand - 1) / (significand + 1)
  let square = z * z
  // Term by term: as a loop over a stride, the logarithm takes half the time of a draw.
  var series = 1.0 / 19
  series = series * square + 1.0 / 17
  series = series * square + 1.0 / 15
  series = series * square + 1.0 / 13
  series = series * square + 1.0 / 11
  series = series * square + 1.0 / 9
  series = series * square + 1.0 / 7
  series = series * square + 1.0 / 5
  series = series * square + 1.0 / 3
  series = series * square + 1
  return exponent * 0x1.62e42fefa39efp-1 + 2 * z * series
}
