/// One of several parts of a class, each graded by a machine of its own.
package struct Shard: Codable, Equatable, Hashable, Sendable {
  /// From 1 to `count`.
  package let number: Int
  package let count: Int

  package init?(number: Int, count: Int) {
    guard count >= 1, count <= 10_000, 1...count ~= number else { return nil }
    self.number = number
    self.count = count
  }

  /// "3/20", the third of twenty.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(number: number, count: count)
  }

  /// Whether it is this part that a student belongs to, by the place in the sorted list of all.
  func has(_ index: Int) -> Bool { index % count == number - 1 }
}
