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
    try questions(on: page(kata, "katas", "questions.md"), of: kata.name)
  }

  /// What is asked about training and data as a whole.
  package func generalQuestions() throws(HarnessError) -> [RecallQuestion] {
    try questions(on: root.appending(path: "katas/questions.md"), of: RecallQuestion.general)
  }

  private func questions(
    on page: URL, of kata: String
  ) throws(HarnessError) -> [RecallQuestion] {
    guard FileManager.default.fileExists(atPath: page.path) else { return [] }
    return RecallQuestion.all(in: try page.pageText(), of: kata)
  }
}
