import KataKit
import Testing

@Suite("Ranges of Int, which have operators of their own")
struct RangeTests {
  @Test("hold what the standard library's hold")
  func contents() {
    let (low, high) = (-2, 3)
    #expect(Array(low..<high) == [-2, -1, 0, 1, 2] && Array(low...high) == [-2, -1, 0, 1, 2, 3])
    #expect((low..<low).isEmpty && Array(low...low) == [low])
    #expect((low..<high) == Range(uncheckedBounds: (low, high)))
    #expect((low...high) == ClosedRange(uncheckedBounds: (low, high)))
  }

  @Test("of other types are what they were")
  func others() {
    let (low, high): (UInt8, UInt8) = (1, 3)
    #expect(Array(low..<high) == [1, 2] && Array(low...high) == [1, 2, 3])
    #expect((0..<1).contains(0.5) && (0...1).contains(1.0))
    #expect(([1, 2, 3])[1...] == [2, 3])
    var generator = SeededGenerator(seed: 1)
    #expect((0..<1).contains(Double.random(in: 0..<1, using: &generator)))
  }

  @Test("trap in the standard library's words where the upper bound is below the lower")
  func traps() async {
    let words = "Range requires lowerBound <= upperBound"
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let count = 0
        _ = 0..<count - 1
      }, says: words)
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let count = 0
        _ = 0...count - 1
      }, says: words)
  }
}
