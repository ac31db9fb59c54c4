package import Grading

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// A copy of this package for somebody else: what grades, and fresh stubs, but no answer and no memory.
package struct PackageCopy {
  package let project: Project
  /// Those whose folders are in it.
  package let katas: [Kata]

  package init(of project: Project, katas: [Kata]) {
    self.project = project
    self.katas = katas
  }

  /// Whether nothing would be lost by writing to `folder`.
  package static func isFree(_ folder: URL) -> Bool {
    switch FileContents(of: folder.path) {
    case .missing: true
    case .directory: Folder(folder).entries?.isEmpty == true
    default: false
    }
  }

  /// What is copied as it is, where it is there.
  private static let whole = ["Package.swift", "Sources", ".gitignore", "katas/Package.swift"]
  /// What a learner reads and opens beside it.
  private static let pages = [
    "README.md", ".vscode", ".devcontainer", "katas/questions.md", "katas/.vscode",
  ]

  /// - Parameter isForLearners: whether somebody is to read and to edit it.
  package func write(to folder: URL, isForLearners: Bool) throws(HarnessError) {
    for path in Self.whole + (isForLearners ? Self.pages : []) {
      try copy(path, to: folder)
    }
    for kata in katas {
      for page in ["README.md", "hints.md", "questions.md"] where isForLearners {
        try copy("katas/\(kata.name)/\(page)", to: folder)
      }
      let stub = try Stub.text(of: kata, in: project)
      try put(stub, at: Project(root: folder).attempt(kata))
    }
  }

  package func put(
    _ text: String, at file: URL, isExecutable: Bool = false
  ) throws(HarnessError) {
    do {
      try makeFolder(of: file)
      try Data(text.utf8).write(to: file, options: .atomic)
      try FileManager.default.setAttributes(
        [.posixPermissions: isExecutable ? 0o755 : 0o644], ofItemAtPath: file.path)
    } catch {
      throw .cannotWrite(path: file.path, reason: HarnessError.reason(error))
    }
  }

  private func copy(_ path: String, to folder: URL) throws(HarnessError) {
    let (from, to) = (project.root.appending(path: path), folder.appending(path: path))
    guard FileManager.default.fileExists(atPath: from.path) else { return }
    do {
      try makeFolder(of: to)
      // What is a link here leads nowhere there.
      try FileManager.default.copyItem(at: from.resolvingSymlinksInPath(), to: to)
    } catch {
      throw .cannotWrite(path: to.path, reason: HarnessError.reason(error))
    }
  }

  private func makeFolder(of file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  }
}
