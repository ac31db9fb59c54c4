import Grading
import Practice

/// What is late, and what is due in the five weeks from this Monday, day by day.
struct DueCalendar {
  let overview: Overview
  /// When each question is due to be asked again.
  let questions: [CivilDay]

  private static let weeks = 5

  private var today: CivilDay { overview.today }

  /// The first of January 1970, a Thursday, has the number 0.
  private var monday: Int { today.number - ((today.number + 3) % 7 + 7) % 7 }

  private var isEmpty: Bool { overview.lines.allSatisfy { $0.due == nil } && questions.isEmpty }

  var markup: Markup {
    Markup("div") {
      if isEmpty {
        Markup("p", ["class": "muted"]) {
          "Nothing is due: what was drilled is asked again before it is forgotten."
        }
      } else {
        late
        calendar
        later
      }
    }
  }

  private var late: [Markup] {
    let late = overview.due.filter { ($0.due?.number ?? 0) < today.number }
    let asked = questions.count { $0.number < today.number }
    guard !late.isEmpty || asked > 0 else { return [] }
    return [
      Markup("p") { "Late, the longest first" },
      Markup("ul", ["class": "katas"]) {
        for line in late {
          Markup("li") {
            line.kata.name
            if let day = line.due {
              Markup("small", ["class": "late"]) { Figures.due(day, on: today) }
            }
          }
        }
        if asked > 0 { Markup("li") { Figures.count(asked, "question") } }
      },
    ]
  }

  private var later: [Markup] {
    let later = overview.lines.count { ($0.due?.number ?? 0) >= monday + Self.weeks * 7 }
    return later > 0
      ? [Markup("p", ["class": "muted"]) { "\(Figures.count(later, "kata")) later." }] : []
  }

  private var calendar: Markup {
    Markup("table", ["class": "month"]) {
      Markup("caption") { "Due by day" }
      Markup("tr") {
        for name in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] {
          Markup("th", ["scope": "col"]) { name }
        }
      }
      for week in 0..<Self.weeks {
        Markup("tr") { for day in 0..<7 { cell(monday + week * 7 + day) } }
      }
    }
  }

  private func cell(_ number: Int) -> Markup {
    let day = CivilDay(number: number)
    let (isToday, isPast) = (number == today.number, number < today.number)
    let katas = isPast ? [] : overview.lines.filter { $0.due?.number == number }.map(\.kata.name)
    let asked = isPast ? 0 : questions.count { $0.number == number }
    let style = isToday ? "today" : isPast ? "gone" : nil
    return Markup("td", ["class": style, "aria-current": isToday ? "date" : nil]) {
      Markup("span", ["class": "muted"]) {
        day.day == 1 ? String("\(day)".suffix(5)) : "\(day.day)"
      }
      if !katas.isEmpty || asked > 0 {
        Markup("ul") {
          for name in katas { Markup("li") { name } }
          if asked > 0 { Markup("li", ["class": "muted"]) { Figures.count(asked, "question") } }
        }
      }
    }
  }
}
