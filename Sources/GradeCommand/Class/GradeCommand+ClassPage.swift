import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  /// Writes a result in the form that is asked for, to where it is asked for.
  ///
  /// - Parameter folder: where the submissions are, as it was typed.
  func write(_ result: ClassResult, _ page: ClassPage, folder: String?) throws {
    if let fileName = page.format.fileName {
      return try write(documents(result, page.format), fileName, page)
    }
    let text: String =
      switch page.format {
      case .csv: ClassCSV.document(result)
      case .json: try json(result)
      case .junit: JUnit.document(result)
      case .html:
        ClassHTML(result: result, time: surroundings.clock.text(of: surroundings.now())).text
      case .github:
        GitHubAnnotations.document(result, folder: folder.flatMap(Self.pathInRepository))
      case .text, .gradescope, .classroom50, .exercism:
        ClassTable(result: result, style: surroundings.style(page.color)).text
      }
    guard let output = page.output else { return surroundings.write(text) }
    try write(text, to: url(of: output))
  }

  /// One student's result each, or one attempt's, with the folder that it has in a class.
  private func documents(
    _ result: ClassResult, _ format: ClassFormat
  ) throws -> [(folder: String, text: String)] {
    try result.students.flatMap { student -> [(folder: String, text: String)] in
      let rows = result.rows(of: student)
      let folder = Self.folderName(student)
      switch format {
      case .exercism:
        return try rows.map { ("\(folder)/\($0.kata)", try json(ExercismResults($0))) }
      case .classroom50:
        let document = Classroom50Result(
          rows, student: student, environment: surroundings.environment, now: surroundings.now())
        return [(folder, try json(document))]
      default: return [(folder, try json(GradescopeResults(rows)))]
      }
    }
  }

  /// One is written as a file; of several each is in a folder of its own.
  private func write(
    _ documents: [(folder: String, text: String)], _ fileName: String, _ page: ClassPage
  ) throws {
    guard let output = page.output else {
      guard documents.count == 1 else {
        throw UsageError.needsOutput(format: page.format.rawValue, documents: documents.count)
      }
      return surroundings.write(documents[0].text)
    }
    let isFile = documents.count == 1 && output.hasSuffix(".json")
    for (folder, text) in documents {
      let place = isFile ? output : "\(output)/\(folder)/\(fileName)"
      try write(text, to: url(of: place))
    }
  }

  /// A name that is no path, whatever a student is called.
  static func folderName(_ student: String) -> String {
    let name = student.withoutControls.replacing("/", with: "_").replacing("\n", with: "_")
    return name.hasPrefix(".") || name.isEmpty ? "_\(name)" : name
  }

  /// Nil for a folder that is the repository itself, or that is outside of it.
  private static func pathInRepository(_ folder: String) -> String? {
    let parts = folder.split(separator: "/").filter { $0 != "." }
    return folder.hasPrefix("/") || parts.isEmpty || parts.contains("..")
      ? nil : parts.joined(separator: "/")
  }

  private func write(_ text: String, to file: URL) throws(HarnessError) {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw .cannotWrite(path: file.path, reason: HarnessError.reason(error))
    }
  }
}
