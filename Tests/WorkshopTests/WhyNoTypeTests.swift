import Testing
import Workshop

@Suite("Why there is no type to judge")
struct WhyNoTypeTests {
  private static let wanted = "struct Backprop: BackpropKata"

  private func sentence(_ source: String) -> String {
    WhyNoType.sentence(type: "Backprop", requirement: "BackpropKata", source: Array(source.utf8))
  }

  @Test(
    "the sentence says what is there",
    arguments: [
      ("import KataKit\n", "There is no type Backprop in it. The grader looks for: "),
      (
        "// struct Backprop\nlet s = \"struct Backprop {\"\n/* /* */ struct Backprop */",
        "There is no type Backprop in it. The grader looks for: "
      ),
      (
        "let s = #\"\"\" \n struct Backprop { \\ \"\"\" \n\"\"\"#\n",
        "There is no type Backprop in it. The grader looks for: "
      ),
      (
        "\nstruct BackProp: BackpropKata {}",
        "There is no type Backprop in it, only a struct BackProp (line 2). The grader looks for: "
      ),
      (
        "class Bakcprop {}",
        "There is no type Backprop in it, only a class Bakcprop (line 1). The grader looks for: "
      ),
      (
        "struct Mine {}\ntypealias Backprop = Mine",
        "Backprop is a typealias (line 2). The grader needs the type itself: "
      ),
      (
        "struct Backprop<T>: BackpropKata {}",
        "Backprop is generic (line 1), and the grader cannot choose its parameters. It looks for: "
      ),
      (
        "enum Outer {\n  struct Backprop: BackpropKata {}\n}",
        "Backprop is declared inside enum Outer (line 2). Move it to the top level of the file: "
      ),
      (
        "import struct Foundation.Date\nextension A { func f() { struct Backprop {} } }",
        "Backprop is declared inside a function (line 2). Move it to the top level of the file: "
      ),
      (
        "#if DEBUG\nstruct Backprop: BackpropKata {}\n#endif",
        "Backprop is declared inside an #if (line 2) that does not hold. Take it out of there: "
      ),
      (
        "fileprivate struct Backprop: BackpropKata {}",
        "Backprop is fileprivate (line 1), so the grader cannot see it. Remove that word: "
      ),
      (
        "private let x = 1\nstruct `Backprop` {}",
        "Backprop does not conform to BackpropKata (line 2). The grader looks for: "
      ),
      ("protocol Backprop {}", "Backprop is a protocol (line 1). The grader needs a type: "),
    ])
  func sentences(source: String, beginning: String) {
    #expect(sentence(source) == beginning + Self.wanted)
  }

  @Test("one in a test bench does not hide the one that is meant")
  func two() {
    #expect(
      sentence("enum A { struct Backprop {} }\nprivate struct Backprop: BackpropKata {}")
        .hasPrefix("Backprop is private (line 2)"))
  }

  @Test(
    "no text is too strange",
    arguments: ["", "\"", "\"\"\"", "/*", "#", "struct", "struct Backprop", "}}}", "\\", "#\"\\"])
  func strange(source: String) {
    #expect(sentence(source).hasSuffix(Self.wanted))
  }
}
