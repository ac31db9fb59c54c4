#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  @preconcurrency import Glibc
#endif

/// What keeps an attempt in its room. The grader holds its own bounds on time from outside.
enum Limits {
  static func leaveNoCore() { limit(RLIMIT_CORE, to: 0) }

  static func impose(scratch: String, keeping kept: Set<Int32>) {
    chdir(scratch)
    // What the attempt prints is not lost when it traps a moment later.
    setvbuf(stdout, nil, _IOLBF, 0)
    // The attempt finds nothing open but what is meant for it, and no closed pipe ends it.
    for descriptor in openDescriptors where descriptor > 2 && !kept.contains(descriptor) {
      close(descriptor)
    }
    signal(SIGPIPE, SIG_IGN)
    limit(RLIMIT_AS, to: 4 << 30)
    limit(RLIMIT_FSIZE, to: 64 << 20)
    Interruption.arrange()
  }

  static var openDescriptors: [Int32] {
    guard let directory = opendir("/dev/fd") else { return [] }
    defer { closedir(directory) }
    var descriptors: [Int32] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let descriptor = Int32(name) { descriptors.append(descriptor) }
    }
    return descriptors
  }

  private static func limit(_ resource: Resource, to most: rlim_t) {
    var limit = rlimit(rlim_cur: most, rlim_max: most)
    #if canImport(Glibc)
      setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    #else
      setrlimit(resource, &limit)
    #endif
  }
}

#if canImport(Glibc)
  private typealias Resource = __rlimit_resource
#else
  private typealias Resource = Int32
#endif
