/// One thing that people get wrong in a kata: a switch of its reference.
///
/// The raw value is the identifier that programs read, in kebab-case.
package protocol ListedMistake: CaseIterable, Hashable, Sendable, RawRepresentable
where RawValue == String, AllCases == [Self] {
  /// What the learner did, as one sentence to them.
  var sentence: String { get }

  /// The place in the computation where it is made. Two mistakes at one site exclude each other.
  var site: String { get }
}

extension ListedMistake {
  package var site: String { rawValue }

  /// Every set of exactly `size` mistakes that can be made together, in the order of the cases.
  package static func sets(of size: Int) -> [Set<Self>] {
    func extend(_ chosen: [Self], from start: Int) -> [Set<Self>] {
      if chosen.count == size { return [Set(chosen)] }
      return (start..<allCases.count).flatMap { index -> [Set<Self>] in
        let next = allCases[index]
        if chosen.contains(where: { $0.site == next.site }) { return [] }
        return extend(chosen + [next], from: index + 1)
      }
    }
    return extend([], from: 0)
  }
}
