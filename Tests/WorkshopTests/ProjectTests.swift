import Foundation
import TestSupport
import Testing
import Workshop

@Suite("Where grade is started")
struct ProjectTests {
  @Test("in a directory that was removed it is the checkout of the executable, or that is said")
  func removed() throws {
    let root = Checkout.source.path
    #expect(
      try Project(around: "", executable: root + "/.build/debug").root.path
        .trimmingSuffix("/") == root)
    #expect(throws: HarnessError.noDirectory) { try Project(around: "", executable: "/nowhere") }
    #expect(throws: HarnessError.noDirectory) { try Project(around: "") }
    #expect(throws: HarnessError.notInAPackage(from: "/")) { try Project(around: "/") }
    #expect(throws: HarnessError.notInAPackage(from: "..")) { try Project(around: "..") }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
