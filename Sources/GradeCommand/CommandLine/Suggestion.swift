/// The only candidate that begins with `word`, or the one with the fewest edits from it, if they are
/// few for its length.
func nearest(to word: String, among candidates: [String]) -> String? {
  let beginning = candidates.filter { $0.hasPrefix(word) }
  if beginning.count == 1 { return beginning[0] }
  let allowed = max(1, word.count / 3)
  return candidates.map { (name: $0, distance: editDistance(word, $0)) }
    .filter { $0.distance <= allowed }
    .min { $0.distance < $1.distance }?.name
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
func editDistance(_ one: String, _ two: String) -> Int {
  let (a, b) = (Array(one), Array(two))
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, rows[i - 1][j - 1] + 1)
      }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
