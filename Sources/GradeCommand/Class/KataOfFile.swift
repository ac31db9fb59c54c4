import Grading
import Workshop

/// Which kata a file belongs to.
struct KataOfFile {
  let catalogue: Catalogue
  /// The only kata that the class is about, if it is one.
  let only: String?

  /// The kata whose file is called that, however it is written, and copied or handed in how often.
  func named(_ file: String) -> (kata: String, copy: Int)? {
    guard file.lowercased().hasSuffix(".swift") else { return nil }
    let stem = file.dropLast(6)
    if let kata = kata(Self.plain(stem)) { return (kata, 0) }
    // "Backprop-1.swift", "Backprop (2).swift", "Backprop copy.swift"
    guard let match = stem.wholeMatch(of: #/(.+?)(?:[-_ ]\(?([0-9]{1,6})\)?| copy ?([0-9]{0,6}))/#),
      let kata = kata(Self.plain(match.1))
    else { return nil }
    return (kata, Int(match.2 ?? match.3 ?? "") ?? 1)
  }

  /// "smith_Backprop.swift": whose it is and which kata, the longest that the name ends with.
  func endOf(_ file: String) -> (student: String, kata: String)? {
    guard file.lowercased().hasSuffix(".swift") else { return nil }
    let stem = file.dropLast(6)
    for index in stem.indices.dropFirst() where "-_ ".contains(stem[index]) {
      let rest = stem[stem.index(after: index)...]
      if let kata = kata(Self.plain(rest)) { return (String(stem[..<index]), kata) }
    }
    return nil
  }

  /// The kata whose type a text declares, if it is that of one, or the only one that is asked for.
  func declared(in source: AttemptSource) -> String? {
    guard case .text(let bytes) = source else { return only }
    let types = Set(DeclaredTypes(in: bytes).lines.keys)
    let katas = catalogue.katas.filter { types.contains($0.type) }
    return katas.count == 1 ? katas[0].name : only
  }

  private func kata(_ plain: String) -> String? {
    catalogue.katas.first { [Self.plain($0.type), Self.plain($0.name)].contains(plain) }?.name
  }

  private static func plain(_ name: some StringProtocol) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
