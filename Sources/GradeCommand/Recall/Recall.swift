import Practice

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Questions one after the other: asked, answered out loud, compared, rated.
struct Recall {
  enum Step: Equatable {
    /// The answer is hidden.
    case asking
    /// It is shown, and waits for a rating.
    case comparing
    case over
  }

  let questions: [RecallQuestion]
  private(set) var step: Step
  private(set) var number = 0
  private(set) var ratings: [FSRS.Rating] = []
  /// How long the last answer is good for.
  private(set) var notice: String?
  private var memories: [RecallQuestion.ID: FSRS.Memory]
  private let clock: WallClock

  init(_ questions: [RecallQuestion], memories: [RecallQuestion.ID: FSRS.Memory], clock: WallClock)
  {
    self.questions = questions
    self.memories = memories
    self.clock = clock
    step = questions.isEmpty ? .over : .asking
  }

  var question: RecallQuestion { questions[number] }

  /// - Returns: what there is to remember.
  mutating func take(_ key: Character, at time: Date) -> Event? {
    if ["q", "\u{04}"].contains(key) { step = .over }
    switch step {
    case .over: return nil
    case .asking:
      step = .comparing
      notice = nil
      return nil
    case .comparing:
      guard let rating = key.wholeNumberValue.flatMap(FSRS.Rating.init) else { return nil }
      return rate(rating, at: time)
    }
  }

  /// When the question would come again after each rating.
  func outlook(at time: Date) -> [(FSRS.Rating, String)] {
    FSRS.Rating.allCases.map { rating in
      let memory = FSRS.memory(after: rating, at: time, from: memories[question.id])
      return (rating, Figures.due(clock.day(of: memory.due()), on: clock.day(of: time)))
    }
  }

  private mutating func rate(_ rating: FSRS.Rating, at time: Date) -> Event {
    let id = question.id
    let memory = FSRS.memory(after: rating, at: time, from: memories[id])
    memories[id] = memory
    ratings.append(rating)
    notice =
      "\(rating): asked again "
      + Figures.due(clock.day(of: memory.due()), on: clock.day(of: time)) + "."
    number += 1
    step = number < questions.count ? .asking : .over
    var event = Event(Event.Kind.recalled, kata: id.kata, at: time)
    event.question = id.text
    event.rating = rating.rawValue
    return event
  }
}

extension Recall {
  /// What to ask, most urgent first.
  ///
  /// That is what is due, the longest overdue first; then what was never asked, of katas that are passed
  /// before others, a question of each in turn; and where one kata was asked for, what is due later.
  static func choice(
    of questions: [RecallQuestion], memories: [RecallQuestion.ID: FSRS.Memory], passed: Set<String>,
    today: CivilDay, clock: WallClock, onlyDue: Bool = false, evenLater: Bool = false
  ) -> [RecallQuestion] {
    let asked = questions.compactMap { question in
      memories[question.id].map { (question: question, day: clock.day(of: $0.due()).number) }
    }.sorted { $0.day < $1.day }
    let due = asked.filter { $0.day <= today.number }.map(\.question)
    if onlyDue { return due }
    var turns: [String: Int] = [:]
    let new = questions.filter { memories[$0.id] == nil }.map { question in
      let turn = turns[question.id.kata, default: 0]
      turns[question.id.kata] = turn + 1
      return (question: question, order: (passed.contains(question.id.kata) ? 0 : 1, turn))
    }.enumerated().sorted { one, two in
      (one.element.order.0, one.element.order.1, one.offset)
        < (two.element.order.0, two.element.order.1, two.offset)
    }.map(\.element.question)
    return due + new
      + (evenLater ? asked.filter { $0.day > today.number }.map(\.question) : [])
  }
}
