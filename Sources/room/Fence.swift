#if os(Linux)
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif

  /// What the system refuses the attempt and all that it starts: to signal, stop, trace or limit the grader
  /// and the keeper, without whom nobody ends it.
  ///
  /// It is a seccomp filter, which needs no privileges and cannot be taken away again. Where there is none,
  /// the bounds on time still hold, unless an attempt stops the grader itself.
  struct Fence {
    /// - Parameter inside: the processes that are safe.
    static func raise(around inside: [pid_t]) {
      let fence = Fence(inside)
      fence.rules.withUnsafeBufferPointer { rules in
        guard let start = rules.baseAddress, Leash.control(.setNoNewPrivileges, 1) else { return }
        let program = Program(count: UInt16(rules.count), rules: start)
        _ = withUnsafePointer(to: program) {
          Leash.control(.setSeccomp, Self.filter, UInt(bitPattern: $0))
        }
      }
    }

    /// `sock_filter`: what to do, and how many rules to skip if it holds and if not.
    private struct Rule {
      let code: UInt16
      let (yes, no): (UInt8, UInt8)
      let value: UInt32

      static func load(_ offset: UInt32) -> Rule { Rule(code: 0x20, yes: 0, no: 0, value: offset) }
      static func equal(_ value: UInt32, skip yes: UInt8, else no: UInt8 = 0) -> Rule {
        Rule(code: 0x15, yes: yes, no: no, value: value)
      }
      static let allow = Rule(code: 0x06, yes: 0, no: 0, value: 0x7fff_0000)
      static let refuse = Rule(code: 0x06, yes: 0, no: 0, value: 0x0005_0000 | UInt32(EPERM))
    }

    /// `sock_fprog`.
    private struct Program {
      let count: UInt16
      let rules: UnsafePointer<Rule>
    }

    /// Offsets in `seccomp_data`.
    private static let (call, architecture, firstArgument): (UInt32, UInt32, UInt32) = (0, 4, 16)
    private static let filter: CUnsignedLong = 2

    #if arch(x86_64)
      private static let native: UInt32 = 0xc000_003e
      /// ptrace, process_vm_writev, pidfd_send_signal.
      private static let refused: [UInt32] = [101, 311, 424]
      /// kill, tkill, tgkill, rt_sigqueueinfo, rt_tgsigqueueinfo, prlimit64: the first argument says whom.
      private static let aimed: [UInt32] = [62, 200, 234, 129, 297, 302]
    #else
      private static let native: UInt32 = 0xc000_00b7
      private static let refused: [UInt32] = [117, 271, 424]
      private static let aimed: [UInt32] = [129, 130, 131, 138, 240, 261]
    #endif

    private let rules: [Rule]

    private init(_ inside: [pid_t]) {
      // A group is told by its leader's number below 0, and everybody by -1.
      let targets = (inside + inside.map { -$0 } + [-1]).map { UInt32(bitPattern: $0) }
      var rules: [Rule] = [
        .load(Self.architecture), .equal(Self.native, skip: 1), .refuse, .load(Self.call),
      ]
      for number in Self.refused { rules += [.equal(number, skip: 0, else: 1), .refuse] }
      // Past the other calls and the one that is allowed.
      for (place, number) in Self.aimed.enumerated() {
        rules.append(.equal(number, skip: UInt8(Self.aimed.count - place)))
      }
      rules += [.allow, .load(Self.firstArgument)]
      for target in targets { rules += [.equal(target, skip: 0, else: 1), .refuse] }
      self.rules = rules + [.allow]
    }
  }
#endif
