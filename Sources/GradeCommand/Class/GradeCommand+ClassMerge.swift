import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  func mergeClass(_ files: [String], _ page: ClassPage) throws -> ExitCode {
    var parts: [(name: String, result: ClassResult)] = []
    for file in files { parts.append((file, try classResult(in: file))) }
    let result: ClassResult
    do throws(ClassMerge.Obstacle) {
      result = try ClassMerge.merged(parts)
    } catch {
      throw UsageError.noWhole(reason: Wording.reason(error))
    }
    try write(result, page, folder: nil)
    return result.isComplete ? .passed : .harnessFailed
  }

  private func classResult(in path: String) throws(UsageError) -> ClassResult {
    switch FileContents(of: url(of: path).path) {
    case .bytes(let bytes):
      do {
        let result = try JSONDecoder.ofAnyNumber().decode(ClassResult.self, from: Data(bytes))
        guard result.schema == 1 else {
          throw UsageError.noResult(path: path, reason: "a newer grade wrote it")
        }
        return result
      } catch {
        throw .noResult(path: path, reason: "it is not what '--format json' writes")
      }
    case .missing: throw .noResult(path: path, reason: "there is no such file")
    case .directory: throw .noResult(path: path, reason: "it is a folder")
    case .special, .unreadable: throw .noResult(path: path, reason: "it cannot be read")
    case .tooLarge: throw .noResult(path: path, reason: "it is larger than any result")
    }
  }
}

extension Wording {
  static func reason(_ obstacle: ClassMerge.Obstacle) -> String {
    switch obstacle {
    case .otherSeeds(let seeds):
      "they are of different seeds (\(seeds.prefix(5).map(String.init).joined(separator: ", ")))"
    case .otherKatas(let file): "\(file) is about other katas or other points"
    case .missing(let parts, let count):
      "of \(count) parts \(parts.prefix(10).map(String.init).joined(separator: ", ")) "
        + (parts.count == 1 ? "is missing" : "are missing")
    case .otherCounts: "they are parts of classes that were cut differently"
    case .twice(let student): "\(student) is in two of them"
    }
  }
}
