import Foundation
import Grading
import Practice
import TestSupport
import Testing
import Workshop

@testable import GradeCommand

@Suite("Each format of a class is what its readers say it is")
struct ClassFormatTests {
  private static let odd = "a,b: \"c\" 100%\r\nd | <b>*x*</b> & \u{1B}[2J"

  private let result = ClassResult(
    seed: 7,
    katas: [.init(kata: "adam", points: 15), .init(kata: "sgd", points: 10)],
    rows: [
      .init(
        student: "ada", kata: "adam", file: "ada/Adam.swift", verdict: .passed, points: 15,
        maxPoints: 15, checks: [CheckResult(name: "shapes", status: .passed)],
        sentence: "Passed, 1 check.", seconds: 0.25),
      .init(
        student: "ada", kata: "sgd", file: "ada/SGD.swift", verdict: .failed, points: 6.66,
        maxPoints: 10,
        checks: [
          CheckResult(name: "shapes", status: .passed),
          CheckResult(name: "step, one", status: .failed, message: odd),
          CheckResult(name: "two", status: .skipped),
        ],
        mistakes: [NamedMistake(id: "ascends", sentence: odd)], sentence: odd, line: 4,
        seconds: 0.5),
      .init(
        student: "=bob", kata: "adam", file: "b,b/Adam.swift", verdict: .doesNotCompile, points: 0,
        maxPoints: 15, sentence: "It does not compile: no 'x'", line: 9),
      .init(
        student: "=bob", kata: "sgd", file: nil, verdict: .notAttempted, points: 0, maxPoints: 10,
        sentence: "Nothing was handed in."),
    ])

  private func object(_ value: some Encodable) throws -> [String: Any] {
    let data = try JSONEncoder().encode(value)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("CSV: a header, a line per row, cells that are no formulas, quotes doubled")
  func csv() {
    let lines = ClassCSV.document(result).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "student,kata,verdict,points,max_points,mistakes,sentence,file,seconds")
    #expect(lines[1] == "ada,adam,passed,15,15,,\"Passed, 1 check.\",ada/Adam.swift,0.25")
    #expect(lines[2].hasPrefix("ada,sgd,failed,6.66,10,ascends,\"a,b: \"\"c\"\" 100%"))
    #expect(lines[4].hasPrefix("'=bob,adam,does-not-compile,0,15,,It does not"))
    #expect(lines.count == 7)
  }

  @Test("JSON is read back as it was written")
  func json() throws {
    let data = try JSONEncoder.ofAnyNumber().encode(result)
    #expect(try JSONDecoder.ofAnyNumber().decode(ClassResult.self, from: data) == result)
  }

