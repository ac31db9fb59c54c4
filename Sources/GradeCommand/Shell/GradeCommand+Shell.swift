import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  func shell(_ shell: Shell) throws -> ExitCode {
    surroundings.write(ShellFunction(shell: shell, root: try project().root.path).text)
    return .passed
  }

  /// What defines the function in the learner's shell, where they are at one and it is not defined yet.
  var shellAdvice: String? {
    let environment = surroundings.environment
    guard environment[ShellFunction.variable, default: ""].isEmpty else { return nil }
    let name = environment["SHELL", default: ""].split(separator: "/").last.map(String.init) ?? ""
    return Shell(rawValue: name)?.invocation
  }

  /// The candidates for the last of `words`, a line each: the word, a tab, what it means.
  func complete(_ words: [String]) throws -> ExitCode {
    let completion = Completion(catalogue: catalogue) {
      do {
        return Set(try KataKitReference(in: try project()).entries.map(\.name)).sorted()
      } catch {
        // Outside a checkout there are no names to offer, and nobody asked for a sentence.
        return []
      }
    }
    for candidate in completion.candidates(for: words) {
      surroundings.write("\(candidate.word)\t\(candidate.meaning)\n")
    }
    return .passed
  }
}
