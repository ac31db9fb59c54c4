package import Grading
import Workshop

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What a folder holds that students handed in.
package struct Submissions {
  /// One attempt: the newest of a student at a kata.
  package struct Attempt: Equatable, Sendable {
    package let kata: String
    package let url: URL
    /// From the folder of submissions.
    package let path: String
    let rank: Rank
    /// Whether it leads elsewhere, and is not followed.
    package let isLink: Bool
  }

  package struct Student: Sendable {
    package let name: String
    /// In the order of the catalogue.
    package let attempts: [Attempt]
  }

  /// By name.
  package let students: [Student]
  /// What nobody looks at, each with the reason.
  package let leftOut: [String]

  /// The student's own layout goes before any copy elsewhere, and the last of several attempts before
  /// the others.
  struct Rank: Comparable, Sendable {
    let isInPlace: Bool
    let attempt: String
    let copy: Int
    let modified: Int

    static func < (a: Rank, b: Rank) -> Bool {
      (a.isInPlace ? 1 : 0, a.attempt, a.copy, a.modified)
        < (b.isInPlace ? 1 : 0, b.attempt, b.copy, b.modified)
    }
  }

  /// - Parameters:
  ///   - student: whose all of it is, if it is one student's.
  ///   - only: the only kata that is asked for, if it is one.
  ///   - mayBeEmpty: whether it is known what should be there, so that nothing is an answer, too.
  package init(
    in directory: URL, student: String?, only: String?, mayBeEmpty: Bool = false,
    catalogue: Catalogue
  ) throws(UsageError) {
    var walk = SubmissionWalk(
      root: directory, naming: KataOfFile(catalogue: catalogue, only: only))
    guard let entries = Folder(directory).entries else {
      throw .notAClass(path: directory.path, reason: "it is no folder that can be read")
    }
    if let name = student ?? walk.onlyStudent(entries, folder: directory.lastPathComponent) {
      walk.take(directory, path: "", of: StudentName(name))
    } else {
      walk.takeClass(entries)
    }
    if walk.isTooLarge {
      throw .notAClass(
        path: directory.path,
        reason: "it holds more than \(SubmissionWalk.most) files, as no class does")
    }
    students = walk.students(inOrderOf: catalogue.katas.map(\.name))
    leftOut = walk.leftOut.sorted()
    guard mayBeEmpty || students.contains(where: { !$0.attempts.isEmpty }) else {
      throw .notAClass(
        path: directory.path,
        reason: """
          no Swift file in it belongs to a kata. A student's folder holds Backprop.swift or \
          katas/backprop/Backprop.swift; a student's file is smith_Backprop.swift
          """)
    }
  }
}
