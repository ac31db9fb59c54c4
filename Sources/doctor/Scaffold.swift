import Exam
import Foundation
import Grading
import Workshop

/// Lays the pages of a new kata: they compile, and `doctor` says of each what is still to be written.
struct Scaffold {
  /// Stands in every page until somebody has written it.
  static let mark = "To write:"

  enum Refusal: Error, Equatable {
    case badName(String)
    case badType(String)
    case noTrack(String)
    case exists(path: String)
    case noPlace(path: String, line: String)
  }

  let name: String
  let type: String
  let track: Track

  init(name: String, type: String, track: String) throws(Refusal) {
    guard name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil else { throw .badName(name) }
    guard type.wholeMatch(of: /[A-Z][A-Za-z0-9]*/) != nil else { throw .badType(type) }
    guard let track = Track(rawValue: track) else { throw .noTrack(track) }
    (self.name, self.type, self.track) = (name, type, track)
  }

  /// The room of the track, the same in every module: `Neuron`.
  private var room: String { track.rawValue.prefix(1).uppercased() + track.rawValue.dropFirst() }

  /// `rmsNorm` for the type `RMSNorm`.
  private var variable: String {
    let capitals = type.prefix { $0.isUppercase || $0.isNumber }
    let count = capitals.count == type.count ? type.count : max(1, capitals.count - 1)
    return type.prefix(count).lowercased() + type.dropFirst(count)
  }

  /// Writes what is not there yet, and puts the kata last in the lists.
  ///
  /// - Returns: the paths of what was written or changed, in the order in which they are best read.
  func lay(in project: Project) throws -> [String] {
    let manager = FileManager.default
    for (path, _) in pages {
      let url = project.root.appending(path: path)
      guard !manager.fileExists(atPath: url.path) else { throw Refusal.exists(path: path) }
    }
    let lists = try lists.map { list in
      let text = try project.root.appending(path: list.path).pageText()
      guard let place = text.range(of: list.before, options: .backwards) else {
        throw Refusal.noPlace(path: list.path, line: list.before)
      }
      return (list.path, text.replacingCharacters(in: place, with: list.line + list.before))
    }
    for (path, text) in pages + lists {
      let url = project.root.appending(path: path)
      try manager.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .atomic)
    }
    return (pages + lists).map(\.0)
  }

  /// Where the kata is listed: a line, before the last place at which something stands.
  private var lists: [(path: String, line: String, before: String)] {
    [
      ("Sources/Exam/Exams.swift", "    \(type)Exam.self,\n", "  ]\n\n"),
      ("Sources/AnswerKey/Catalogue/Catalogue.swift", "    \(type)Suite.self,\n", "  ])"),
      ("Tests/Variants/CorrectAnswers.swift", "    \(variable),\n", "  ]\n\n"),
    ]
  }

  private var pages: [(String, String)] {
    [
      ("Sources/KataKit/Katas/\(type).swift", requirement),
      ("solutions/\(name)/\(type).swift", solution),
      ("Sources/Exam/\(room)/\(type).swift", exam),
      ("Sources/AnswerKey/\(room)/\(type).swift", suite),
      ("Sources/AnswerKey/\(room)/\(type)+Mistakes.swift", mistakes),
      ("Tests/Variants/\(type)Variants.swift", variants),
      ("katas/\(name)/\(type).swift", stub),
      ("katas/\(name)/README.md", statement),
      ("katas/\(name)/hints.md", hints),
      ("katas/\(name)/questions.md", questions),
    ]
  }
}

// MARK: Pages

extension Scaffold {
  private var requirement: String {
    """
    /// \(Self.mark) what it is, with formula, shapes, edge cases and source: the contract.
    public protocol \(type)Kata {
      init()

      /// \(Self.mark) Y, n × m.
      func value(of inputs: Matrix) -> Matrix
    }

    """
  }

  private var solution: String {
    """
    import KataKit

    // \(Self.mark) to be read; what stands between the markers is cut from the stub.
    struct \(type): \(type)Kata {
      func value(of inputs: Matrix) -> Matrix {
        // solution:begin
        inputs
        // solution:end
      }
    }

    """
  }

  private var stub: String {
    solution.replacing(
      /( *)\/\/ solution:begin\n.*\n *\/\/ solution:end/, with: { "\($0.output.1)todo()" })
  }

