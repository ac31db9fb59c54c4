#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Something that is not the learner's doing: the grader could not reach a verdict.
package enum HarnessError: Error, Equatable, Sendable {
  /// No directory from here upward holds `Package.swift` and `katas/`.
  case notInAPackage(from: String)
  /// The directory that the grader was started in was removed.
  case noDirectory
  /// The checkout was handed out without this solution.
  case noSolution(path: String)
  /// Neither the solution nor git knows what the stub of this attempt is.
  case noStub(attempt: String, solution: String)
  /// No `swiftc` on PATH.
  case noCompiler
  /// The toolchain has no lldb, or it does not start.
  case noDebugger(details: String)
  /// No browser was opened; the page is there.
  case noBrowser(opener: String, path: String)
  /// The module that attempts import is not beside the executable.
  case noKataKit(directory: String)
  /// The compiler is not the one that built this grader.
  case otherCompiler(details: String)
  /// The attempt compiled and could not be linked.
  case cannotLink(details: String)
  /// A call to the operating system failed.
  case system(call: String, path: String?, code: Int32)
  /// The room ended before anything was asked.
  case roomDied(details: String)
  /// The room is not of the same build as the grader.
  case otherRoom(details: String)
  /// A signal asked the grader itself to end.
  case interrupted(signal: Int32)
  /// The attempt was saved again while it was graded, so that nobody waits for the verdict.
  case superseded
  /// A solution's markers do not pair up.
  case unpairedMarkers(file: String, line: Int)
  /// A comment of a solution plants no bug that can be.
  case badBug(file: String, line: Int, BugCommentError)
  /// A file of the learner's cannot be written.
  case cannotWrite(path: String, reason: String)
  /// An attempt is not replaced, because it could not be kept.
  ///
  /// - Parameter place: where it is now, if that is not where it was.
  case notReplaced(attempt: String, path: String, reason: String, place: String?)
  /// A page of a kata is missing or is not UTF-8.
  case unreadable(path: String)
}

extension HarnessError {
  /// Whether it is a file that cannot be made or written.
  var isAboutWriting: Bool {
    switch self {
    case .system(_, .some, _), .cannotWrite: true
    // Its words may be about anything, and the disk is the likely thing.
    case .cannotLink: true
    default: false
    }
  }

  /// Why something failed, in the operating system's words where they are known.
  package static func reason(_ error: any Error) -> String {
    let cause = (error as? CocoaError)?.underlying ?? error
    guard let posix = cause as? POSIXError else { return "\(error)" }
    return String(cString: strerror(posix.code.rawValue))
  }
}
