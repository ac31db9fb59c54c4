import Grading
import KataKit
import Numerics

/// One question with its answer: what was given, what came of it, what should have, and where they differ.
struct QuestionText {
  let record: QuestionRecord
  let style: Style

  var text: String {
    let id = record.question
    let about = "\(record.checks.joined(separator: ", ")): \(id.probe), seed \(id.seed)"
    return
      ([
        "  " + style.paint(style.wrap("Question of \(about)", indent: 2), .strong), given, answers,
        pasted,
      ])
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: What was given

  private var given: String {
    let leaves = FixtureValue(record.fixture).leaves("")
    return "  " + style.paint("given", .strong) + "\n\n"
      + leaves.map(leaf).joined(separator: "\n\n")
  }

  private func leaf(_ path: String, _ value: FixtureValue) -> String {
    guard case .matrix(let matrix) = value else {
      return "  \(path) = \(style.wrap(value.swift, indent: 6, start: path.count + 5))"
    }
    return "  \(path) \(matrix.shape)\n"
      + MatrixTable(rows: matrix.rows, columns: matrix.columns, style: style)
      .lines([.init("", matrix)]).dropFirst(matrix.isEmpty ? 0 : 1).joined(separator: "\n")
  }

  // MARK: What came of it

  private var answers: String {
    guard let judged = record.judged else {
      return "  It came to no answer. Expected:\n\n"
        + record.expected.map { block in
          "  \(block.name) \(block.value.shape)\n" + alone(block)
        }.joined(separator: "\n\n")
    }
    var parts: [String] = []
    var right: [String] = []
    for expected in record.expected {
      guard let yours = judged.first(where: { $0.name == expected.name }) else {
        parts.append(
          "  \(expected.name) \(expected.value.shape) is missing. Expected:\n" + alone(expected))
        continue
      }
      guard let wrong = yours.differences(from: expected) else {
        parts.append(
          "  \(expected.name) is \(yours.value.shape), expected \(expected.value.shape)\n"
            + alone(yours, title: "yours") + "\n\n" + alone(expected, title: "expected"))
        continue
      }
      if wrong.isEmpty {
        right.append(expected.name)
      } else {
        parts.append(comparison(yours, expected, wrong))
      }
    }
    let extra = judged.filter { one in !record.expected.contains { $0.name == one.name } }
    parts += extra.map { "  \($0.name) \($0.value.shape) is one too many.\n" + alone($0) }
    if !right.isEmpty {
      let verb = right.count == 1 ? "is" : "are"
      parts.append(
        "  "
          + style.paint(
            style.wrap("\(right.joined(separator: ", ")) \(verb) right.", indent: 2), .good))
    }
    return parts.joined(separator: "\n\n")
  }

  private func alone(_ block: Block, title: String = "") -> String {
    let lines = MatrixTable(
      rows: block.value.rows, columns: block.value.columns, style: style
    ).lines([.init(title, block.value)])
    return lines.dropFirst(title.isEmpty && !block.value.isEmpty ? 1 : 0).joined(separator: "\n")
  }

  private func comparison(_ yours: Block, _ expected: Block, _ wrong: [Int]) -> String {
    let columns = expected.value.columns
    let places = Set(wrong)
    func isWrong(_ row: Int, _ column: Int) -> Bool { places.contains(row * columns + column) }
    func tone(_ row: Int, _ column: Int) -> Style.Tone? { isWrong(row, column) ? .bad : nil }
    let count = expected.value.count
    let counted =
      count == 1 ? "" : wrong.count == count ? ", all wrong" : ", \(wrong.count) of \(count) wrong"
    let table = MatrixTable(
      rows: expected.value.rows, columns: columns, style: style,
      wanted: wrong.map { ($0 / columns, $0 % columns) })
    let difference = MatrixTable.Column("difference", tone: tone) { row, column in
      guard isWrong(row, column) else { return "·" }
      if case .between(let range, _) = expected.acceptance, range.lowerBound < range.upperBound {
        return
          "not in \(Numbers.brief(range.lowerBound, digits: 3))…\(Numbers.brief(range.upperBound, digits: 3))"
      }
      return Numbers.brief(yours.value[row, column] - expected.value[row, column], digits: 4)
    }
    let lines = table.lines([
      .init("yours", yours.value, tone: tone), .init("expected", expected.value), difference,
    ])
    return "  \(expected.name) \(expected.value.shape)\(counted)\n"
      + (lines + HeatMap(style: style).lines(yours.value, expected.value)).joined(separator: "\n")
  }

  // MARK: As Swift

  private var pasted: String {
    let expected = record.expected.map {
      "let expected\(Self.identifier($0.name)) = \(FixtureValue.swift($0.value))"
    }
    let lines = ["import KataKit", ""] + FixtureValue(record.fixture).declarations + expected
    return "  " + style.paint("to paste", .strong) + "\n\n" + lines.joined(separator: "\n")
  }

  /// "step 1: θ₁" as the rest of a name: "_step_1_θ₁".
  private static func identifier(_ name: String) -> String {
    "_" + name.split { !($0.isLetter || $0.isNumber || $0 == "_") }.joined(separator: "_")
  }
}
