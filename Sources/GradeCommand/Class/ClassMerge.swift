/// Several parts of a class, made one.
enum ClassMerge {
  /// Why they are not parts of one class.
  enum Obstacle: Error, Equatable {
    case otherSeeds([UInt64])
    case otherKatas(String)
    case missing([Int], of: Int)
    case otherCounts
    case twice(student: String)
  }

  /// - Parameter parts: each with the name of its file; at least one.
  static func merged(_ parts: [(name: String, result: ClassResult)]) throws(Obstacle) -> ClassResult
  {
    let results = parts.map(\.result)
    let seeds = Set(results.map(\.seed))
    guard let seed = seeds.first, seeds.count == 1 else { throw .otherSeeds(seeds.sorted()) }
    let katas = results[0].katas
    for (name, result) in parts where result.katas != katas { throw .otherKatas(name) }
    try checkShards(results.compactMap(\.shard))
    var owners: [String: Int] = [:]
    for (index, result) in results.enumerated() {
      for student in result.students {
        if owners.updateValue(index, forKey: student) != nil { throw .twice(student: student) }
      }
    }
    let order = Dictionary(
      katas.enumerated().map { ($0.element.kata, $0.offset) }, uniquingKeysWith: { a, _ in a })
    let rows = results.flatMap(\.rows).sorted {
      ($0.student.lowercased(), $0.student, order[$0.kata] ?? 0)
        < ($1.student.lowercased(), $1.student, order[$1.kata] ?? 0)
    }
    return ClassResult(seed: seed, katas: katas, rows: rows)
  }

  private static func checkShards(_ shards: [Shard]) throws(Obstacle) {
    guard let count = shards.first?.count else { return }
    guard shards.allSatisfy({ $0.count == count }) else { throw .otherCounts }
    let missing = Set(1...count).subtracting(shards.map(\.number)).sorted()
    guard missing.isEmpty else { throw .missing(missing, of: count) }
  }
}
