// `exp`, `log`, `pow` and the like of a `Double` come with `import KataKit`. They are the C library's
// own, passed on: a second function of the same name and type would be ambiguous beside Foundation's,
// and where an attempt imports both it multiplies what the type checker has to try. The update of
// Adam on one line takes it 1.2 s so, and was given up after 8 s otherwise.
#if canImport(Darwin)
  @_exported public import Darwin
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Glibc
#endif
