import Workshop

extension CommandName {
  static let exportOptions = classOptions.filter { ["--points", "--seed"].contains($0.name) }
}

extension Arguments {
  /// "export gradescope FOLDER"
  func exportRequest() throws(UsageError) -> Request {
    try expectWords(2)
    let names = Platform.allCases.map(\.rawValue)
    guard let word = words.first, let platform = Platform(rawValue: word) else {
      throw .unknownPlatform(
        words.first, suggestion: words.first.flatMap { nearest(to: $0, among: names) })
    }
    guard let folder = words.dropFirst().first, !folder.isEmpty else {
      throw .missingFolder(command: "export \(word)")
    }
    return .export(
      platform: platform, folder: folder, points: try points(), seed: try number("--seed"))
  }

  func handoutRequest() throws(UsageError) -> Request {
    try expectWords(1)
    guard let folder = words.first, !folder.isEmpty else {
      throw .missingFolder(command: command.rawValue)
    }
    guard let list = values["--katas"] else { return .handOut(folder: folder, katas: nil) }
    var katas: [String] = []
    for name in list.split(separator: ",", omittingEmptySubsequences: false) {
      katas.append(try kata(named: String(name)))
    }
    return .handOut(folder: folder, katas: katas)
  }
}
