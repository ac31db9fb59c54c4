// This module's own functions of a `Double` shadow the C library's of the same name, so the calls
// name the library, which has a different name on each platform.

#if canImport(Glibc)
  internal import Glibc

  enum LibM {
    static func exp(_ x: Double) -> Double { Glibc.exp(x) }
    static func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
    static func log(_ x: Double) -> Double { Glibc.log(x) }
    static func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
    static func log2(_ x: Double) -> Double { Glibc.log2(x) }
    static func log10(_ x: Double) -> Double { Glibc.log10(x) }
    static func pow(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
    static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
    static func sin(_ x: Double) -> Double { Glibc.sin(x) }
    static func cos(_ x: Double) -> Double { Glibc.cos(x) }
    static func erf(_ x: Double) -> Double { Glibc.erf(x) }
  }
#elseif canImport(Musl)
  internal import Musl

  enum LibM {
    static func exp(_ x: Double) -> Double { Musl.exp(x) }
    static func expm1(_ x: Double) -> Double { Musl.expm1(x) }
    static func log(_ x: Double) -> Double { Musl.log(x) }
    static func log1p(_ x: Double) -> Double { Musl.log1p(x) }
    static func log2(_ x: Double) -> Double { Musl.log2(x) }
    static func log10(_ x: Double) -> Double { Musl.log10(x) }
    static func pow(_ x: Double, _ y: Double) -> Double { Musl.pow(x, y) }
    static func tanh(_ x: Double) -> Double { Musl.tanh(x) }
    static func sin(_ x: Double) -> Double { Musl.sin(x) }
    static func cos(_ x: Double) -> Double { Musl.cos(x) }
    static func erf(_ x: Double) -> Double { Musl.erf(x) }
  }
#elseif canImport(Darwin)
  internal import Darwin

  enum LibM {
    static func exp(_ x: Double) -> Double { Darwin.exp(x) }
    static func expm1(_ x: Double) -> Double { Darwin.expm1(x) }
    static func log(_ x: Double) -> Double { Darwin.log(x) }
    static func log1p(_ x: Double) -> Double { Darwin.log1p(x) }
    static func log2(_ x: Double) -> Double { Darwin.log2(x) }
    static func log10(_ x: Double) -> Double { Darwin.log10(x) }
    static func pow(_ x: Double, _ y: Double) -> Double { Darwin.pow(x, y) }
    static func tanh(_ x: Double) -> Double { Darwin.tanh(x) }
    static func sin(_ x: Double) -> Double { Darwin.sin(x) }
    static func cos(_ x: Double) -> Double { Darwin.cos(x) }
    static func erf(_ x: Double) -> Double { Darwin.erf(x) }
  }
#endif
