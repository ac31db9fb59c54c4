import Grading
import Workshop

/// The hints of a kata, from the idea to the lines.
struct Hints {
  /// Each with its heading.
  let texts: [String]

  init(of kata: Kata, in project: Project) throws(HarnessError) {
    texts = try project.hints(kata).pageText().split(separator: "## ").map { section in
      String(section.reversed().drop(while: \.isWhitespace).reversed())
    }
  }
}
