import Exam
import InitializationAnswers
import KataKit
import Numerics
import RegularizationAnswers
import Testing
import TrainingAnswers

@testable import Grading

/// An attempt fills in another order than the reference does. So its draws are others, and a mistake has
/// to be named by what does not depend on them.
@Suite("Mistakes of samplers are named whatever was drawn")
struct OtherDrawsTests {
  @Test("xavier-init and he-init")
  func layers() {
    func otherwise(_ draw: @escaping LayerDraw) -> LayerDraw {
      { fanIn, fanOut, generator in
        var other = SeededGenerator(seed: generator.next())
        return draw(fanIn, fanOut, &other)
      }
    }
    #expect(unnamed(in: XavierInitSuite.self, drawing: otherwise) == [])
    // Chance moves the statistics of these two more than those of others: they may stay unnamed.
    let unsteady: Set<String> = ["clipped-not-rescaled", "columns-normalised"]
    #expect(unnamed(in: HeInitSuite.self, except: unsteady, drawing: otherwise) == [])
  }

  @Test("mini-batches")
  func miniBatches() {
    // These show only in rows that other draws put elsewhere.
    let unsteady: Set<String> = ["targets-of-first-batch", "targets-uncut"]
    #expect(unnamed(in: MiniBatchesSuite.self, except: unsteady) { OtherBatches(as: $0) } == [])
  }

  @Test("dropout")
  func dropout() {
    // The rate of the one shows in the share that is dropped; its scale, in the draws alone. Two masks of the
    // other are one, so that what a column keeps differs twice as much, which is near the bound for it.
    #expect(
      unnamed(in: DropoutSuite.self, except: ["always-half", "mask-kept"]) { make in
        { OtherDropout(as: make($0)) }
      } == [])
  }

  /// The mistakes that are not named, or named wrongly, where `otherwise` makes them with other draws.
  ///
  /// - Parameter unsteady: those that may be left unnamed.
  private func unnamed<S: Grading.Suite>(
    in suite: S.Type, except unsteady: Set<String> = [],
    drawing otherwise: @escaping (S.Subject) -> S.Subject
  ) -> [String] {
    ([1] as [UInt64]).flatMap { seed -> [String] in
      let paper = Paper<S>(seed: seed)
      let sets = MistakeID<S>.sets(of: 1).filter { $0.allSatisfy { $0.site != "generator" } }
      return sets.compactMap { mistakes in
        let insider = Insider<S> { otherwise(S.reference(making: mistakes)) }
        var examination = Examination(insider, paper: paper)
        _ = examination.run()
        let explanations = examination.explanations()
        let mayBeUnnamed = mistakes.allSatisfy { unsteady.contains($0.rawValue) }
        if mayBeUnnamed, explanations.isEmpty { return nil }
        return explanations == [mistakes] ? nil : "\(mistakes), seed \(seed): \(explanations)"
      }
    }
  }
}

private struct OtherDropout: DropoutKata {
  private var layer: any DropoutKata

  init(dropProbability: Double) {
    self.init(as: DropoutSuite.reference(making: [])(dropProbability))
  }

  init(as layer: any DropoutKata) { self.layer = layer }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    var other = SeededGenerator(seed: generator.next())
    return layer.forward(x, isTraining: isTraining, using: &other)
  }

  mutating func backward(upstream: Matrix) -> Matrix { layer.backward(upstream: upstream) }
}

private struct OtherBatches: MiniBatchesKata {
  private let kata: any MiniBatchesKata

  init() { self.init(as: MiniBatchesSuite.reference(making: [])) }

  init(as kata: any MiniBatchesKata) { self.kata = kata }

  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    var other = SeededGenerator(seed: generator.next())
    return kata.batches(of: inputs, targets: targets, batchSize: batchSize, using: &other)
  }
}
