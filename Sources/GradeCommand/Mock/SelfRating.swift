import Practice

/// How the learner rates an interview afterward, one aspect after the other.
struct SelfRating: Equatable {
  private(set) var ratings: [ScoredAspect: Int] = [:]
  private(set) var isOver = false

  /// What is rated now; nil when there is nothing left.
  var aspect: ScoredAspect? {
    isOver ? nil : ScoredAspect.allCases.first { ratings[$0] == nil }
  }

  /// - Returns: what there is to remember.
  mutating func take(_ key: Character) -> (ScoredAspect, Int)? {
    if ["q", "\u{04}"].contains(key) { isOver = true }
    guard let aspect, let rating = key.wholeNumberValue, ScoredAspect.ratings.contains(rating)
    else { return nil }
    ratings[aspect] = rating
    return (aspect, rating)
  }
}
