import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Verdicts that a class was given before, by everything that they depend on.
struct KeptVerdicts {
  private let directory: URL
  /// The program, the room and the compiler.
  private let identity: String

  init(in project: Project, identity: String) {
    directory = project.memory.appending(path: "class")
    self.identity = identity
  }

  private struct Record: Codable {
    let key: [String]
    let source: Data
    let report: Report
  }

  /// Nil where there is none, or none that can be read.
  func report(kata: String, seed: UInt64, source: [UInt8]) -> Report? {
    let key = [kata, "\(seed)", identity]
    guard case .bytes(let bytes) = FileContents(of: file(key, source).path) else { return nil }
    do {
      let record = try JSONDecoder.ofAnyNumber().decode(Record.self, from: Data(bytes))
      return record.key == key && record.source == Data(source) ? record.report : nil
    } catch {
      return nil
    }
  }

  func keep(_ report: Report, source: [UInt8]) throws(HarnessError) {
    let key = [report.kata, "\(report.seed)", identity]
    let file = file(key, source)
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      let record = Record(key: key, source: Data(source), report: report)
      try JSONEncoder.ofAnyNumber().encode(record).write(to: file, options: .atomic)
    } catch {
      throw .cannotWrite(path: file.path, reason: HarnessError.reason(error))
    }
  }

  private func file(_ key: [String], _ source: [UInt8]) -> URL {
    let bytes = Array(key.joined(separator: "\0").utf8) + [0] + source
    return directory.appending(path: "\(bytes.fingerprint).json")
  }
}
