import Grading

/// The sites that several optimisers share.
enum OptimiserFamily: MistakeHome {
  static let mistakes = MistakeCatalogue(at: StepSites.all + AdamSites.all)
}

extension Site {
  /// This site of the family with those of its mistakes alone that people make in one kata of it.
  func only(_ ids: String...) -> any SiteListing {
    let mistakes = MistakeID<OptimiserFamily>.allCases.filter { $0.site == name }
    let chosen = zip(entries, mistakes).filter { ids.contains($1.rawValue) }
    precondition(chosen.count == ids.count, "\(name) lists \(mistakes), not all of \(ids)")
    return Selection(name: name, entries: chosen.map(\.0))
  }
}

private struct Selection: SiteListing {
  let name: String
  let entries: [MistakeCatalogue.Entry]
}
