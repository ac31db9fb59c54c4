import Grading
import Workshop

/// What may stand in the place of the last of some words on the command line.
struct Completion {
  struct Candidate: Equatable {
    let word: String
    let meaning: String
  }

  let catalogue: Catalogue
  /// The names of KataKit's functions; nil where its sources cannot be read.
  let functions: () -> [String]

  /// - Parameter words: what follows `grade`; the last is not finished, and may be empty.
  func candidates(for words: [String]) -> [Candidate] {
    let typed = words.last ?? ""
    return all(words.dropLast(), typed).filter { $0.word.hasPrefix(typed) }
  }

  private func all(_ before: ArraySlice<String>, _ typed: String) -> [Candidate] {
    let first = before.first
    let command = first.map { CommandName(rawValue: $0) ?? .grade } ?? .grade
    if let option = before.last.flatMap({ word in command.options.first { $0.name == word } }),
      let value = option.value
    {
      return values(value, before)
    }
    if typed.hasPrefix("-") {
      return command.options.filter { !before.contains($0.name) }
        .map { Candidate(word: $0.name, meaning: $0.meaning) }
        + [Candidate(word: "--help", meaning: "the page of the command")]
    }
    guard first != nil else { return commands + katas }
    // Without the values of options.
    let words = before.dropFirst(command == .grade ? 0 : 1).filter { !$0.hasPrefix("-") }
    switch command {
    case .help: return words.isEmpty ? commands : []
    case .shell: return words.isEmpty ? list(Shell.allCases.map(\.rawValue)) : []
    case .list: return words.isEmpty ? list(Track.allCases.map(\.rawValue)) : []
    case .api: return words.isEmpty ? list(functions()) : []
    default: break
    }
    if words.isEmpty, command.usage.contains("<kata>") { return katas }
    return command.usage.contains("[<check>]") && words.count == 1 ? checks(before) : []
  }

  private func values(_ value: String, _ before: ArraySlice<String>) -> [Candidate] {
    switch value {
    case "KATA": katas
    case "CHECK", "[CHECK]": checks(before)
    default: value.contains("|") ? list(value.split(separator: "|").map(String.init)) : []
    }
  }

  private var commands: [Candidate] {
    CommandName.allCases.filter { ![.overview, .grade].contains($0) }
      .map { Candidate(word: $0.rawValue, meaning: $0.meaning) }
  }

  private var katas: [Candidate] {
    catalogue.katas.map { Candidate(word: $0.name, meaning: $0.title) }
  }

  private func checks(_ before: ArraySlice<String>) -> [Candidate] {
    list(before.lazy.compactMap { catalogue.suite(named: $0) }.first?.checkNames ?? [])
  }

  private func list(_ words: [String]) -> [Candidate] {
    words.map { Candidate(word: $0, meaning: "") }
  }
}
