/// A compiled attempt that can be loaded again when the attempt has deleted or changed its file.
struct KeptLibrary {
  private let path: String
  private let identity: String
  private let bytes: [UInt8]
  private let cache: AttemptCache

  init(_ path: String, of cache: AttemptCache) throws(HarnessError) {
    identity = try FileIdentity(of: path).description
    guard case .bytes(let bytes) = FileContents(of: path) else { throw .unreadable(path: path) }
    (self.path, self.bytes, self.cache) = (path, bytes, cache)
  }

  /// Where the library is, as it was; a copy of it in `scratch`, where it is not.
  func path(orIn scratch: String) throws(HarnessError) -> String {
    do throws(HarnessError) {
      if try FileIdentity(of: path).description == identity { return path }
    } catch {
      // It is gone.
    }
    let copy = "\(scratch)/Attempt.so"
    try cache.write(bytes, to: copy)
    return copy
  }
}
