import GradeCommand

extension ClassOf40 {
  /// Those who would rather have the grader than the answer.
  var hostile: [Submission] {
    [
      submission(
        "wes", attempt(slope: "kill(grader(), SIGKILL); return z", prelude: Self.findsGrader),
        verdictOfKiller, wordsToKiller),
      submission(
        "xia", attempt(slope: "kill(grader(), SIGSTOP); return z", prelude: Self.findsGrader),
        verdictOfKiller, wordsToKiller),
      // A line in the pipe of its work, and another in that of its answers; nothing else, as this process
      // has the sources open.
      submission(
        "aaron",
        attempt(
          slope: """
            for number in 0...1 {
              let pipe = open("/proc/\\(grader())/fd/\\(number)", O_WRONLY | O_NONBLOCK)
              var status = stat()
              if fstat(pipe, &status) == 0, status.st_mode & S_IFMT == S_IFIFO {
                _ = write(pipe, "1 {}\\n{\\"number\\":1", 16)
              }
              close(pipe)
            }
            return z
            """, prelude: Self.findsGrader), .failed, "It is wrong at"),
      submission(
        "yves",
        attempt(
          slope: """
            let chunk = [UInt8](repeating: 65, count: 1 << 20)
            if z.count == 1 { for _ in 0..<100 { write(1, chunk, chunk.count) } }
            return z .> 0
            """), .passed, "Passed"),
      submission(
        "zoe",
        attempt(
          slope: """
            var child: pid_t = 0
            var words: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("86418"), nil]
            if z.count == 1 {
              for _ in 0..<20 {
                posix_spawn(&child, "/bin/sleep", nil, nil, &words, nil)
                setpgid(child, child)
              }
            }
            return z .> 0
            """), .passed, "Passed"),
    ]
  }

  /// The process above the one that keeps the room, where there is one.
  private static let findsGrader = """
    func grader() -> pid_t {
      let status = FileManager.default.contents(atPath: "/proc/\\(getppid())/stat") ?? Data()
      let fields = String(decoding: status, as: UTF8.self).split(separator: " ")
      return fields.count > 3 ? pid_t(fields[3]) ?? getppid() : getppid()
    }
    """

  // Where the system refuses an attempt to signal its grader, it is judged like any other.
  #if os(Linux)
    private var verdictOfKiller: ClassVerdict { .failed }
    private var wordsToKiller: String { "It is wrong at 'slope'" }
  #else
    private var verdictOfKiller: ClassVerdict { .notGraded }
    private var wordsToKiller: String { "the grader was lost over it twice" }
  #endif
}
