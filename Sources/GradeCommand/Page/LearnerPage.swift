import Grading
import Practice

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where a learner stands, as one page that needs nothing else.
struct LearnerPage {
  let overview: Overview
  let practice: PracticeRecord
  let catalogue: Catalogue
  let failed: [(kata: Kata, question: FailedQuestion)]
  let clock: WallClock
  let now: Date

  var text: String {
    Markup.document(title: "Where you stand", style: PageStyle.sheet, body)
  }

  private struct Section {
    let id: String
    let title: String
    let markup: Markup
  }

  private var sections: [Section] {
    let today = overview.today
    return [
      Section(id: "tracks", title: "By track", markup: TrackTable(overview: overview).markup),
      Section(
        id: "due", title: "Due",
        markup: DueCalendar(
          overview: overview, questions: practice.questions.values.map { clock.day(of: $0.due()) }
        ).markup),
      Section(
        id: "times", title: "Times",
        markup: TimeMultiples(katas: catalogue.katas, practice: practice).markup),
      Section(
        id: "mistakes", title: "Mistakes",
        markup: MistakeTable(
          katas: catalogue.katas, practice: practice, catalogue: catalogue, clock: clock,
          today: today
        ).markup),
      Section(id: "failed", title: "What failed last", markup: failures),
    ]
  }

  private var body: Markup {
    let sections = sections
    return Markup("body") {
      Markup("header") {
        Markup("h1") { "Where you stand" }
        Markup("p", ["class": "muted"]) { summary }
        if let command = overview.next.command {
          Markup("p") {
            "Next: "
            Markup("code") { "swift run \(command)" }
          }
        }
        Markup("nav", ["aria-label": "Sections"]) {
          Markup("ul") {
            for section in sections {
              Markup("li") { Markup("a", ["href": "#\(section.id)"]) { section.title } }
            }
          }
        }
      }
      Markup("main") {
        for section in sections {
          Markup("section", ["aria-labelledby": section.id]) {
            Markup("h2", ["id": section.id]) { section.title }
            section.markup
          }
        }
      }
      Markup("footer") {
        Markup("p") {
          "Written by grade report at \(clock.text(of: now)). The page loads nothing and sends nothing."
        }
      }
    }
  }

  private var summary: String {
    let passed = overview.lines.count { $0.passes > 0 }
    let drilled = overview.lines.count { $0.isDrilled }
    return [
      "\(overview.today)", "\(passed) of \(overview.lines.count) katas passed",
      "\(drilled) drilled", "\(overview.due.count) due",
      overview.streak > 0 ? "\(Figures.count(overview.streak, "day")) in a row" : nil,
    ].compactMap(\.self).joined(separator: " · ")
  }

  private func right(_ names: [String]) -> [Markup] {
    names.isEmpty
      ? []
      : [
        Markup("p", ["class": "good"]) {
          "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") right."
        }
      ]
  }

  private var failures: Markup {
    guard !failed.isEmpty else {
      return Markup("p", ["class": "muted"]) { "No attempt stands failed." }
    }
    return .joined(
      failed.map { kata, question in
        Markup("article") {
          Markup("h3") { kata.title }
          Markup("p", ["class": "muted"]) {
            "\(kata.name) · \(question.check) · \(clock.text(of: question.time)) · seed \(question.seed)"
          }
          for sentence in question.sentences { Markup("p") { sentence } }
          for comparison in question.comparisons where comparison.wrongCount > 0 {
            ComparisonMarkup(comparison: comparison).markup
          }
          right(question.comparisons.filter { $0.wrongCount == 0 }.map(\.name))
          for picture in question.pictures { PictureChart(picture: picture).markup }
        }
      })
  }
}
