import Grading
import Practice

/// A class as one page: what goes wrong most, who passed what, and what each student reads.
struct ClassHTML {
  let result: ClassResult
  /// When it was graded, as the page says it.
  let time: String

  private static let mostMistakes = 15

  var text: String {
    Markup.document(title: "The class", style: PageStyle.sheet, body)
  }

  private var body: Markup {
    Markup("body") {
      Markup("header") {
        Markup("h1") { "The class" }
        Markup("p", ["class": "muted"]) { summary }
        Markup("nav", ["aria-label": "Sections"]) {
          Markup("ul") {
            for (id, title) in Self.sections {
              Markup("li") { Markup("a", ["href": "#\(id)"]) { title } }
            }
          }
        }
      }
      Markup("main") {
        section(0) { mistakes }
        section(1) { table }
        section(2) { students }
      }
      Markup("footer") {
        Markup("p") {
          "Written by grade class at \(time), seed \(result.seed). The page loads nothing and sends nothing."
        }
      }
    }
  }

  private static let sections = [
    ("mistakes", "What goes wrong most"), ("points", "Who passed what"),
    ("students", "What each student reads"),
  ]

  private func section(_ index: Int, _ content: () -> Markup) -> Markup {
    let (id, title) = Self.sections[index]
    return Markup("section", ["aria-labelledby": id]) {
      Markup("h2", ["id": id]) { title }
      content()
    }
  }

  private var summary: String {
    let passed = result.rows.count { $0.verdict == .passed }
    let handedIn = result.rows.count { $0.file != nil }
    return [
      Figures.count(result.students.count, "student"), Figures.count(result.katas.count, "kata"),
      "\(passed) of \(Figures.count(handedIn, "attempt")) passed",
      result.shard.map { "shard \($0)" },
    ].compactMap(\.self).joined(separator: " · ")
  }

  // MARK: Mistakes

  private var mistakes: Markup {
    let made = result.mistakes
    guard !made.isEmpty else {
      return Markup("p", ["class": "muted"]) { "No mistake was named." }
    }
    return Markup("div", ["class": "scroll"]) {
      Markup("table", ["class": "rows"]) {
        if made.count > Self.mostMistakes {
          Markup("caption") { "The first \(Self.mostMistakes) of \(made.count)" }
        }
        Markup("thead") { head(["mistake", "kata", "students", ""], number: "students") }
        Markup("tbody") {
          for mistake in made.prefix(Self.mostMistakes) {
            Markup("tr") {
              Markup("td") { mistake.sentence }
              Markup("td") { mistake.kata }
              Markup("td", ["class": "number"]) { "\(mistake.students)" }
              Markup("td") { bar(mistake.students, of: result.students.count) }
            }
          }
        }
      }
    }
  }

  /// The titles of columns; `number` is over numbers.
  private func head(_ titles: [String], number: String? = nil) -> Markup {
    Markup("tr") {
      for title in titles {
        Markup("th", ["scope": "col", "class": title == number ? "number" : nil]) { title }
      }
    }
  }

  private func bar(_ count: Int, of all: Int) -> Markup {
    let plot = Plot(
      width: 120, height: 12, x: 0...Double(max(1, all)), y: 0...1, margin: (left: 0, below: 0))
    return plot.drawing("\(count) of \(all)", "") {
      Markup(
        "rect",
        [
          "class": "bar", "x": "0", "y": "2", "height": "8",
          "width": Plot.written(plot.across(Double(count))),
        ])
    }
  }

  // MARK: Points

  private var table: Markup {
    let legend =
      "✓ passed, ✗ not passed, and the points; – not attempted"
      + (result.isComplete ? "" : "; ? could not be graded: grade it again")
    return .joined([
      Markup("p", ["class": "muted", "id": "legend"]) { legend },
      Markup("div", ["class": "scroll"]) { points },
    ])
  }

  private var points: Markup {
    Markup("table", ["class": "rows", "aria-describedby": "legend"]) {
      Markup("thead") {
        head(["student"] + result.katas.map(\.kata) + ["points"], number: "points")
      }
      Markup("tbody") {
        for student in result.students {
          Markup("tr") {
            Markup("th", ["scope": "row"]) { student }
            for worth in result.katas { cell(student, worth.kata) }
            Markup("td", ["class": "number"]) {
              "\(Points.text(result.points(of: student))) of \(Points.text(result.maxPoints))"
            }
          }
        }
        Markup("tr") {
          Markup("th", ["scope": "row"]) { "passed" }
          for worth in result.katas {
            Markup("td") { "\(result.passes(of: worth.kata)) of \(result.students.count)" }
          }
          Markup("td")
        }
      }
    }
  }

  private func cell(_ student: String, _ kata: String) -> Markup {
    guard let row = result.rows(of: student).first(where: { $0.kata == kata }) else {
      return Markup("td")
    }
    let sign =
      switch row.verdict {
      case .passed: "✓"
      case .notAttempted: "–"
      case .notGraded: "?"
      case .failed, .crashed, .doesNotCompile, .timedOut: "✗"
      }
    return Markup("td", ["class": "point", "title": row.sentence]) {
      Markup("span", ["class": color(row.verdict), "aria-hidden": "true"]) { "\(sign) " }
      Markup("span", ["class": "only-read"]) { row.verdict.words }
      if row.verdict != .notAttempted { Markup("small") { Points.text(row.points) } }
    }
  }

  private func color(_ verdict: ClassVerdict) -> String {
    switch verdict {
    case .passed: "good"
    case .notAttempted, .notGraded: "muted"
    case .failed, .crashed, .doesNotCompile, .timedOut: "bad"
    }
  }

  // MARK: Students

  private var students: Markup {
    .joined(
      result.students.map { student in
        let rows = result.rows(of: student).filter { $0.file != nil }
        let passed = rows.count { $0.verdict == .passed }
        return Markup("details") {
          Markup("summary") { "\(student): \(passed) of \(rows.count) passed" }
          Markup("table", ["class": "rows"]) {
            Markup("thead") { head(["kata", "verdict", "what it says", "file"]) }
            Markup("tbody") {
              for row in rows {
                Markup("tr") {
                  Markup("th", ["scope": "row"]) { row.kata }
                  Markup("td", ["class": color(row.verdict)]) { row.verdict.words }
                  Markup("td") { row.sentence }
                  Markup("td") {
                    (row.file ?? "") + (row.line.map { ":\($0)" } ?? "")
                  }
                }
              }
            }
          }
        }
      })
  }
}
