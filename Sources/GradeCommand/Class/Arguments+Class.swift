import Grading
import Workshop

extension CommandName {
  static let classOptions = [
    Option(
      name: "--points", value: "KATA=N,…",
      meaning: "what each kata is worth; only these count, if given"),
    Option(
      name: "--seed", value: "N",
      meaning: "the questions, the same for everybody; kept if not given"),
    Option(
      name: "--student", value: "NAME", meaning: "the folder is this one student's, not a class's"),
    Option(
      name: "--format", value: ClassFormat.allCases.map(\.rawValue).joined(separator: "|"),
      meaning: "how the result is written"),
    Option(name: "--output", value: "PATH", meaning: "where to, if not to standard output"),
    Option(name: "--shard", value: "I/N", meaning: "only the I-th of N parts of the class"),
    Option(name: "--jobs", value: "N", meaning: "attempts at once; one per core if not given"),
    Option(name: "--again", value: nil, meaning: "grade, too, what was graded before"),
  ]
}

extension Arguments {
  func classRequest() throws(UsageError) -> Request {
    if words.first == "merge" { return try mergeRequest() }
    try expectWords(1)
    guard let directory = words.first, !directory.isEmpty else {
      throw .missingFolder(command: command.rawValue)
    }
    return .gradeClass(
      ClassOptions(
        directory: directory, student: try studentName(), points: try points(),
        seed: try number("--seed"), shard: try shard(), jobs: try number("--jobs", in: 1...1024),
        gradesAgain: values["--again"] != nil, page: try classPage()))
  }

  private func mergeRequest() throws(UsageError) -> Request {
    let known = ["--format", "--output", "--color"]
    if let option = values.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownOption(
        option, command: "class merge", suggestion: nearest(to: option, among: known))
    }
    let files = Array(words.dropFirst())
    guard !files.isEmpty else { throw .missingResults }
    return .mergeClass(files: files, page: try classPage())
  }

  private func classPage() throws(UsageError) -> ClassPage {
    ClassPage(
      format: try choice("--format", ClassFormat.self) ?? .text, output: try output(),
      color: try choice("--color", ColorChoice.self) ?? .auto)
  }

  private func output() throws(UsageError) -> String? {
    if let output = values["--output"], output.isEmpty {
      throw .badValue(option: "--output", value: output, allowed: "the path of a file")
    }
    return values["--output"]
  }

  private func studentName() throws(UsageError) -> String? {
    guard let name = values["--student"] else { return nil }
    guard !name.allSatisfy(\.isWhitespace) else {
      throw .badValue(option: "--student", value: name, allowed: "a name")
    }
    return name
  }

  private func shard() throws(UsageError) -> Shard? {
    guard let text = values["--shard"] else { return nil }
    guard let shard = Shard(text) else {
      throw .badValue(option: "--shard", value: text, allowed: "one part of several, as 3/20")
    }
    return shard
  }

  /// "backprop=10,adam=15"
  func points() throws(UsageError) -> Points {
    guard let text = values["--points"] else { return Points() }
    var named: [String: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let points = Double(sides[1]), Points.allowed ~= points else {
        throw .badValue(
          option: "--points", value: String(part),
          allowed: "katas with their points, as backprop=10,adam=15")
      }
      named[try kata(named: String(sides[0]))] = points
    }
    return Points(named)
  }
}
