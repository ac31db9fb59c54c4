package import Grading
package import Practice

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Project {
  /// What is asked of `kata`; a page that was deleted asks nothing.
  package func questions(_ kata: Kata) throws(HarnessError) -> [RecallQuestion] {
    let page = page(kata, "katas", "questions.md")
    guard FileManager.default.fileExists(atPath: page.path) else { return [] }
    return RecallQuestion.all(in: try page.pageText(), of: kata.name)
  }
}
