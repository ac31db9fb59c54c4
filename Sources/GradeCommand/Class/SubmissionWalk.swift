import Grading
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A walk through a folder of submissions.
struct SubmissionWalk {
  /// Files and folders looked at; more are no class, but a disk.
  static let most = 100_000
  private static let deepest = 12

  let root: URL
  let naming: KataOfFile
  private(set) var leftOut: [String] = []
  private(set) var isTooLarge = false
  private var seen = 0
  private var found: [StudentName: [Submissions.Attempt]] = [:]

  init(root: URL, naming: KataOfFile) {
    self.root = root
    self.naming = naming
  }

  // MARK: Whose is it

  /// The name of the only student, where the folder is one student's and not a class.
  func onlyStudent(_ entries: [Folder.Entry], folder: String) -> String? {
    let visible = entries.filter { !Self.isIgnored($0.name) }
    let folders = visible.filter { $0.kind == .folder }.map(\.name)
    if folders.contains("katas") { return folder }
    let names = Set(naming.catalogue.katas.map(\.name))
    let files = visible.filter { $0.kind == .file && $0.name.hasSuffix(".swift") }
      .filter { $0.name != "Package.swift" }.map(\.name)
    let types = Set(naming.catalogue.katas.map { "\($0.type).swift" })
    let isOne =
      !(folders + files).isEmpty && folders.allSatisfy(names.contains)
      && files.allSatisfy(types.contains)
    return isOne ? folder : nil
  }

  mutating func takeClass(_ entries: [Folder.Entry]) {
    for entry in entries where !Self.isIgnored(entry.name) {
      let url = root.appending(path: entry.name)
      switch entry.kind {
      case .folder:
        take(url, path: entry.name, of: StudentName(folder: entry.name))
      case .file: takeFile(entry, url)
      case .link: leave(entry.name, "a link, which is not followed")
      case .other: leave(entry.name, "neither a file nor a folder")
      }
      if isTooLarge { return }
    }
  }

  /// A file beside the folders of others: its name says whose it is.
  private mutating func takeFile(_ entry: Folder.Entry, _ url: URL) {
    guard entry.name.lowercased().hasSuffix(".swift") else {
      let isArchive = [".zip", ".tar", ".gz", ".7z", ".rar"].contains(where: entry.name.hasSuffix)
      return leave(entry.name, isArchive ? "an archive; unpack it first" : "not a Swift file")
    }
    let file = StudentName.onPlatform(entry.name)
    if let file {
      return add(entry, url, entry.name, named: file.name, of: file.student, attempt: file.attempt)
    }
    if let (student, kata) = naming.endOf(entry.name) {
      return keep(entry, url, entry.name, kata, of: StudentName(student))
    }
    if naming.named(entry.name) != nil {
      return leave(entry.name, "nobody knows whose it is")
    }
    add(
      entry, url, entry.name, named: entry.name, of: StudentName(String(entry.name.dropLast(6))))
  }

  // MARK: What is in it

  /// Takes what one student handed in.
  mutating func take(_ folder: URL, path: String, of student: StudentName) {
    found[student, default: []] += []
    let home = self.home(of: folder, depth: 0)
    let path = home.map { (path.isEmpty ? "" : "\(path)/") + $0.path } ?? path
    walk(home?.url ?? folder, path: path, of: student, isInPlace: home != nil, depth: 0)
  }

  /// The folder `katas` of a whole repository, whose other folders hold files of the same names.
  private func home(of folder: URL, depth: Int) -> (url: URL, path: String)? {
    let folders = (Folder(folder).entries ?? []).filter {
      $0.kind == .folder && !Self.isIgnored($0.name)
    }
    if folders.contains(where: { $0.name == "katas" }) {
      return (folder.appending(path: "katas"), "katas")
    }
    // A platform unpacks an archive into a folder of its own, and so does the archive.
    guard depth < 3, folders.count <= 50 else { return nil }
    for entry in folders {
      if let home = home(of: folder.appending(path: entry.name), depth: depth + 1) {
        return (home.url, "\(entry.name)/\(home.path)")
      }
    }
    return nil
  }

  private mutating func walk(
    _ folder: URL, path: String, of student: StudentName, isInPlace: Bool, depth: Int
  ) {
    guard let entries = Folder(folder).entries else { return leave(path, "cannot be read") }
    guard depth < Self.deepest else { return leave(path, "nested too deeply") }
    for entry in entries where !Self.isIgnored(entry.name) {
      seen += 1
      isTooLarge = isTooLarge || seen > Self.most
      if isTooLarge { return }
      let url = folder.appending(path: entry.name)
      let path = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
      switch entry.kind {
      case .folder:
        walk(url, path: path, of: student, isInPlace: isInPlace, depth: depth + 1)
      case .file where entry.name == "Package.swift": break
      case .file where !entry.name.lowercased().hasSuffix(".swift"): break
      case .file: add(entry, url, path, named: entry.name, of: student, isInPlace: isInPlace)
      case .link, .other:
        guard let (kata, _) = naming.named(entry.name) else { continue }
        keep(entry, url, path, kata, of: student, isInPlace: isInPlace)
      }
    }
  }

  /// - Parameter name: what the student called it.
  private mutating func add(
    _ entry: Folder.Entry, _ url: URL, _ path: String, named name: String,
    of student: StudentName, attempt: String = "", isInPlace: Bool = false
  ) {
    if let (kata, copy) = naming.named(name) {
      return keep(
        entry, url, path, kata, of: student, attempt: attempt, copy: copy, isInPlace: isInPlace)
    }
    if let kata = naming.declared(in: AttemptSource(at: url)) {
      return keep(entry, url, path, kata, of: student, attempt: attempt)
    }
    found[student, default: []] += []
    leave(path, "it declares the type of no kata, or of several")
  }

  private mutating func keep(
    _ entry: Folder.Entry, _ url: URL, _ path: String, _ kata: String, of student: StudentName,
    attempt: String = "", copy: Int = 0, isInPlace: Bool = false
  ) {
    found[student, default: []].append(
      Submissions.Attempt(
        kata: kata, url: url, path: path,
        rank: .init(
          isInPlace: isInPlace, attempt: attempt, copy: copy, modified: entry.modified),
        isLink: entry.kind != .file))
  }

  private mutating func leave(_ path: String, _ reason: String) {
    leftOut.append("\(path): \(reason)")
  }

  private static func isIgnored(_ name: String) -> Bool {
    name.hasPrefix(".") || ["__MACOSX", "node_modules"].contains(name)
  }

  // MARK: The class

  mutating func students(inOrderOf katas: [String]) -> [Submissions.Student] {
    let names = Dictionary(grouping: found.keys, by: \.name)
    var students: [Submissions.Student] = []
    for (student, attempts) in found {
      var newest: [String: Submissions.Attempt] = [:]
      for attempt in attempts.sorted(by: { ($0.rank, $0.path) < ($1.rank, $1.path) }) {
        if let older = newest.updateValue(attempt, forKey: attempt.kata) {
          leave(older.path, "\(attempt.path) is newer")
        }
      }
      let isOne = names[student.name, default: []].count == 1
      let suffix = isOne ? "" : student.id.map { " (\($0))" } ?? ""
      students.append(
        .init(name: student.name + suffix, attempts: katas.compactMap { newest[$0] }))
    }
    return students.sorted { ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name) }
  }
}
