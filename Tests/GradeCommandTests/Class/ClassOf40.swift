import AnswerKey
import Foundation
import GradeCommand
import Grading
import LossAnswers
import NeuronAnswers
import TestSupport
import Workshop

/// Forty students, what each handed in, and what each has to read.
struct ClassOf40 {
  struct Submission {
    let student: String
    let kata: String
    /// From the folder of submissions.
    let path: String
    let contents: Data
    let verdict: ClassVerdict
    /// Part of the sentence.
    let words: String
    /// Where it leads, if it is a link.
    var linksTo: String?
  }

  let checkout: Checkout
  let folder: URL

  init(in checkout: Checkout) {
    self.checkout = checkout
    folder = checkout.root.appending(path: "submissions")
  }

  /// Everybody, in no order.
  var submissions: [Submission] {
    get throws { try right + wrong + unfinished + refused + stopped + hostile }
  }

  /// What lies beside them and is not graded.
  let leftOut = [
    "nia: a link, which is not followed",
    "sources.zip: an archive; unpack it first",
    "tom_LATE_77_3140_ReLUDerivative.swift: tom_LATE_77_3141_ReLUDerivative-1.swift is newer",
    "week 3_uwe_attempt_2026-11-27-07-24-48_ReLUDerivative.swift: "
      + "week 3_uwe_attempt_2026-11-28-07-24-48_ReLUDerivative.swift is newer",
  ]

  /// Puts all of it into the folder.
  func handIn() throws {
    let manager = FileManager.default
    func place(_ path: String) throws -> URL {
      let file = folder.appending(path: path)
      try manager.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      return file
    }
    for submission in try submissions {
      let file = try place(submission.path)
      if let target = submission.linksTo {
        try manager.createSymbolicLink(atPath: file.path, withDestinationPath: target)
      } else {
        try submission.contents.write(to: file)
      }
    }
    for line in leftOut.dropFirst() {
      try Data("import Nothing".utf8).write(to: place(String(line.prefix { $0 != ":" })))
    }
    try Data("import Nothing".utf8).write(to: place("sam/main/solutions/\(Self.file)"))
    try manager.createSymbolicLink(
      atPath: place("nia").path, withDestinationPath: checkout.root.appending(path: "katas").path)
  }

  // MARK: How they are written

  static let file = "ReLUDerivative.swift"

  /// An attempt at relu-derivative with some of its bodies replaced.
  func attempt(
    value: String = "maximum(z, 0)", slope: String = "z .> 0",
    backward: String = "upstream * (z .> 0)", prelude: String = ""
  ) -> String {
    """
    import Foundation
    import KataKit
    \(prelude)
    struct ReLUDerivative: ReLUDerivativeKata {
      func value(at z: Matrix) -> Matrix { \(value) }
      func slope(at z: Matrix) -> Matrix { \(slope) }
      func backward(upstream: Matrix, z: Matrix) -> Matrix { \(backward) }
    }

    """
  }

  func submission(
    _ student: String, at path: String? = nil, _ text: String, _ verdict: ClassVerdict,
    _ words: String, kata: String = "relu-derivative"
  ) -> Submission {
    submission(student, at: path, Data(text.utf8), verdict, words, kata: kata)
  }

  func submission(
    _ student: String, at path: String? = nil, _ bytes: Data, _ verdict: ClassVerdict,
    _ words: String, kata: String = "relu-derivative"
  ) -> Submission {
    Submission(
      student: student, kata: kata, path: path ?? "\(student)/\(Self.file)", contents: bytes,
      verdict: verdict, words: words)
  }

  /// The solution of a kata, with something in it replaced.
  private func solution(_ kata: String, _ old: String = "", _ new: String = "") throws -> String {
    guard let kata = Catalogue.curriculum.suite(named: kata)?.kata else { return "" }
    let solution = try checkout.solution(kata)
    return old.isEmpty ? solution : solution.replacing(old, with: new)
  }

  // MARK: Right ones, by the names that platforms give them

  private var right: [Submission] {
    get throws {
      let passed = "Passed, \(ReLUDerivativeSuite.checkNames.count) checks."
      return [
        submission(
          "oda", at: "oda/katas/relu-derivative/\(Self.file)", try solution("relu-derivative"),
          .passed, passed),
        submission("pat", attempt(prelude: "// by Pat"), .passed, passed),
        submission(
          "sam", at: "sam/main/katas/relu-derivative/\(Self.file)", attempt(prelude: "// by Sam"),
          .passed, passed),
        submission(
          "tom", at: "tom_LATE_77_3141_ReLUDerivative-1.swift", attempt(slope: "z .>= 1e-300"),
          .passed, passed),
        submission(
          "Una Ray (1201)", at: "Una Ray_1201_assignsubmission_file_/\(Self.file)",
          attempt(value: "z.map { max($0, 0) }"), .passed, passed),
        submission(
          "Una Ray (1202)", at: "Una Ray_1202_assignsubmission_file_/\(Self.file)",
          attempt(value: "z * (z .> 0)"), .passed, passed),
        submission(
          "Vic", at: "Vic_1203_assignsubmission_file_\(Self.file)",
          attempt(backward: "upstream * slope(at: z)"), .passed, passed),
        submission(
          "uwe", at: "week 3_uwe_attempt_2026-11-28-07-24-48_\(Self.file)",
          attempt(prelude: "// by Uwe"), .passed, passed),
        submission(
          "Wanda Żółć", at: "12-34 - Wanda Żółć - Nov 28, 2026 724 AM/\(Self.file)",
          attempt(prelude: "// by Wanda").replacing("\n", with: "\r\n"), .passed, passed),
        submission(
          "xaver", at: "xaver/homework.swift",
          Data([0xEF, 0xBB, 0xBF]) + Data(attempt(prelude: "// by Xaver").utf8), .passed, passed),
        submission(
          "yan", attempt(prelude: "// by Yan"), .passed, passed),
        submission(
          "yan", at: "yan/OneHot.swift", try solution("one-hot"), .passed,
          "Passed, \(OneHotSuite.checkNames.count) checks.",
          kata: "one-hot"),
      ]
    }
  }

