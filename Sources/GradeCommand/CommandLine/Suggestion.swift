import Workshop

/// The only candidate that begins with `word`, or the one with the fewest edits from it, if they are
/// few for its length.
func nearest(to word: String, among candidates: [String]) -> String? {
  // No name is this long, and the distance takes time that grows with the length.
  guard word.utf8.count <= 64 else { return nil }
  let word = word.lowercased()
  let beginning = candidates.filter { $0.hasPrefix(word) }
  if beginning.count == 1 { return beginning[0] }
  let allowed = max(1, word.count / 3)
  return candidates.map { (name: $0, distance: editDistance(word, $0)) }
    .filter { $0.distance <= allowed }
    .min { $0.distance < $1.distance }?.name
}
