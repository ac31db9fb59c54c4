import Foundation
import Grading
import Practice
import Testing
import Workshop

@testable import GradeCommand

@Suite("Pictures made of letters")
struct PictureTests {
  private let letters = PictureText(style: Style(isColored: false, width: 40))
  private let plain = PictureText(style: Style(isColored: false, width: 40, isPlain: true))

  /// Lines end where the last letter is, so that no editor changes this file.
  private func trimmed(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " || $0 == "\u{2800}" }.reversed())
    }.joined(separator: "\n")
  }

  private func bell(_ bin: Int) -> Double {
    let x = Double(bin - 8) / 3
    return exp(-x * x / 2) / 7.5
  }

  @Test("a curve falls from its first value to its last")
  func curve() {
    let picture = Picture.curve(
      title: "loss", series: [.init("loss", (0..<50).map { exp(-Double($0) / 10) })])
    #expect(
      trimmed(letters.text(picture)) == """
          loss
                1 ┤⢹⡀
                  ┤⠀⢳⡀
                  ┤⠀⠀⢳⡀
                  ┤⠀⠀⠀⠳⡄
                  ┤⠀⠀⠀⠀⠙⢦
                  ┤⠀⠀⠀⠀⠀⠈⠙⢦⡀
                  ┤⠀⠀⠀⠀⠀⠀⠀⠀⠉⠓⠦⣄⡀
          0.00745 ┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠉⠉⠓⠒⠲⠤⠤⠤⠤⢤⣀⣀⣀⣀⣀⣀
                   1                         50
          loss 1 → 0.00745
        """)
    #expect(
      trimmed(plain.text(picture)) == """
          loss
                1 |**
                  | **
                  |  **
                  |   **
                  |    **
                  |     ****
                  |        *****
          0.00745 |            ****************
                   1                         50
          loss 1 → 0.00745
        """)
  }

  @Test("two curves have two strokes, and a legend says which is which")
  func strokes() {
    let picture = Picture.curve(
      title: "loss",
      series: [
        .init("yours", (0..<50).map { exp(-Double($0) / 10) }),
        .init("expected", (0..<50).map { exp(-Double($0) / 5) }),
      ])
    #expect(
      trimmed(plain.text(picture)) == """
          loss
                1 |**
                  |o**
                  | o**
                  | o **
                  |    ***
                  |    o ***
                  |    oo  *****
          5.55e-5 |        oo  ****************
                   1                         50
          ** yours 1 → 0.00745, oo expected 1 →
          5.55e-5
        """)
    let colored = PictureText(style: Style(isColored: true, width: 80)).text(picture)
    #expect(colored.contains("\u{1B}[36m──\u{1B}[0m yours 1 → 0.00745"))
    #expect(colored.contains("\u{1B}[33m╌╌\u{1B}[0m expected 1 → 5.55e-5"))
  }

  @Test("the examples stand on the plane, wherever it is cut")
  func marks() {
    let picture = Picture.plane(
      title: "xor",
      values: (0..<12).map { row in (0..<24).map { (row < 6) == ($0 < 12) ? 0.1 : 0.9 } },
      boundary: 0.5,
      marks: [
        .init(x: 0.25, y: 0.25, isAbove: false), .init(x: 0.75, y: 0.25, isAbove: true),
        .init(x: 0.25, y: 0.75, isAbove: true), .init(x: 0.75, y: 0.75, isAbove: false),
      ])
    #expect(
      trimmed(plain.text(picture)) == """
          xor
          ............############
          ......0.....#####1######
          ............############
          ############............
          ######1#####.....0......
          ############............
          #: it says 1; 0 and 1: the examples
        """)
  }

  @Test("draws are bars, and a dot is as high as each should be")
  func distribution() {
    let picture = Picture.distribution(
      title: "weights", low: -3, high: 3, drawn: (0..<17).map { bell($0) * ($0 == 4 ? 1.5 : 1) },
      expected: (0..<17).map(bell))
    #expect(
      trimmed(letters.text(picture)) == """
          weights
                        ••••••
                      ••██████••
                      ██████████
                  ▇▇••██████████••
                  ••██████████████••
                  ██████████████████
              ••••██████████████████••••
          ••••██████████████████████████••••
          −3                               3
          bars: drawn; •: as it should be
        """)
    #expect(
      trimmed(plain.text(picture)) == """
          weights
                        oooooo
                      oo######oo
                      ##########
                  ##oo##########oo
                  oo##############oo
                  ##################
              oooo##################oooo
          oooo##########################oooo
          −3                               3
          bars: drawn; o: as it should be
        """)
  }

  @Test("two classes share the plane")
  func plane() {
    let picture = Picture.plane(
      title: "what the network says of the plane",
      values: (0..<12).map { row in (0..<24).map { (row < 6) == ($0 < 12) ? 0.1 : 0.9 } },
      boundary: 0.5)
    #expect(
      trimmed(letters.text(picture)) == """
          what the network says of the plane
          ············████████████
          ············████████████
          ············████████████
          ████████████············
          ████████████············
          ████████████············
        """)
    #expect(
      trimmed(plain.text(picture)) == """
          what the network says of the plane
          ............############
          ............############
          ............############
          ############............
          ############............
          ############............
        """)
  }

  @Test("what is not a number leaves a hole, and nothing traps")
  func nothingTraps() {
    for values in [[], [.nan], [.infinity, 1], [1], [2, 2, 2], [0, .nan, 1e308, -1e308]] {
      for text in [letters, plain] {
        #expect(
          !text.text(.curve(title: "t", series: [.init("s", values)])).isEmpty)
        #expect(
          !text.text(
            .distribution(title: "t", low: 0, high: 1, drawn: values, expected: values)
          ).isEmpty)
        #expect(!text.text(.plane(title: "t", values: [values], boundary: 0)).isEmpty)
        let path = Picture.Path("p", values.map { .init(x: $0, y: 0.5) })
        #expect(!text.text(.bowl(title: "t", values: [values], paths: [path])).isEmpty)
      }
    }
  }

  @Test("no line is wider than the terminal", arguments: [40, 60, 100])
  func width(columns: Int) {
    let text = PictureText(style: Style(isColored: false, width: columns))
    let values = (0..<500).map { sin(Double($0) / 40) * 1e-7 }
    for picture in [
      Picture.curve(title: "t", series: [.init("s", values)]),
      .distribution(title: "t", low: -1, high: 1, drawn: values, expected: values),
      .plane(title: "t", values: [values, values, values], boundary: 0),
    ] {
      for line in text.text(picture).split(separator: "\n") { #expect(line.count <= columns) }
    }
  }

  @Test("what is no number comes through the report")
  func notANumber() throws {
    let picture = Picture.curve(
      title: "t", series: [.init("s", [1, .infinity, -.infinity])])
    let line = try JSONEncoder.ofAnyNumber().encode(picture)
    #expect(try JSONDecoder.ofAnyNumber().decode(Picture.self, from: line) == picture)
    let unreal = Picture.plane(title: "t", values: [[.nan]], boundary: 0)
    let bytes = try JSONEncoder.ofAnyNumber().encode(unreal)
    #expect(String(decoding: bytes, as: UTF8.self).contains("NaN"))
  }
}
