import Grading

extension Catalogue {
  /// The name of the kata that `word` means: its name or its type however they are written, its folder, or
  /// a file in it.
  func name(meantBy word: String) -> String? {
    if suite(named: word) != nil { return word }
    let parts = word.split(separator: "/").map(String.init)
    guard let last = parts.last else { return nil }
    let isFile = last.contains(".")
    let stem = isFile ? last.split(separator: ".").first.map(String.init) ?? "" : last
    let folder = parts.dropLast().last { $0 != "." && $0 != ".." }
    let own = katas.first { Self.plain($0.name) == Self.plain(stem) || $0.type == stem }
    guard let folder else {
      // A bare file name is that of the kata whose folder one is in.
      return own.flatMap { !isFile || $0.type == stem ? $0.name : nil }
    }
    if isFile { return katas.first { $0.name == folder && isHome(parts.dropLast(2).last) }?.name }
    return folder == "katas" ? own?.name : nil
  }

  /// Whether it is the folder of all katas, as far as it is named.
  private func isHome(_ folder: String?) -> Bool {
    guard let folder else { return true }
    return ["katas", ".", ".."].contains(folder)
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
