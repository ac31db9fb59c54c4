import Exam
import Grading
import KataKit

/// The handwritten digits of Alpaydin & Kaynak 1998, 8 × 8 pixels.
enum Digits {
  /// 1,797 × 64, from 0 (blank) to 1.
  static let all: Examples = {
    var (pixels, labels) = ([Double](), [Int]())
    images.withUTF8Buffer { text in
      for line in text.split(separator: UInt8(ascii: "\n")) {
        for (place, character) in line.enumerated() {
          if place == 0 {
            labels.append(Int(character) - 48)
          } else {
            pixels.append(Double(character - UInt8(ascii: "a")) / 16)
          }
        }
      }
    }
    return Examples(
      inputs: Matrix(rows: labels.count, columns: 64, elements: pixels), labels: labels)
  }()

  /// The labels of some of the images; no two are alike.
  static func labels(of inputs: Matrix) -> [Int?] {
    let known = Dictionary(
      uniqueKeysWithValues: all.labels.indices.map { (all.inputs.row($0).elements, all.labels[$0]) }
    )
    return (0..<inputs.rows).map { known[inputs.row($0).elements] }
  }

  /// 1,200 to learn from and the other 597 to be tested on.
  static func split(
    using generator: inout FixtureGenerator
  ) -> (training: Examples, test: Examples) {
    let order = all.labels.indices.shuffled(using: &generator)
    return (all.gathered(order[..<1200]), all.gathered(order[1200...]))
  }
}
