import Grading
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Who runs a grader for a class.
package enum Platform: String, CaseIterable, Sendable {
  case gradescope, classroom50

  var title: String {
    switch self {
    case .gradescope: "Gradescope"
    case .classroom50: "Classroom 50"
    }
  }
}

extension GradeCommand {
  /// Writes a repository for students: everything that runs, and no answer that can be left out.
  func handOut(to path: String, katas: [String]?) throws -> ExitCode {
    let (project, folder) = (try project(), try freeFolder(path))
    let chosen = try katas?.map(named) ?? catalogue.katas
    try PackageCopy(of: project, katas: chosen).write(to: folder, isForLearners: true)
    surroundings.write(
      """
      \(path) holds \(Figures.count(chosen.count, "kata")) for students, and everything that grades them.

        Left out: solutions/, Tests/, your own attempts and history.
        Included: Sources/AnswerKey. Grading needs it, and who reads it finds how answers are
        computed; a prebuilt grade would hide its text and not what it knows.

        Next: cd \(path) && git init && git add . && git commit -m 'Katas'

      """)
    return .passed
  }

  /// Writes what a platform asks of an autograder.
  func export(
    for platform: Platform, to path: String, points: Points, seed: UInt64?
  ) throws -> ExitCode {
    let (project, folder) = (try project(), try freeFolder(path))
    let text = points.named.sorted { $0.key < $1.key }
      .map { "\($0.key)=\(Points.text($0.value))" }.joined(separator: ",")
    let seed = seed ?? surroundings.newSeed()
    let copy = PackageCopy(of: project, katas: catalogue.katas)
    let next: String
    switch platform {
    case .gradescope:
      let bundle = GradescopeBundle(
        swift: try Toolchain.release(path: surroundings.environment["PATH"]), seed: seed,
        points: text)
      let run = folder.appending(path: "run_autograder")
      try copy.put(bundle.setup, at: folder.appending(path: "setup.sh"), isExecutable: true)
      try copy.put(bundle.runAutograder, at: run, isExecutable: true)
      next = "cd \(path) && zip -qry ../autograder.zip . and upload autograder.zip"
    case .classroom50:
      let bundle = Classroom50Bundle(seed: seed, points: text)
      try copy.put(bundle.autograder, at: folder.appending(path: "autograder.py"))
      next = "put all of it into CLASSROOM/autograders/ASSIGNMENT/, with the container swift:6.3"
    }
    try copy.write(to: folder.appending(path: "katas"), isForLearners: false)
    surroundings.write(
      """
      \(path) is an autograder for \(platform.title), seed \(seed).

        Next: \(next)

      """)
    return .passed
  }

  private func freeFolder(_ path: String) throws(UsageError) -> URL {
    let folder = url(of: path)
    guard PackageCopy.isFree(folder) else { throw .notFree(path: path) }
    return folder
  }
}
