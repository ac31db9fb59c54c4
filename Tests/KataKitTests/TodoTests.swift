import Foundation
import KataKit
import Testing

/// A body as a learner finds it; the last line number is what `todo()` reports.
private func softmax(of logits: Matrix) -> Matrix { todo() }
private let softmaxLine = #line - 1

@Suite("A body not written yet")
struct TodoTests {
  @Test("ends the process with a status of its own")
  func exitStatus() async {
    await #expect(processExitsWith: .exitCode(86)) { todo() }
    #expect(Todo.exitStatus == 86)
  }

  @Test("says which function, and where")
  func message() async {
    let result = await #expect(
      processExitsWith: .exitCode(Todo.exitStatus), observing: [\.standardErrorContent]
    ) { _ = softmax(of: []) }
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      output.contains(
        "todo: softmax(of:) is not written yet (KataKitTests/TodoTests.swift:\(softmaxLine))\n"))
  }

  @Test("loses nothing that was printed before")
  func flushes() async {
    let result = await #expect(
      processExitsWith: .exitCode(Todo.exitStatus), observing: [\.standardOutputContent]
    ) {
      // A stream of its own, as the test process may have made `stdout` unbuffered.
      let stream = try #require(fdopen(STDOUT_FILENO, "w"))
      fputs("logits [[1 2 3]]\n", stream)
      todo()
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(output.contains("logits [[1 2 3]]\n"))
  }
}