  private var exam: String {
    """
    package import KataKit

    // \(Self.mark) what is sent, and which calls are made with it. Nothing here may know what is right.
    package enum \(type)Exam: Exam {
      package typealias Script = Whole

      package struct Fixture: Codable, Sendable {
        package let inputs: Matrix

        package init(inputs: Matrix) { self.inputs = inputs }
      }

      package static let name = "\(name)"
      package static let type = "\(type)"

      package static func subject(of type: any Any.Type) -> (any \(type)Kata)? {
        (type as? any \(type)Kata.Type)?.init()
      }

      package static func answer(
        of subject: any \(type)Kata, to script: Script, on fixture: Fixture
      ) -> [Part] {
        [Part("value", subject.value(of: fixture.inputs), axes: "as inputs")]
      }
    }

    """
  }

  private var suite: String {
    """
    package import Exam
    package import Grading
    import KataKit
    package import Numerics

    package enum \(type)Suite: Suite {
      package typealias Paper = \(type)Exam

      package static let kata = Kata(
        Paper.self, title: "\(Self.mark) half a line", track: .\(track.rawValue), minutes: 10)

      // \(Self.mark) shapes first, then the reference in named parts, the numerical gradient where
      // there is one, edge cases and properties last. All sizes differ and none is 1 or 2, but in cases
      // of their own.
      package static var checks: [Check<Self>] {
        [.shapes(on: general), .reference(on: general)]
      }

      private static let general = Case<Fixture>("value") { generator in
        let sizes = generator.sizes(2)
        return Fixture(
          inputs: .normal(rows: sizes[0], columns: sizes[1], using: &generator))
      }
    }

    """
  }

  private var mistakes: String {
    """
    package import Grading
    package import KataKit

    // \(Self.mark) what people get wrong, each at its site, under the line that it replaces.
    extension \(type)Suite {
      package static let mistakes = MistakeCatalogue(at: [values])

      package static func reference(at: Computation<Self>) -> any \(type)Kata {
        Faulty\(type)(at: at)
      }
    }

    /// The kata that can make any of the mistakes on purpose. It must not trap for any set of them.
    private struct Faulty\(type): \(type)Kata {
      var at = Computation<\(type)Suite>()

      func value(of inputs: Matrix) -> Matrix { at(values, inputs) }
    }

    private let values = Site<Matrix, Matrix>("value") {
      $0
    } mistakes: {
      Mistake("sign-flipped", "Your value has the opposite sign.") { -$0 }
    }

    """
  }

  private var variants: String {
    """
    import KataKit

    extension CorrectAnswers {
      // \(Self.mark) at least four that differ from the solution in structure, and are right.
      static let \(variable) = CorrectAnswers(kata: "\(name)", variants: [])
    }

    """
  }

  private var statement: String {
    """
    # \(name)

    *10 minutes · \(track.rawValue) · write `\(type).swift`*

    \(Self.mark) what to write, and why an interviewer asks it.

    ## The mathematics

    ## Shapes

    | what | shape |
    |---|---|

    ## Pinned down

    ## Provided

    ## In PyTorch

    """
  }

  private var hints: String {
    """
    ## The idea

    \(Self.mark) the idea, in words.

    ## The equations

    ## The lines

    """
  }

  private var questions: String {
    """
    # questions

    ## \(Self.mark) four or more of these?

    A model answer, short enough to say out loud.

    - what must be in any answer

    """
  }
}

// MARK: What is left

extension Scaffold {
  /// The pages of a kata that nobody has written yet.
  static func unwritten(_ kata: Kata, in project: Project) throws -> [String] {
    let room = kata.track.rawValue.prefix(1).uppercased() + kata.track.rawValue.dropFirst()
    let (name, type) = (kata.name, kata.type)
    return [
      "Sources/KataKit/Katas/\(type).swift", "solutions/\(name)/\(type).swift",
      "Sources/Exam/\(room)/\(type).swift", "Sources/AnswerKey/\(room)/\(type).swift",
      "Sources/AnswerKey/\(room)/\(type)+Mistakes.swift", "Tests/Variants/\(type)Variants.swift",
      "katas/\(name)/\(type).swift", "katas/\(name)/README.md", "katas/\(name)/hints.md",
      "katas/\(name)/questions.md",
    ].filter { path in
      guard let data = FileManager.default.contents(atPath: project.root.appending(path: path).path)
      else { return false }
      return String(decoding: data, as: UTF8.self).contains(mark)
    }
  }
}
