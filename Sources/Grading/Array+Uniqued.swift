extension Array where Element: Hashable {
  /// Every element once, where it comes first.
  func uniqued() -> [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