  // MARK: Wrong ones

  private var wrong: [Submission] {
    get throws {
      [
        submission(
          "ada", attempt(value: "abs(z)"), .failed, "Your value is |z|; below 0 it is 0."),
        submission(
          "ben", at: "ben.swift", attempt(value: "z.clamped(to: 0...1)"), .failed,
          "Your value ends at 1"),
        submission(
          "cleo", attempt(slope: "maximum(z, 0)"), .failed, "Your slope is ReLU(z) itself"),
        submission(
          "dan", attempt(slope: "maximum(z, 0) /* the same */"), .failed,
          "Your slope is ReLU(z) itself"),
        submission(
          "eve", attempt(backward: "upstream * z .> 0"), .failed, "is a mask of the product"),
        submission(
          "fay", attempt(slope: "z.transposed"), .failed, "at 'shapes': slope is "),
        submission("gus", attempt(slope: "z * .nan"), .failed, "is NaN, expected 1"),
        submission(
          "hal", at: "hal/OneHot.swift",
          try solution("one-hot", "scores.argmax(axis: 1)", "scores.argmax(axis: 0)"), .failed,
          "You took the argmax down each column", kata: "one-hot"),
        submission(
          "ida", at: "ida_Neuron.swift",
          try solution(
            "neuron", "(batch.matmul(column) + bias).map(activation)",
            "batch.matmul(column) + bias"),
          .failed, "For a batch you left the activation out.", kata: "neuron"),
        submission(
          "=SUM(A1)", attempt(value: "z", slope: "z", backward: "z"), .failed, "It is wrong at"),
      ]
    }
  }

  // MARK: None

  private var unfinished: [Submission] {
    get throws {
      [
        submission(
          "jan", try Stub.text(of: ReLUDerivativeSuite.kata, in: checkout.project), .notAttempted,
          "Not attempted: value(at:) is not written yet."),
        submission("kim", "", .notAttempted, "ReLUDerivative.swift is empty."),
        submission(
          "lea", at: "lea/notes.txt", "sorry", .notAttempted,
          "Nothing was handed in as ReLUDerivative.swift."),
        Submission(
          student: "max", kata: "relu-derivative", path: "max/\(Self.file)", contents: Data(),
          verdict: .notAttempted, words: "It is a link or a device; hand in the file itself.",
          linksTo: "../oda/katas/relu-derivative/\(Self.file)"),
      ]
    }
  }

  private var refused: [Submission] {
    [
      submission(
        "ned", attempt(slope: "z .> nothing"), .doesNotCompile, "cannot find 'nothing' in scope"),
      submission("olga", "def slope(z):\n  return z > 0\n", .doesNotCompile, "Tip: write func"),
      submission(
        "per", Data([0xFF, 0xFE]) + Data(attempt().utf16.flatMap { [UInt8($0), 0] }),
        .doesNotCompile, "must be encoded as UTF-8 instead of UTF-16"),
      submission(
        "quy", Data("// caf".utf8) + Data([0xE9, 0x0A]) + Data(attempt().utf8), .doesNotCompile,
        "invalid UTF-8 found in source file"),
      submission(
        "rob", attempt(prelude: "// \(String(repeating: "x", count: 2_000_000))"),
        .doesNotCompile, "an attempt has at most 1048576"),
      submission(
        "sue", attempt(prelude: "import NeuronAnswers"), .doesNotCompile,
        "no such module 'NeuronAnswers'"),
    ]
  }

  private var stopped: [Submission] {
    [
      submission(
        "abe", attempt(slope: "while true {}"), .timedOut,
        "still running in ReLUDerivative.slope(at:)"),
      submission(
        "tia", attempt(slope: "exit(0)"), .crashed, "ended the process with exit status 0"),
      submission(
        "<b>udo", attempt(slope: "fatalError(\"</table><script>\")"), .crashed, "</table><script>"),
      submission(
        "val", attempt(slope: "slope(at: z) + 1"), .crashed, "calls itself without end"),
    ]
  }
}
