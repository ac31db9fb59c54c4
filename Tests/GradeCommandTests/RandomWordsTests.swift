import AnswerKey
import Foundation
import KataKit
import TestSupport
import Testing

@testable import GradeCommand

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("Whatever is typed, there is an answer")
struct RandomWordsTests {
  private static let katas = ["backprop", "neuron", "softmax", "adam", "bakprop"]
  private static let odd = [
    "", " ", "-", "--", "---", "=", "--=", "-x", "é", "👩‍👩‍👧‍👦", "\u{1B}[2J", "a\nb", "%s%n", "0", "-1",
    "1e9", "3", "99999999999999999999", "NaN", "/", "/dev/null", "/dev/zero", "katas", "../..",
    "text", "json", "junit", "markdown", "never", "2027", String(repeating: "x", count: 10_000),
    String(repeating: "e\u{301}", count: 5000), "\u{202E}", "\u{FEFF}",
  ]

  private func line(_ generator: inout SeededGenerator) -> [String] {
    func any(_ words: [String]) -> String {
      words[Int.random(in: 0..<words.count, using: &generator)]
    }
    let command = CommandName.allCases.randomElement(using: &generator) ?? .help
    var words = [command.rawValue]
    if .random(in: 0..<3, using: &generator) > 0 { words.append(any(Self.katas)) }
    for _ in 0..<Int.random(in: 0..<4, using: &generator) {
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: words.append(any(Self.odd))
      case 1: words.append(any(command.options.map(\.name) + ["--help"]) + "=" + any(Self.odd))
      default:
        words.append(any(command.options.map(\.name) + ["--help", "--seed", "--format"]))
        if Bool.random(using: &generator) { words.append(any(Self.odd + Self.katas)) }
      }
    }
    if Int.random(in: 0..<8, using: &generator) == 0 { words.shuffle(using: &generator) }
    return words
  }

  /// What this thread has worked; the machine may be busy with something else.
  private var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  @Test("500 lines of words end with 0, 1 or 64, at once and with a few words")
  func lines() throws {
    let checkout = try Checkout()
    var generator = SeededGenerator(seed: 500)
    var codes: [ExitCode: Int] = [:]
    for _ in 0..<500 {
      let words = line(&generator)
      // A practice goes on until somebody ends it, a debugger may not be here, and a folder of that name
      // may be large.
      if isPractice(words) { continue }
      let start = processorTime
      let run = try checkout.run(words)
      let shown = words.map { $0.prefix(60) }
      #expect(processorTime - start < .seconds(1), "\(shown)")
      #expect(run.code != .harnessFailed, "\(shown) \(run.notes)")
      #expect(run.code != .wrongUsage || run.output == "", "\(shown)")
      #expect(run.notes.utf8.count < 1000 && !run.notes.contains("\u{1B}"), "\(shown)")
      codes[run.code, default: 0] += 1
    }
    #expect(codes.count == 3, "\(codes)")
    #expect(codes.values.reduce(0, +) > 350, "\(codes)")
  }

  private func isPractice(_ words: [String]) -> Bool {
    do {
      switch try Arguments.parse(words, .curriculum) {
      case .watch, .drill, .debug, .mock, .lldb, .gradeClass, .handOut, .export: return true
      default: return false
      }
    } catch {
      return false
    }
  }
}