  @Test("JUnit is well-formed, with properties, and counts add up")
  func junit() throws {
    let document = JUnit.document(result)
    #expect(throws: Never.self) {
      try XMLReading.elements(of: document)
    }
    let elements = try XMLReading.elements(of: document)
    let suites = elements.filter { $0.name == "testsuite" }
    #expect(suites.map { $0.attributes["tests"] } == ["1", "3", "1", "1"])
    #expect(suites.map { $0.attributes["failures"] } == ["0", "1", "1", "1"])
    let properties = elements.filter { $0.name == "property" }
    #expect(properties.count == 4 * 8)
    #expect(
      properties.filter { $0.attributes["name"] == "points" }
        .map { $0.attributes["value"] } == ["15", "6.66", "0", "0"])
  }

  @Test("JUnit: who has not passed is not green, even where nothing was asked")
  func notAttempted() throws {
    let row = ClassResult.Row(
      student: "eve", kata: "sgd", file: "eve/SGD.swift", verdict: .notAttempted, points: 0,
      maxPoints: 10, checks: [CheckResult(name: "shapes", status: .skipped)],
      sentence: "Not attempted.")
    let elements = try XMLReading.elements(
      of: JUnit.document(ClassResult(seed: 7, katas: result.katas, rows: [row])))
    let suite = try #require(elements.first { $0.name == "testsuite" }).attributes
    let counts = ["tests", "failures", "errors", "skipped"].map { suite[$0] }
    #expect(counts == ["2", "1", "0", "1"])
    #expect(elements.first { $0.name == "failure" }?.attributes["message"] == "Not attempted.")
  }

  @Test("Gradescope: the fields of its specification, and no others")
  func gradescope() throws {
    let object = try object(GradescopeResults(result.rows(of: "ada")))
    #expect(
      Set(object.keys) == [
        "score", "execution_time", "output", "output_format", "visibility", "stdout_visibility",
        "tests", "leaderboard",
      ])
    #expect(object["score"] as? Double == 21.66)
    // Students read it: a seed that they know could be answered by heart.
    #expect(object["output"] as? String == "1 of 2 katas passed.")
    #expect(object["execution_time"] as? Int == 1)
    #expect(object["output_format"] as? String == "md")
    #expect(object["stdout_visibility"] as? String == "hidden")
    let tests = try #require(object["tests"] as? [[String: Any]])
    #expect(
      tests.allSatisfy {
        Set($0.keys) == [
          "name", "number", "score", "max_score", "status", "output", "output_format", "tags",
          "visibility",
        ]
      })
    #expect(tests.map { $0["status"] as? String } == ["passed", "failed"])
    #expect(tests.map { $0["max_score"] as? Double } == [15, 10])
    #expect(tests[1]["tags"] as? [String] == ["ascends"])
    let output = try #require(tests[1]["output"] as? String)
    #expect(output.contains(#"\<b\>\*x\*\</b\> \&"#))
    #expect(!output.contains("\u{1B}"))
    let leaderboard = try #require(object["leaderboard"] as? [[String: Any]])
    #expect(leaderboard.map { $0["name"] as? String } == ["Points", "Katas passed"])
  }

  @Test("Classroom 50: whole points, no more than there are, and every text there")
  func classroom50() throws {
    let environment = [
      "CLASSROOM": "nn", "ASSIGNMENT": "week-3", "OWNER": "ada", "SUBMISSION_TAG": "submit/1",
      "COMMIT_URL": "https://c", "RELEASE_URL": "https://r", "REVIEW_URL": "",
    ]
    for environment in [environment, [:]] {
      let object = try object(
        Classroom50Result(
          result.rows(of: "ada"), student: "ada", environment: environment,
          now: Date(timeIntervalSince1970: 0)))
      #expect(object["schema"] as? String == "classroom50/result/v1")
      let texts = [
        "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release",
        "review", "datetime",
      ]
      #expect(Set(object.keys) == Set(texts + ["schema", "score", "max-score", "tests"]))
      for field in texts { #expect((object[field] as? String)?.isEmpty == false) }
      #expect((object["submission"] as? String)?.hasPrefix("submit/") == true)
      #expect(object["datetime"] as? String == "1970-01-01T00:00:00Z")
      let tests = try #require(object["tests"] as? [[String: Any]])
      #expect(tests.map { $0["test-name"] as? String } == ["adam", "sgd"])
      #expect(tests.map { $0["passed"] as? Bool } == [true, false])
      #expect(tests.map { $0["score"] as? Int } == [15, 6])
      #expect(tests.map { $0["max-score"] as? Int } == [15, 10])
      #expect(object["score"] as? Int == 21)
      #expect(object["max-score"] as? Int == 25)
    }
  }

  @Test("exercism: version 2, an error only where no test ran")
  func exercism() throws {
    let objects = try result.rows.map { try object(ExercismResults($0)) }
    #expect(objects.map { $0["version"] as? Int } == [2, 2, 2, 2])
    #expect(objects.map { $0["status"] as? String } == ["pass", "fail", "error", "error"])
    #expect(objects.map { $0["message"] is String } == [false, false, true, true])
    let tests = try #require(objects[1]["tests"] as? [[String: Any]])
    #expect(tests.map { $0["status"] as? String } == ["pass", "fail", "error"])
    #expect(tests.allSatisfy { $0["name"] is String && $0["test_code"] is String })
    #expect(objects[2]["tests"] is [Any])
  }

  @Test("GitHub: one line each, escaped, and ten at most")
  func github() {
    let lines = GitHubAnnotations.document(result, folder: "week3").split(separator: "\n")
    #expect(
      lines == [
        "::error file=week3/ada/SGD.swift,line=4,title=ada%3A sgd::a,b: \"c\" 100%25%0D%0Ad | <b>*x*</b> & \u{1B}[2J",
        "::error file=week3/b%2Cb/Adam.swift,line=9,title==bob%3A adam::It does not compile: no 'x'",
      ])
    let many = ClassResult(
      seed: 1, katas: result.katas,
      rows: (0..<31).map {
        .init(
          student: "\($0)", kata: "sgd", file: "f", verdict: .failed, points: 0, maxPoints: 10,
          sentence: "no")
      })
    let ten = GitHubAnnotations.document(many, folder: nil).split(separator: "\n")
    #expect(ten.count == 10)
    #expect(ten.last == "::error title=katas::22 more did not pass.")
  }

  @Test("parts of a class make the whole again, and only those", arguments: [1, 2, 3])
  func merge(count: Int) throws {
    let rows = (0..<7).flatMap { student in
      result.katas.map {
        ClassResult.Row(
          student: "s\(student)", kata: $0.kata, file: nil, verdict: .passed, points: 1,
          maxPoints: 1, sentence: "")
      }
    }
    let whole = ClassResult(seed: 7, katas: result.katas, rows: rows)
    let parts = try (1...count).map { number in
      let shard = try #require(Shard(number: number, count: count))
      return (
        "\(number)",
        ClassResult(
          seed: 7, katas: result.katas, shard: shard,
          rows: rows.filter { shard.has(Int($0.student.dropFirst()) ?? 0) })
      )
    }
    #expect(try ClassMerge.merged(parts.reversed()) == whole)
    if count > 1 {
      #expect(throws: ClassMerge.Obstacle.missing([1], of: count)) {
        try ClassMerge.merged(Array(parts.dropFirst()))
      }
    }
    #expect(throws: ClassMerge.Obstacle.twice(student: "s0")) {
      try ClassMerge.merged(parts + parts)
    }
    #expect(throws: ClassMerge.Obstacle.otherSeeds([7, 8])) {
      try ClassMerge.merged(parts + [("x", ClassResult(seed: 8, katas: result.katas, rows: []))])
    }
    #expect(throws: ClassMerge.Obstacle.otherKatas("x")) {
      try ClassMerge.merged(parts + [("x", ClassResult(seed: 7, katas: [], rows: []))])
    }
  }

  @Test(
    "a folder for a student is a folder, whatever the student is called",
    arguments: [
      ("Ada", "Ada"), ("../../x", "_.._.._x"), ("", "_"), ("a\u{1B}b", "ab"), (".", "_."),
    ])
  func folders(student: String, folder: String) {
    #expect(GradeCommand.folderName(student) == folder)
  }
}
