package import Grading

extension ClassResult {
  /// A known mistake, and how many students made it.
  package struct Frequency: Equatable, Sendable {
    package let kata: String
    package let id: String
    package let sentence: String
    package let students: Int
  }

  /// What the class gets wrong most, by name; of equally many, in the order of the katas.
  ///
  /// Where several explanations fit an attempt equally, only the mistakes that all of them share are
  /// counted: nobody knows which of the others was made.
  package var mistakes: [Frequency] {
    katas.map(\.kata).flatMap { kata in
      let made = rows.filter { $0.kata == kata }.flatMap(\.certainMistakes)
      // No student has two rows of one kata.
      return Dictionary(grouping: made, by: \.id).sorted { $0.key < $1.key }.map { id, made in
        Frequency(kata: kata, id: id, sentence: made[0].sentence, students: made.count)
      }
    }.enumerated().sorted {
      ($1.element.students, $0.offset) < ($0.element.students, $1.offset)
    }.map(\.element)
  }

  /// Everybody of whom there is a row, in order.
  package var students: [String] {
    var seen: Set<String> = []
    return rows.map(\.student).filter { seen.insert($0).inserted }
  }

  package func rows(of student: String) -> [Row] { rows.filter { $0.student == student } }

  /// How many students passed `kata`.
  package func passes(of kata: String) -> Int {
    rows.count { $0.kata == kata && $0.verdict == .passed }
  }

  package var maxPoints: Double { katas.map(\.points).reduce(0, +) }

  package func points(of student: String) -> Double {
    rows(of: student).total(of: \.points)
  }

  /// Whether a verdict was reached on everything.
  package var isComplete: Bool { rows.allSatisfy { $0.verdict != .notGraded } }
}

extension ClassResult.Row {
  /// The mistakes that every explanation has.
  package var certainMistakes: [NamedMistake] {
    let explanations = Set(mistakes.map { $0.alternative ?? 0 })
    var seen: Set<String> = []
    return mistakes.filter { mistake in
      explanations == Set(mistakes.filter { $0.id == mistake.id }.map { $0.alternative ?? 0 })
        && seen.insert(mistake.id).inserted
    }
  }
}
