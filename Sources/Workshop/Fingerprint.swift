extension [UInt8] {
  /// FNV-1a, for the name of a file; it never has the last word about what is in one.
  package var fingerprint: String {
    let hash = reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
  }
}
