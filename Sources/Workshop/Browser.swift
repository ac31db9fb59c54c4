#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What shows a page to a person.
package enum Browser {
  /// The program that opens a file with what the learner has chosen for it.
  private static var opener: String {
    #if os(macOS)
      "open"
    #else
      "xdg-open"
    #endif
  }

  package static func show(_ file: URL) throws(HarnessError) {
    let finished = try ChildProcess.run(["/usr/bin/env", opener, file.path], limits: .compiler)
    guard finished.end == .exited(0) else { throw .noBrowser(opener: opener, path: file.path) }
  }
}
