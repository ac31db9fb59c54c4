import Foundation
import Grading
import Synchronization
import TestSupport
import Testing

@testable import Workshop

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

private final class End: Sendable {
  let isReached = Atomic(false)
}

@Suite("Nothing that was ever an attempt is lost")
struct ArchiveTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  private var project: Project { bench.checkout.project }
  private var archive: URL { project.archive(bench.kata) }
  private let noon = Date(timeIntervalSince1970: 1_800_000_000)

  private func archived() throws -> [String] {
    guard FileManager.default.fileExists(atPath: archive.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: archive.path).map {
      try String(contentsOf: archive.appending(path: $0), encoding: .utf8)
    }
  }

  @Test(
    "a thousand saves, raced against two that reset, are all in the file or in the archive",
    arguments: [true, false])
  func saves(renames: Bool) async throws {
    let (project, kata, noon) = (project, bench.kata, noon)
    let attempt = project.attempt(kata).path
    let end = End()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 0..<1000 {
          let text = Array("// save \(number)\n".utf8)
          let place = renames ? attempt + ".new" : attempt
          let descriptor = open(place, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
          #expect(text.write(to: descriptor))
          close(descriptor)
          if renames { #expect(rename(place, attempt) == 0) }
          // The next save must not replace this one; a reset does that.
          #expect(eventually { FileContents(of: attempt) != .bytes(text) })
        }
        end.isReached.store(true, ordering: .sequentiallyConsistent)
      }
      for _ in 0..<2 {
        group.addTask {
          var time = noon
          while !end.isReached.load(ordering: .sequentiallyConsistent) {
            do {
              if try Desk(project: project).layFreshStub(kata, at: time) != nil { time += 0.1 }
            } catch {
              Issue.record(error)
              return
            }
          }
        }
      }
    }
    let texts = try archived() + [String(contentsOfFile: attempt, encoding: .utf8)]
    let lines = Set(texts.flatMap { $0.split(separator: "\n") })
    let lost = (0..<1000).filter { !lines.contains("// save \($0)") }
    #expect(lost.isEmpty, "\(lost.count) of 1000: \(lost.prefix(5))")
    // The draft of a stub does not stay.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: archive.path).allSatisfy {
        !$0.hasPrefix(".")
      })
  }

  @Test("many at once within one second keep each its own")
  func names() async throws {
    let (project, kata, noon) = (project, bench.kata, noon)
    let source = project.root.appending(path: "mine").path
    try FileManager.default.createDirectory(at: archive, withIntermediateDirectories: true)
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for number in 0..<50 {
            let names = (1...).lazy.map {
              project.archive(kata).appending(path: "\(noon.timeIntervalSince1970)-\($0)").path
            }
            let mine = "\(source)-\(writer)-\(number)"
            _ = FileManager.default.createFile(
              atPath: mine, contents: Data("\(writer) \(number)".utf8))
            let place = FileMove.reserve(names)
            #expect(place.map { FileMove.move(mine, onto: $0) } == true)
          }
        }
      }
    }
    #expect(Set(try archived()).count == 200)
  }

  @Test("an attempt that is a link stays one, and what it leads to is kept")
  func link() throws {
    let elsewhere = project.root.appending(path: "mine.swift")
    try "// mine".write(to: elsewhere, atomically: true, encoding: .utf8)
    let attempt = project.attempt(bench.kata)
    try FileManager.default.removeItem(at: attempt)
    try FileManager.default.createSymbolicLink(at: attempt, withDestinationURL: elsewhere)
    let kept = try #require(try Desk(project: project).layFreshStub(bench.kata, at: noon))
    #expect(try String(contentsOf: kept, encoding: .utf8) == "// mine")
    #expect(
      try String(contentsOf: elsewhere, encoding: .utf8) == Stub.text(of: bench.kata, in: project))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: attempt.path) != "")
  }

  @Test("what is empty or the stub is neither deleted nor shown")
  func worthless() throws {
    try bench.checkout.write("", for: bench.kata)
    let desk = Desk(project: project)
    #expect(try desk.layFreshStub(bench.kata, at: noon) == nil)
    #expect(try desk.keptAttempts(of: bench.kata).isEmpty)
    #expect(try archived() == [""])
  }
}
